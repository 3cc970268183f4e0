"""`ringfence rules replay` and `shadow`: what other rules would have changed."""

from datetime import UTC, datetime, timedelta
from typing import Annotated, Any

import typer
from rich.table import Table

from app.cli.console import JsonOption, StoreOption, out, print_json, settings_with
from app.cli.rules import RuleFile, rules_of
from app.plain_text import printable
from app.rule_history import past, shadowed
from app.settings import variable_of
from app.wiring import decision_log_of
from decisions.rules.comparing import Changes, Compared, compare
from decisions.rules.comparing import replay as replayed
from graph.errors import UsageError

FORMATS = ["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S"]
DAYS = 30

LogOption = Annotated[
    str | None,
    typer.Option(
        "--decisions", metavar="URL", help="The decision log: sqlite:///file.db or postgresql://host/database. "
        f"Default: {variable_of('decisions')}, or the one that goes with the store."
    ),
]  # fmt: skip
From = Annotated[
    datetime | None, typer.Option("--from", formats=FORMATS, help=f"Decisions since (UTC). Default: {DAYS} days ago.")
]
To = Annotated[datetime | None, typer.Option("--to", formats=FORMATS, help="Decisions before (UTC). Default: now.")]


def replay(  # noqa: PLR0913, PLR0917 (each is an option of the command)
    file: RuleFile,
    start: From = None,
    end: To = None,
    store: StoreOption = None,
    url: LogOption = None,
    as_json: JsonOption = False,
) -> None:
    """Judge past decisions by the rules of a file, on the graph as it was, and show what would have changed."""
    rules, (since, until) = rules_of(file), _window(start, end)
    with decision_log_of(settings_with(store=store, decisions=url)) as log:
        changes = compare(replayed(past(log, since, until), rules))
    _show(changes, rules.version, as_json)


def shadow(  # noqa: PLR0913, PLR0917 (each is an option of the command)
    version: Annotated[
        str | None, typer.Option("--version", help=f"Default: that of the file in {variable_of('rules_shadow')}.")
    ] = None,
    start: From = None,
    end: To = None,
    store: StoreOption = None,
    url: LogOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show what the shadow rules would have changed since they run beside the live ones."""
    settings, (since, until) = settings_with(store=store, decisions=url), _window(start, end)
    if version is None:
        if settings.rules_shadow is None:
            raise UsageError("No shadow rules are named", do=f"Give --version, or set {variable_of('rules_shadow')}.")
        version = rules_of(settings.rules_shadow).version
    with decision_log_of(settings) as log:
        changes = compare(shadowed(log, version, since, until))
    _show(changes, version, as_json)


def _window(start: datetime | None, end: datetime | None) -> tuple[datetime, datetime]:
    until = end.replace(tzinfo=UTC) if end else datetime.now(UTC)
    since = start.replace(tzinfo=UTC) if start else until - timedelta(days=DAYS)
    if until < since:
        raise typer.BadParameter("must not be before --from", param_hint="--to")
    return since, until


def _show(changes: Changes, version: str, as_json: bool) -> None:
    if as_json:
        print_json(_document(changes, version))
        return
    if not changes.decisions:
        out.print(f"No decisions in that time beside version {printable(version)}.")
        return
    share = changes.changed / changes.decisions
    out.print(
        f"Of {changes.decisions:,} decisions version {printable(version)} would have changed {changes.changed:,} "
        f"({share:.2%}): {changes.harsher:,} harsher, {changes.changed - changes.harsher:,} milder."
    )
    moves = _table("was", "would be", "decisions", "such as")
    for (live, other), count in sorted(changes.moves.items(), key=lambda move: -move[1]):
        such = ", ".join(printable(each.decision_id) for each in changes.examples.get((live, other), ()))
        moves.add_row(live, other, f"{count:,}", such)
    out.print(moves)
    rules = _table("rule", "held", "would hold", "in changed ones")
    for rule in changes.rules:
        rules.add_row(printable(rule.rule), f"{rule.live:,}", f"{rule.other:,}", f"{rule.changed:,}")
    out.print(rules)


def _document(changes: Changes, version: str) -> dict[str, Any]:
    return {
        "version": version,
        "decisions": changes.decisions,
        "changed": changes.changed,
        "harsher": changes.harsher,
        "moves": [
            {
                "was": live,
                "would_be": other,
                "decisions": count,
                "examples": [_example(each) for each in changes.examples.get((live, other), ())],
            }
            for (live, other), count in sorted(changes.moves.items())
        ],
        "rules": [
            {"rule": each.rule, "held": each.live, "would_hold": each.other, "in_changed": each.changed}
            for each in changes.rules
        ],
    }


def _example(each: Compared) -> dict[str, Any]:
    return {"decision_id": each.decision_id, "at": each.at, "rules": each.live_rules, "would_hold": each.other_rules}


def _table(*names: str) -> Table:
    return Table(*names, box=None, header_style="bold")
