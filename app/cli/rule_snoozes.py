"""`ringfence rules snooze`, `snoozes` and `wake`: one rule off for one device, phone or person, until a date."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import polars as pl
import typer
from rich.table import Table

from app.cli.cases import AuthorOption
from app.cli.console import JsonOption, StoreOption, out, print_json, settings_with
from app.cli.rule_history import FORMATS, LogOption
from app.cli.rules import RulesOption, rules_in_force
from app.masking import masked_key
from app.plain_text import printable, shortened
from app.settings import Settings, variable_of
from app.wiring import decision_log_of
from graph.errors import BadInputError, NotFoundError, UsageError
from graph.ontology.model import NodeKind
from graph.ontology.nodes import APPLICANT, CARD, DEVICE, IP, NATIONAL_ID, PHONE, WIFI

if TYPE_CHECKING:
    from decisions.log.snoozes import Snooze

ENTITIES: dict[str, NodeKind] = {
    "device": DEVICE,
    "wifi": WIFI,
    "ip": IP,
    "phone": PHONE,
    "card": CARD,
    "id": NATIONAL_ID,
    "contact": PHONE,
    "applicant": APPLICANT,
}


def _entity(name: str, text: str) -> Any:  # noqa: ANN401 (an option)
    return typer.Option(f"--{name}", metavar="KEY", help=text)


def snooze(  # noqa: PLR0913, PLR0917 (each is an option of the command)
    rule: Annotated[str, typer.Argument(metavar="RULE", help="As shown by `ringfence rules list`.")],
    until: Annotated[datetime, typer.Option("--until", formats=FORMATS, help="When it wakes by itself (UTC).")],
    reason: Annotated[str, typer.Option("--reason", help="Why.")],
    device: Annotated[str | None, _entity("device", "Fingerprint of a device.")] = None,
    wifi: Annotated[str | None, _entity("wifi", "BSSID of a WiFi.")] = None,
    ip: Annotated[str | None, _entity("ip", "An IP address.")] = None,
    phone: Annotated[str | None, _entity("phone", "An applicant's own phone number.")] = None,
    card: Annotated[str | None, _entity("card", "Token of a bank card.")] = None,
    id_hash: Annotated[str | None, _entity("id", "Token of a national id.")] = None,
    contact: Annotated[str | None, _entity("contact", "Phone number of a contact.")] = None,
    applicant: Annotated[str | None, _entity("applicant", "Id of an applicant; fits every rule.")] = None,
    author: AuthorOption = None,
    file: RulesOption = None,
    store: StoreOption = None,
    url: LogOption = None,
    as_json: JsonOption = False,
) -> None:
    """Put a rule to sleep for one device, phone, person or the like."""
    given = {
        "device": device,
        "wifi": wifi,
        "ip": ip,
        "phone": phone,
        "card": card,
        "id": id_hash,
        "contact": contact,
        "applicant": applicant,
    }
    named = [(kind, key) for kind, key in given.items() if key is not None]
    if len(named) != 1:
        raise UsageError("A rule sleeps for one thing at a time", do="Give one of --device, --phone, --applicant ...")
    kind, raw = named[0]
    _check(rule, kind, file)
    settings = settings_with(store=store, decisions=url, author=author)
    signed, key = _author(settings), _canonical(kind, raw, settings.region)
    with decision_log_of(settings) as log:
        made = log.snooze(
            rule=rule,
            entity_kind=kind,
            entity_key=key,
            until=int(until.replace(tzinfo=UTC).timestamp()),
            reason=reason,
            author=signed,
            at=_now(),
        )
    if as_json:
        print_json(_document(made))
        return
    out.print(f"Snooze {made.snooze_id}: {rule} sleeps for {_told(made)} until {_time(made.until)} UTC.")


def snoozes(store: StoreOption = None, url: LogOption = None, as_json: JsonOption = False) -> None:
    """Show which rules sleep, for what, until when and why."""
    with decision_log_of(settings_with(store=store, decisions=url)) as log:
        found = log.snoozes(_now())
    if as_json:
        print_json([_document(each) for each in found])
        return
    table = Table("snooze", "rule", "for", "until (UTC)", "author", "reason", box=None, header_style="bold")
    for each in found:
        texts = (printable(each.author), shortened(each.reason, 200))
        table.add_row(str(each.snooze_id), printable(each.rule), _told(each), _time(each.until), *texts)
    out.print(table)
    out.print(f"{len(found):,} rules sleep.")


def wake(
    number: Annotated[int, typer.Argument(metavar="SNOOZE", help="Number, as shown by `ringfence rules snoozes`.")],
    author: AuthorOption = None,
    store: StoreOption = None,
    url: LogOption = None,
    as_json: JsonOption = False,
) -> None:
    """Wake a rule before its time."""
    settings = settings_with(store=store, decisions=url, author=author)
    signed = _author(settings)
    with decision_log_of(settings) as log:
        log.end_snooze(number, author=signed, at=_now())
    if as_json:
        print_json({"snooze": number, "over": True})
        return
    out.print(f"Snooze {number} is over.")


def _check(rule: str, kind: str, file: Path | None) -> None:
    """Refuse a rule that does not exist, or does not speak of such a thing. A person is spoken of by every rule."""
    found = rules_in_force(file).by_name.get(rule)
    if found is None:
        raise NotFoundError(f"There is no rule {rule!r}", do="List them: `ringfence rules list`.")
    fitting = dict.fromkeys((*found.entities, "applicant"))
    if kind not in fitting:
        options = " or ".join(f"--{each}" for each in fitting)
        raise UsageError(f"The rule {rule} does not speak of a {kind}", do=f"Give {options}.")


def _canonical(kind: str, raw: str, region: str) -> str:
    """The key as it stands in the graph and in the log."""
    found = ENTITIES[kind].key.type.normalise(pl.Series([raw], dtype=pl.String), region)
    value, bad = found.value.item(), found.bad.item()
    if value is None or bad is not None or found.placeholder.item():
        raise BadInputError(f"This is no {kind}: {bad or 'it stands for nobody'}", do=f"Correct --{kind}.")
    return str(value)


def _author(settings: Settings) -> str:
    if not settings.author:
        raise UsageError("A change needs an author", do=f"Give --author NAME, or set {variable_of('author')}.")
    return settings.author


def _told(snooze: "Snooze") -> str:
    """What it sleeps for; an applicant's id is shown everywhere, all else masked."""
    kind = ENTITIES.get(snooze.entity_kind)
    own = kind is APPLICANT
    key = snooze.entity_key if own else masked_key(kind.label if kind else "", snooze.entity_key)
    return f"{snooze.entity_kind} {printable(key)}"


def _document(snooze: "Snooze") -> dict[str, Any]:
    return {
        "snooze": snooze.snooze_id,
        "rule": snooze.rule,
        "for": _told(snooze),
        "until": datetime.fromtimestamp(snooze.until, UTC),
        "author": snooze.author,
        "reason": snooze.reason,
    }


def _time(seconds: int) -> str:
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d %H:%M}"


def _now() -> int:
    return int(datetime.now(UTC).timestamp())
