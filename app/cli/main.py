"""`ringfence`: the one console command, put together from its groups."""

import os
import sys
from collections.abc import Callable
from contextvars import ContextVar
from importlib.metadata import version
from typing import Annotated

import typer
from polars.exceptions import PanicException

from app.cli.appeals import appeals
from app.cli.backtest import backtest
from app.cli.case_report import report
from app.cli.case_rings import merge, split, ungroup
from app.cli.cases import cases
from app.cli.console import err, out
from app.cli.detect import detect
from app.cli.explore import explore
from app.cli.export import export
from app.cli.export_graph import graph
from app.cli.ingest import ingest, ledger
from app.cli.keys import keys
from app.cli.nightly import nightly
from app.cli.quarantine import quarantine
from app.cli.rings import path, ring, rings, runs
from app.cli.rule_history import replay, shadow
from app.cli.rule_snoozes import snooze, snoozes, wake
from app.cli.rules import rules
from app.cli.serve import serve
from app.cli.users import users
from app.cli.world import world
from app.failures import known
from app.plain_text import printable
from graph.errors import UsageError

_DEFECT = 70
_TYPERS_WRONG_CALL = 2

app = typer.Typer(
    name="ringfence",
    epilog="Exit codes: 0 done; 64 wrong call; 65 bad data; 66 not found; 69 store down (try again later); "
    "70 a fault of Ringfence; 74 disk full; 75 another process is at it; 77 access denied; 78 wrong configuration.",
    rich_markup_mode="markdown",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)


debugging = ContextVar("debugging", default=False)


def _print_version(wanted: bool) -> None:
    if wanted:
        out.print(f"ringfence {version('ringfence')}")
        raise typer.Exit


@app.callback()
def options(
    debug: Annotated[bool, typer.Option("--debug", help="Show the stack trace of an error.")] = False,
    _version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Find fraud rings in a lender's customer graph.

    To try it out:

    1. `ringfence world sample` makes a sample of a lender's tables in the folder `sample`
    2. `ringfence ingest sample` loads them, as it will load your own
    3. `ringfence detect` finds rings
    4. `ringfence rings` lists them, `ringfence explore` shows them in a browser

    Each command explains itself: `ringfence COMMAND --help`.
    """
    debugging.set(debug)


LOADING, FINDING, READING, JUDGING, DECIDING = "Load tables", "Find rings", "Read results", "Judge", "Decide"
COMMANDS: dict[str, tuple[Callable[..., None], ...]] = {
    LOADING: (ingest, ledger, world),
    FINDING: (detect, nightly, backtest),
    READING: (rings, ring, path, runs, explore, serve),
}
for panel, commands in COMMANDS.items():
    for command in commands:
        app.command(rich_help_panel=panel)(command)
export.command()(graph)
for command in (merge, split, ungroup, report):
    cases.command()(command)
for command in (replay, shadow, snooze, snoozes, wake):
    rules.command()(command)
app.add_typer(quarantine, name="quarantine", rich_help_panel=LOADING)
app.add_typer(export, name="export", rich_help_panel=READING)
app.add_typer(keys, name="keys", rich_help_panel=READING)
app.add_typer(cases, name="cases", rich_help_panel=JUDGING)
app.add_typer(appeals, name="appeals", rich_help_panel=JUDGING)
app.add_typer(users, name="users", rich_help_panel=JUDGING)
app.add_typer(rules, name="rules", rich_help_panel=DECIDING)


def explained(error: Exception | PanicException) -> int:
    """Print the error as one line on standard error; returns the exit code that tells a scheduler what to do."""
    told = known(error)
    if told:
        err.print(f"Error: {printable(str(told))}", soft_wrap=True)
        return told.exit_code
    err.print(
        f"Error: unexpected {type(error).__name__}. Run `ringfence --debug ...` to see where it arose.", soft_wrap=True
    )
    return _DEFECT


def run() -> None:
    """Entry point of the console script."""
    try:
        raise SystemExit(_called())
    except BrokenPipeError:
        os._exit(0)  # the reader of our output has enough; flushing it again at exit would only fail again
    except (Exception, PanicException) as error:
        if debugging.get():
            raise
        raise SystemExit(explained(error)) from None


def _called() -> int | str | None:
    """Do what the command line says, and bring out all output while it can still be told that this fails."""
    try:
        app()
    except SystemExit as end:
        if isinstance(end.__context__, BrokenPipeError):  # Click has made it an exit code of its own
            raise end.__context__ from None
        code = UsageError.exit_code if end.code == _TYPERS_WRONG_CALL else end.code
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or the interpreter tries again at its end
        raise
    return code
