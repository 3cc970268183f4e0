"""The web server of the explorer: Streamlit, with the options that a page full of personal data needs."""

from collections.abc import Sequence
from pathlib import Path

from starlette.middleware import Middleware
from streamlit.starlette import App

from app.explorer.door.gate import Gate
from app.explorer.door.keeper import Keeper
from app.explorer.door.login import Door
from app.explorer.headers import SecurityHeaders

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})

_SCRIPT = Path(__file__).with_name("entry.py")


def serve(host: str, port: int, names: Sequence[str], keeper: Keeper, *, browser: bool) -> None:
    """Serve the explorer until interrupted, to whom the keeper lets in. The store is that of the environment."""
    app = App(
        _SCRIPT, routes=Door(keeper).routes(), middleware=[Middleware(SecurityHeaders), Middleware(Gate, keeper=keeper)]
    )
    app.run(config=options(host, port, names, browser=browser))


def options(host: str, port: int, names: Sequence[str], *, browser: bool) -> dict[str, object]:
    """Streamlit's options: nothing is sent outside, no error shows data, no other site can speak to the server.

    `names`: what browsers call it beside `host`. Another name in a request is that of a site which points it here, so
    that the browser of somebody inside hands the pages over.
    """
    return {
        "browser.gatherUsageStats": False,
        "browser.serverAddress": "localhost" if host in LOOPBACK else host,
        "client.disableDataExport": True,
        "client.showErrorDetails": "none",
        "client.showErrorLinks": False,
        "client.toolbarMode": "minimal",
        "logger.level": "warning",
        "server.address": host,
        "server.allowedHosts": sorted({*LOOPBACK, host, *names}),
        "server.fileWatcherType": "none",
        "server.headless": not browser,
        "server.port": port,
        "server.showEmailPrompt": False,
        "theme.headingFontSizes": ["2rem", "1.5rem", "1.2rem"],
        "theme.metricValueFontSize": "1.4rem",
        "theme.paddingTop": "2.5rem",
        "theme.dark.primaryColor": "#56B4E9",
        "theme.light.primaryColor": "#0072B2",
    }
