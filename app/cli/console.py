"""What all commands share: where they print, how they report progress, which options they take."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import orjson
import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from app.settings import Settings, load_settings, variable_of
from graph.language import Language

# Tables are not squeezed where nobody sees a terminal's edge.
out = Console(highlight=False, markup=False, emoji=False, width=None if sys.stdout.isatty() else 160)
err = Console(stderr=True, highlight=False, markup=False, emoji=False)


def overriding(setting: str, text: str) -> str:
    """The help of an option that overrides a setting, with what holds without it."""
    return f"{text} Default: {variable_of(setting)}, or {Settings.model_fields[setting].default}."


StoreOption = Annotated[
    str | None,
    typer.Option(
        "--store",
        metavar="URL",
        help=overriding("store", "The store: sqlite:///file.db, neo4j://host:7687, bolt://host:7687 (+s for TLS)."),
    ),
]
LangOption = Annotated[Language, typer.Option("--lang", help="Language of the reasons.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print the answer as JSON, for programs.")]


def settings_with(**given: object) -> Settings:
    """The settings, with those command line options that were given."""
    return load_settings(**{name: value for name, value in given.items() if value is not None})


def print_json(value: object) -> None:
    """One JSON document on standard output."""
    sys.stdout.buffer.write(orjson.dumps(value, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))


@contextmanager
def progress() -> Iterator[Progress]:
    """A progress display on standard error; silent where that is not a terminal."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=err, disable=not err.is_terminal) as display:
        yield display
