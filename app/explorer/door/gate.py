"""The gate before Streamlit: without a session there is a login page, and no connection to any script."""

from collections.abc import Awaitable, Callable

from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocketClose

from app.explorer.door.keeper import COOKIE, Keeper
from app.explorer.door.words import bounce
from graph.errors import RingfenceError

OPEN = ("/login", "/_stcore/health", "/static/", "/favicon.png")
"""What anybody may ask for: the login itself, and Streamlit's own files, in which there is no data."""

Answer = Callable[[Scope, Receive, Send], Awaitable[None]]


class Gate:
    """ASGI middleware. What it does not know it keeps out."""

    def __init__(self, app: ASGIApp, keeper: Keeper) -> None:
        self.app = app
        self._keeper = keeper

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer it here."""
        if scope["type"] not in {"http", "websocket"} or scope["path"].startswith(OPEN):
            await self.app(scope, receive, send)
            return
        answer: Answer = self.app
        try:
            if not await run_in_threadpool(self._keeper.lets_in, HTTPConnection(scope).cookies.get(COOKIE)):
                answer = _kept_out(scope)
        except RingfenceError as error:
            answer = PlainTextResponse(str(error), 503) if scope["type"] == "http" else WebSocketClose(1013)
        await answer(scope, receive, send)


def _kept_out(scope: Scope) -> Answer:
    """The way to the login for who opens a page, a refusal for everything else."""
    if scope["type"] == "websocket":
        return WebSocketClose(1008)
    headers = HTTPConnection(scope).headers
    if scope["path"] != "/" or "text/html" not in headers.get("accept", ""):
        return PlainTextResponse("Log in first.", 403)
    return _to_login(scope["query_string"].decode("latin-1"), headers.get("sec-fetch-site"))


def _to_login(query: str, comes_from: str | None) -> Response:
    """Who follows a link of another site comes without his cookie, which is SameSite=Strict: let him knock again."""
    if comes_from == "cross-site":
        return HTMLResponse(bounce(query))
    return RedirectResponse(f"/login?{query}", 303)
