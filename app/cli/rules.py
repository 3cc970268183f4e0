"""`ringfence rules`: what decides on applications, for whoever writes the rules."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.table import Table

from app.cli.console import JsonOption, err, out, print_json, settings_with
from app.plain_text import printable
from app.settings import variable_of
from decisions.features import CATALOGUE
from decisions.rules.faults import BrokenRulesError, Fault

if TYPE_CHECKING:
    from decisions.rules.ruleset import Rules

rules = typer.Typer(
    help="Rules of decisions: check, list, try on past decisions, put to sleep for one device or person.",
    no_args_is_help=True,
)

RulesOption = Annotated[
    Path | None,
    typer.Option(
        "--rules", metavar="FILE", help=f"The rules in force. Default: {variable_of('rules')}, or the built-in ones."
    ),
]
RuleFile = Annotated[Path, typer.Argument(metavar="FILE", help="A rule file (TOML).")]
_KINDS = {float: "number", str: "text", bool: "true/false", list: "list"}


def rules_of(file: Path) -> "Rules":
    """The rules of a file; raises `ConfigurationError`."""
    from decisions.rules.book import read_file  # noqa: PLC0415 (makes the tables of a parser: half a second)

    return read_file(file)


def rules_in_force(file: Path | None) -> "Rules":
    """Those of the option, of the settings, or the built-in ones; raises `ConfigurationError`."""
    from decisions.rules.book import default_rules  # noqa: PLC0415

    path = settings_with(rules=file).rules
    return rules_of(path) if path else default_rules()


@rules.command()
def check(file: RuleFile, as_json: JsonOption = False) -> None:
    """Tell every fault of a rule file, with its line and what to do. Exit code 78 if there is any."""
    try:
        found = rules_of(file)
    except BrokenRulesError as error:
        if as_json:
            print_json({"faults": [_fault(fault) for fault in error.faults]})
        for fault in () if as_json else error.faults:
            out.print(f"{printable(str(file))}: {printable(str(fault))}", soft_wrap=True)
        err.print(f"Error: {len(error.faults)} faults; such a file is refused.", soft_wrap=True)
        raise typer.Exit(BrokenRulesError.exit_code) from None
    if as_json:
        print_json({"version": found.version, "digest": found.digest, "rules": len(found.rules), "faults": []})
        return
    out.print(f"No faults: {_summary(found)}")


@rules.command(name="list")
def list_(file: RulesOption = None, as_json: JsonOption = False) -> None:
    """Show the rules in force, in the order of their file."""
    found = rules_in_force(file)
    if as_json:
        print_json(_document(found))
        return
    table = Table("rule", "points", "action", "reason", "speaks of", "when", box=None, header_style="bold")
    for rule in found.rules:
        name = rule.name if rule.enabled else f"{rule.name} (off)"
        spoken = ", ".join(rule.entities)
        table.add_row(name, f"{rule.hit.points:+d}", rule.action, rule.hit.reason, spoken, printable(rule.when.text))
    out.print(table)
    out.print(_summary(found))


@rules.command()
def features(as_json: JsonOption = False) -> None:
    """Show every name that a condition may use, with its kind and meaning."""
    if as_json:
        print_json([{"name": each.name, "kind": _KINDS[each.kind], "doc": each.doc} for each in CATALOGUE])
        return
    table = Table("feature", "kind", "meaning", box=None, header_style="bold")
    for each in CATALOGUE:
        table.add_row(each.name, _KINDS[each.kind], each.doc)
    out.print(table)


def _summary(found: "Rules") -> str:
    limits = found.thresholds
    return (
        f"version {found.version}, {len(found.rules)} rules; review from {limits.review} points, reject from "
        f"{limits.reject}."
    )


def _fault(fault: Fault) -> dict[str, Any]:
    return {"line": fault.line, "rule": fault.rule, "what": fault.what, "do": fault.do}


def _document(found: "Rules") -> dict[str, Any]:
    return {
        "version": found.version,
        "digest": found.digest,
        "thresholds": {"review": found.thresholds.review, "reject": found.thresholds.reject},
        "known": {name: sorted(words) for name, words in found.known.items()},
        "rules": [
            {
                "name": rule.name,
                "when": rule.when.text,
                "weight": rule.hit.points,
                "action": rule.action,
                "reason": rule.hit.reason,
                "entities": rule.entities,
                "note": rule.note,
                "enabled": rule.enabled,
            }
            for rule in found.rules
        ],
    }
