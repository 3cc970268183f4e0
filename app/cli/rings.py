"""`ringfence rings`, `ring`, `path` and `runs`: what the published run found, in the terminal."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.table import Table

from app.cli.console import JsonOption, LangOption, StoreOption, out, print_json, settings_with
from app.evidence_path import ToldStep, evidence_path, told
from app.exports import published
from app.masking import masked_ring
from app.telling import ring_in, summary_in
from app.wiring import store_of
from detectors.sentences import false_kills_text
from graph.errors import NotFoundError
from graph.language import Language
from graph.results import LIVING, Ring, RingSummary, Run
from graph.store.contract import RingFilter, RingOrder

RingId = Annotated[str, typer.Argument(metavar="RING_ID", help="As shown by `ringfence rings`.")]
Order = Annotated[RingOrder, typer.Option("--order", help="Sort by this, largest first.")]


def rings(
    top: Annotated[int, typer.Option(min=1, max=100_000, help="How many rings.")] = 20,
    order: Order = RingOrder.EXPECTED_LOSS,
    lang: LangOption = Language.EN,
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show the top rings of the published run; those that are gone are in the night's report."""
    with store_of(settings_with(store=store)) as opened:
        run = published(opened)
        living = RingFilter(change=LIVING)
        found = opened.runs.rings(living, order=order, limit=top, run_id=run.run_id)
        total = opened.runs.count_rings(living, run_id=run.run_id)
    page = [summary_in(each, lang) for each in found]
    if as_json:
        rows = [ring.model_dump(mode="json") for ring in page]
        print_json({"run": run.model_dump(mode="json"), "total": total, "rings": rows})
        return
    out.print(_queue(page))
    out.print(f"{len(page):,} of {total:,} rings of run {run.run_id}, as of {run.as_of:%Y-%m-%d %H:%M} UTC.")


def ring(
    ring_id: RingId, lang: LangOption = Language.EN, store: StoreOption = None, as_json: JsonOption = False
) -> None:
    """Show one ring: reasons, members, evidence (identifiers masked)."""
    masked = masked_ring(ring_in(_ring(ring_id, store), lang))
    if as_json:
        print_json(masked.model_dump(mode="json"))
        return
    _print_ring(masked, lang)


def path(  # noqa: PLR0913, PLR0917 (each is an option of the command)
    ring_id: RingId,
    start: Annotated[str, typer.Argument(metavar="FROM", help="Id of a member.")],
    end: Annotated[str, typer.Argument(metavar="TO", help="Id of another member.")],
    lang: LangOption = Language.EN,
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show how two members of a ring are tied together: the shortest way over the evidence (identifiers masked)."""
    steps = told(evidence_path(ring_in(_ring(ring_id, store), lang), start, end), lang)
    if as_json:
        print_json([step.model_dump(mode="json") for step in steps])
        return
    _print_path(steps)


def runs(store: StoreOption = None, as_json: JsonOption = False) -> None:
    """List the runs that are kept, latest first."""
    with store_of(settings_with(store=store)) as opened:
        kept = opened.runs.runs()
    if as_json:
        print_json([run.model_dump(mode="json") for run in kept])
        return
    out.print(_runs(kept))


def _ring(ring_id: str, store: str | None) -> Ring:
    """The ring of the published run."""
    with store_of(settings_with(store=store)) as opened:
        found = opened.runs.ring(ring_id, run_id=published(opened).run_id)
    if found is None:
        raise NotFoundError("No ring has this id", where=shown(ring_id), do="List them with `ringfence rings`.")
    return found


def shown(value: str, longest: int = 80) -> str:
    """Text from the lender's data, safe for a terminal: control characters are spelled out, long text is cut."""
    cut = value if len(value) <= longest else f"{value[: longest - 1]}…"
    return "".join(each if each.isprintable() else each.encode("unicode_escape").decode() for each in cut)


def _day(moment: int | None) -> str:
    return datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%d") if moment is not None else ""


def _table(*names: str) -> Table:
    table = Table(box=None, header_style="bold")
    for name in names:
        table.add_column(name, overflow="fold")
    return table


def _queue(page: list[RingSummary]) -> Table:
    table = _table("ring", "score", "size", "honest", "change", "expected loss", "last seen", "why")
    for each in page:
        loss = f"{each.expected_loss / 100:,.0f}"
        table.add_row(
            shown(each.ring_id),
            f"{each.score:.3f}",
            str(each.size),
            _honest(each),
            each.change,
            loss,
            _day(each.last_seen),
            shown(each.headline),
        )
    return table


def _honest(ring: RingSummary) -> str:
    """How many honest members are to be expected, and between which ends; empty for rings of older runs."""
    if ring.false_kills is None:
        return ""
    return f"{ring.false_kills:.1f} ({ring.false_kills_low} to {ring.false_kills_high})"


def _print_ring(ring: Ring, language: Language) -> None:
    out.print(f"Ring {shown(ring.ring_id)}: {ring.size} members, score {ring.score:.3f}, {ring.change}")
    harm = false_kills_text(ring, language)
    if harm:
        out.print(harm)
    for reason in ring.reasons:
        out.print(f"  {shown(reason.code)}: {shown(reason.text, longest=200)}")
        if reason.compared:
            out.print(f"    {shown(reason.compared, longest=200)}")
    members = _table("member", "score", "role")
    for member in ring.members:
        members.add_row(shown(member.applicant_id), f"{member.score:.3f}", shown(member.role))
    evidence = _table("evidence", "identifier", "joins", "from", "to", "weight")
    for each in ring.evidence:
        joins = shown(", ".join(each.applicants))
        span = (_day(each.first_seen), _day(each.last_seen))
        evidence.add_row(shown(each.kind), shown(each.key), joins, *span, f"{each.weight:.2f}")
    out.print(members, evidence, sep="\n")


def _print_path(steps: Sequence[ToldStep]) -> None:
    for number, step in enumerate(steps, start=1):
        out.print(f"{number}. {shown(step.text, longest=400)}", soft_wrap=True)
    if not steps:
        out.print("Nothing in the evidence joins them.")


def _runs(kept: list[Run]) -> Table:
    table = _table("run", "as of", "published", "rings", "applicants")
    for run in kept:
        published_at = f"{run.published_at:%Y-%m-%d %H:%M}" if run.published_at else ""
        table.add_row(
            shown(run.run_id), f"{run.as_of:%Y-%m-%d %H:%M}", published_at, f"{run.rings:,}", f"{run.applicants:,}"
        )
    return table
