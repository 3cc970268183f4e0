"""`ringfence serve`: the HTTP API."""

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import ip_address
from tempfile import TemporaryDirectory
from typing import Annotated

import typer
import uvicorn

from app.api.keys import Keys, rate_of
from app.api.logs import LOGGING
from app.cli.console import StoreOption, err, settings_with
from app.deciding.draining_process import draining_beside
from app.settings import Settings, variable_of
from app.wiring import store_of
from graph.errors import ConfigurationError, StoreUnavailableError, UsageError

GRACE_SECONDS = 8
"""For requests under way when the server is told to stop; whoever runs containers kills them after 10."""


def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to listen on.")] = 8000,
    workers: Annotated[int, typer.Option(min=1, help="Number of processes.")] = 1,
    insecure_no_key: Annotated[
        bool, typer.Option("--insecure-no-key", help="Serve without keys; only on a loopback address.")
    ] = False,
    store: StoreOption = None,
) -> None:
    """Answer scores and rings over HTTP.

    Callers need a key: `ringfence keys new` makes one, and RINGFENCE_API_KEYS lists the lines of those that are
    accepted. /health and /ready need none.
    The description of the interface is at /openapi.json.
    """
    settings = settings_with(store=store)
    _refuse_open_doors(settings, host, insecure_no_key=insecure_no_key)
    _try_port(host, port)
    _try_store(settings)
    os.environ["RINGFENCE_STORE"] = settings.store  # for the worker processes
    with _counting_together(workers), draining_beside():
        _run(host, port, workers)


def _run(host: str, port: int, workers: int) -> None:
    uvicorn.run(
        "app.api.application:create_app_from_environment",
        factory=True,
        host=host,
        port=port,
        workers=workers,
        timeout_worker_healthcheck=30,  # on a busy machine, starting one takes longer than the usual 5 s
        loop="uvloop",
        http="httptools",
        access_log=False,  # it would log ids; app.api.watch does not
        proxy_headers=False,
        server_header=False,
        timeout_graceful_shutdown=GRACE_SECONDS,
        log_config=LOGGING,
    )


@contextmanager
def _counting_together(workers: int) -> Iterator[None]:
    """Give the worker processes a folder for what they count, which the metrics library finds in the environment."""
    if workers == 1:
        yield
        return
    with TemporaryDirectory(prefix="ringfence-metrics-") as folder:
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = folder
        yield


def _refuse_open_doors(settings: Settings, host: str, *, insecure_no_key: bool) -> None:
    """Stop before anybody is served who should not be."""
    rate_of(settings.rate_limit, variable_of("rate_limit"))
    if Keys(settings.api_keys):
        return
    if not insecure_no_key:
        raise ConfigurationError(
            "No API key is set",
            where="RINGFENCE_API_KEYS",
            do="Make one with `ringfence keys new`, or try things out on this machine with --insecure-no-key.",
        )
    if not _is_loopback(host):
        raise UsageError(f"Without keys, {host} is too open", do="Use --host 127.0.0.1, or set RINGFENCE_API_KEYS.")


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _try_store(settings: Settings) -> None:
    """Find a wrong setting now; a store that is merely down is waited for."""
    try:
        with store_of(settings) as store:
            store.ping()
    except StoreUnavailableError as error:
        err.print(f"Warning: {error} Until the store answers, requests get 503.", soft_wrap=True)


def _try_port(host: str, port: int) -> None:
    """Find out now whether the address can be had."""
    try:
        family, kind, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        reason = error.strerror or "unknown address"
        raise UsageError(
            f"Cannot listen: {reason}", where=f"{host}:{port}", do="Choose another --port or --host."
        ) from error
