"""`ringfence appeals`: what customers object to, looked at again by a second person, in the terminal."""

from collections.abc import Sequence
from typing import Annotated

import typer

from app import appealing
from app.cli.appeal_texts import appeal_json, appeal_table, figures_table, print_appeal
from app.cli.cases import AuthorOption, CasesOption, settings_of, signing
from app.cli.console import JsonOption, LangOption, StoreOption, out, print_json
from app.settings import Settings
from app.wiring import casebook_of, decision_log_of, has_decision_log
from cases.appeal_model import WAITING, Appeal, AppealState
from graph.errors import UsageError
from graph.language import Language

appeals = typer.Typer(
    help="Appeals against decisions: look again, uphold or overturn. Never for who had a hand in the decision.",
    no_args_is_help=True,
)

Number = Annotated[int, typer.Argument(metavar="NUMBER", help="Of the appeal, as shown by `ringfence appeals list`.")]
ReasonOption = Annotated[str, typer.Option("--reason", help="Why.")]
SeenOption = Annotated[
    int | None, typer.Option("--seen", metavar="VERSION", help="Refuse if the appeal has another version by now.")
]


@appeals.command(name="list")
def list_(
    state: Annotated[
        list[AppealState] | None, typer.Option("--state", help="Only appeals in this state; repeatable.")
    ] = None,
    limit: Annotated[int, typer.Option(min=1, help="At most so many, the oldest first.")] = 100,
    store: StoreOption = None,
    url: CasesOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show appeals, the oldest first; without --state those that wait."""
    states: Sequence[AppealState] = state or WAITING
    with casebook_of(settings_of(store, url)) as book:
        found, total = book.appeal_queue.page(states=states, limit=limit), book.appeal_queue.count(states)
    if as_json:
        print_json([appeal_json(each) for each in found])
        return
    out.print(appeal_table(found))
    out.print(f"{len(found):,} of {total:,} appeals.")


@appeals.command()
def show(
    number: Number,
    store: StoreOption = None,
    url: CasesOption = None,
    lang: LangOption = Language.EN,
    as_json: JsonOption = False,
) -> None:
    """Show one appeal: the decision as it was, what the customer says, and what came of it."""
    with casebook_of(settings_of(store, url)) as book:
        appeal = book.appeals.appeal(number)
    if as_json:
        print_json(appeal_json(appeal))
    else:
        print_appeal(appeal, lang)


@appeals.command()
def take(  # noqa: PLR0913, PLR0917 (each is an option of the command)
    number: Number,
    author: AuthorOption = None,
    seen: SeenOption = None,
    store: StoreOption = None,
    url: CasesOption = None,
    as_json: JsonOption = False,
) -> None:
    """Begin to work on an appeal, also in place of somebody else."""
    with signing(store, url, author) as (book, signed):
        _tell(book.appeals.take(number, author=signed, seen=seen), as_json)


@appeals.command()
def decide(  # noqa: PLR0913, PLR0917 (each is an option of the command)
    number: Number,
    reason: ReasonOption,
    overturn: Annotated[
        bool | None,
        typer.Option("--overturn/--uphold", help="The decision was wrong, or it stands.", show_default=False),
    ] = None,
    author: AuthorOption = None,
    seen: SeenOption = None,
    store: StoreOption = None,
    url: CasesOption = None,
    as_json: JsonOption = False,
) -> None:
    """Uphold the decision, or overturn it: then its applicant counts as honest, and the rules that hit rest for it."""
    if overturn is None:
        raise UsageError("An appeal is upheld or overturned", do="Give --overturn or --uphold.")
    state = AppealState.OVERTURNED if overturn else AppealState.UPHELD
    with signing(store, url, author) as (book, signed), decision_log_of(settings_of(store, url)) as log:
        _tell(appealing.decide(book, log, number, state, reason, author=signed, seen=seen), as_json)


@appeals.command()
def undo(  # noqa: PLR0913, PLR0917 (each is an option of the command)
    number: Number,
    reason: ReasonOption,
    author: AuthorOption = None,
    seen: SeenOption = None,
    store: StoreOption = None,
    url: CasesOption = None,
    as_json: JsonOption = False,
) -> None:
    """Take back that a decision was overturned. It stays on record."""
    with signing(store, url, author) as (book, signed), decision_log_of(settings_of(store, url)) as log:
        _tell(appealing.withdraw(book, log, number, reason, author=signed, seen=seen), as_json)


@appeals.command()
def figures(store: StoreOption = None, url: CasesOption = None, as_json: JsonOption = False) -> None:
    """Show for each rule how the appeals against its hits ended: those overturned are its false kills."""
    settings = settings_of(store, url)
    with casebook_of(settings) as book:
        found = book.appeal_queue.per_rule(_decisions(settings))
    if as_json:
        print_json([each.model_dump(mode="json") for each in found])
    else:
        out.print(figures_table(found))


def _decisions(settings: Settings) -> dict[str, int] | None:
    """In how many each rule had hit, where there is a decision log."""
    if not has_decision_log(settings):
        return None
    with decision_log_of(settings) as log:
        return log.by_rule()


def _tell(appeal: Appeal, as_json: bool) -> None:
    """The appeal as it stands now."""
    if as_json:
        print_json(appeal_json(appeal))
    else:
        out.print(appeal_table([appeal]))
