"""`ringfence`: the one console command, put together from its groups."""

import os
from contextvars import ContextVar
from typing import Annotated

import typer
from polars.exceptions import PanicException

from app.cli.backtest import backtest
from app.cli.console import err
from app.cli.detect import detect
from app.cli.explore import explore
from app.cli.export import export
from app.cli.export_graph import graph
from app.cli.ingest import ingest, ledger
from app.cli.nightly import nightly
from app.cli.quarantine import quarantine
from app.cli.rings import path, ring, rings, runs
from app.cli.serve import serve
from app.cli.world import world
from graph.errors import RingfenceError, UsageError

_DEFECT = 70
_TYPERS_WRONG_CALL = 2

app = typer.Typer(
    name="ringfence",
    help="Find fraud rings in a lender's customer graph.",
    epilog="Exit codes: 0 done; 64 wrong call; 65 bad data; 66 not found; 69 store down (try again later); "
    "74 disk full; 75 another process is at it; 77 access denied; 78 wrong configuration.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)


debugging = ContextVar("debugging", default=False)


@app.callback()
def options(
    debug: Annotated[bool, typer.Option("--debug", help="Show the stack trace of an error.")] = False,
) -> None:
    """Find fraud rings in a lender's customer graph."""
    debugging.set(debug)


for command in (world, ingest, ledger, detect, backtest, nightly, rings, ring, path, runs, serve, explore):
    app.command()(command)
export.command()(graph)
app.add_typer(quarantine, name="quarantine")
app.add_typer(export, name="export")


def explained(error: Exception | PanicException) -> int:
    """Print the error as one line on standard error; returns the exit code that tells a scheduler what to do."""
    if isinstance(error, RingfenceError):
        err.print(f"Error: {error}", soft_wrap=True)
        return error.exit_code
    err.print(f"Error: unexpected {type(error).__name__}. Run `ringfence --debug ...` to see where it arose.")
    return _DEFECT


def run() -> None:
    """Entry point of the console script."""
    try:
        app()
    except SystemExit as end:
        raise SystemExit(UsageError.exit_code if end.code == _TYPERS_WRONG_CALL else end.code) from None
    except BrokenPipeError:
        os._exit(0)  # the reader of our output has enough; flushing it again at exit would only fail again
    except (Exception, PanicException) as error:
        if debugging.get():
            raise
        raise SystemExit(explained(error)) from None
