"""`ringfence keys`: keys of the HTTP API."""

from typing import Annotated

import typer

from app.api.keys import new_key
from app.api.scopes import Scope
from app.cli.console import JsonOption, err, out, print_json
from app.settings import variable_of

keys = typer.Typer(help="Keys of the HTTP API.", no_args_is_help=True)


@keys.callback()
def group() -> None:
    """Keys of the HTTP API."""  # without it, a group of one command would be that command


@keys.command()
def new(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Who asks with it; the log and the metrics say it.")],
    scopes: Annotated[list[Scope], typer.Option("--scope", help="What it opens; may be given several times.")],
    as_json: JsonOption = False,
) -> None:
    """Make a key. It is shown once and kept nowhere: the server knows only the line, which does not tell the key."""
    secret, key = new_key(name, scopes)
    if as_json:
        print_json({"key": secret, "line": key.line})
        return
    out.print(f"key   {secret}", soft_wrap=True)
    out.print(f"line  {key.line}", soft_wrap=True)
    err.print(f"Give the key to {key.name}, and put the line into the list {variable_of('api_keys')}.", soft_wrap=True)
