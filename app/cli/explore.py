"""`ringfence explore`: the analysts' web pages."""

import os
import socket
from ipaddress import ip_address
from typing import Annotated
from urllib.parse import urlsplit

import typer

from app.cli.console import StoreOption, err, settings_with
from app.settings import Settings
from app.wiring import casebook_of, store_of
from graph.errors import BusyError, StoreUnavailableError, UsageError


def explore(
    host: Annotated[
        str,
        typer.Option(help="Address to listen on. Any but this machine's own needs accounts or OIDC: see above."),
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.", min=1, max=65535)] = 8501,
    store: StoreOption = None,
    name: Annotated[
        list[str] | None,
        typer.Option(help="By what host name browsers reach it, if not by --host or this machine's. May be repeated."),
    ] = None,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open the pages in a web browser.")] = True,
) -> None:
    """Open the explorer: the queue of rings, and each ring with its picture, reasons and members.

    As soon as there is an account (`ringfence users add`) or an OIDC provider (`RINGFENCE_OIDC_ISSUER`), everybody logs
    in. Without both, it serves this machine alone, and whoever uses it is an administrator who signs as
    `RINGFENCE_AUTHOR` says.
    """
    settings = settings_with(store=store)
    names = [*(name or []), *_own_name(settings)]
    _refuse_any_name(host, names)
    try:
        store_of(settings).close()
    except StoreUnavailableError as error:
        err.print(
            f"Warning: {error.what} ({error.where}). The explorer starts all the same; until the store answers, its "
            "pages say so and offer to try again. Stop it with Ctrl-C.",
            soft_wrap=True,
        )
    _free(host, port)
    os.environ["RINGFENCE_STORE"] = settings.store
    from app.explorer.door.keeper import Keeper, check  # noqa: PLC0415
    from app.explorer.server import LOOPBACK, serve  # noqa: PLC0415 (Streamlit takes a second to load)

    with casebook_of(settings) as book:
        check(settings, book, local=host in LOOPBACK)
        serve(host, port, names, Keeper(settings, book, host in LOOPBACK), browser=browser)


def _own_name(settings: Settings) -> list[str]:
    """The host name in the address that the settings give the explorer."""
    name = urlsplit(settings.explorer_url or "").hostname
    return [name] if name else []


def _refuse_any_name(host: str, names: list[str]) -> None:
    """Who listens on every address must say by which name he is called: pages are served under no other."""
    try:
        everywhere = ip_address(host).is_unspecified
    except ValueError:
        everywhere = False
    if everywhere and not names:
        raise UsageError(
            f"{host} is every address of this machine", do="Say by what host name browsers reach it: --name NAME."
        )


def _free(host: str, port: int) -> None:
    """Raise `BusyError` if something listens there."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise BusyError(
                f"Cannot listen on {host} port {port}: {error.strerror}", do="Choose another with --host and --port."
            ) from error
