"""The routes of the login: by password, and by the OIDC provider. Both end in a session of the casebook."""

import logging
from collections.abc import Awaitable, Callable
from functools import partial
from urllib.parse import parse_qs, urlsplit

from anyio import CapacityLimiter, to_thread
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from app.explorer.door import words
from app.explorer.door.keeper import COOKIE, Keeper, guarded
from app.explorer.door.oidc import Provider
from app.explorer.door.throttle import Throttle
from cases.logins import LONGEST
from cases.passwords import AT_ONCE
from cases.people import Account
from graph.errors import RingfenceError
from graph.language import Saying

_log = logging.getLogger(__name__)
_MOST_BYTES = 4096
_ASKED = "asked"


class Door:
    """Lets people in."""

    def __init__(self, keeper: Keeper) -> None:
        self._keeper = keeper
        self._throttle = Throttle()
        self._checking = CapacityLimiter(AT_ONCE)  # those who wait take no thread from those who are in
        self._provider = Provider(keeper.settings) if keeper.settings.oidc_issuer else None

    def routes(self) -> list[Route]:
        """Everything under `/login`."""
        routes = [
            Route("/login", _told(self.page), methods=["GET"]),
            Route("/login", _told(self.enter), methods=["POST"]),
        ]
        if self._provider:
            leave, back = partial(self.leave_for, self._provider), partial(self.come_back_from, self._provider)
            routes += [
                Route("/login/oidc", _told(leave), methods=["GET"]),
                Route("/login/done", _told(back), methods=["GET"]),
            ]
        return routes

    async def page(self, request: Request) -> Response:
        """The login page; where nobody has to log in, the explorer itself."""
        if not await run_in_threadpool(guarded, self._keeper.settings, self._keeper.book):
            return RedirectResponse(f"/?{request.url.query}", 303)
        return await self._page(request)

    async def enter(self, request: Request) -> Response:
        """A name and a password."""
        origin = request.headers.get("origin")
        if origin is not None and urlsplit(origin).netloc != request.headers.get("host"):
            return PlainTextResponse("Another site sent this.", 403)
        given = await _form(request)
        name, password = given.get("name", "").strip(), given.get("password", "")
        if not self._throttle.take(name.casefold()):
            return await self._page(request, words.SLOWLY, status=429)
        account = await to_thread.run_sync(self._keeper.book.accounts.proven, name, password, limiter=self._checking)
        if account is None:
            _log.warning("A login by password was refused.")
            return await self._page(request, words.WRONG, status=401)
        self._throttle.forget(name.casefold())
        return await self._let_in(RedirectResponse(f"/?{request.url.query}", 303), account)

    async def leave_for(self, provider: Provider, request: Request) -> Response:
        """To the OIDC provider; where the browser wanted to go waits in a signed cookie."""
        request.session[_ASKED] = request.url.query
        return await provider.leave(request)

    async def come_back_from(self, provider: Provider, request: Request) -> Response:
        """From the OIDC provider."""
        query = str(request.session.get(_ASKED, ""))
        vouched = await provider.vouched(request)
        request.session.clear()
        if vouched is None:
            _log.warning("A login by OIDC failed.")
            return await self._page(request, words.FAILED, status=401, query=query)
        account = await run_in_threadpool(self._keeper.book.accounts.vouched, *vouched)
        if account is None:
            return await self._page(request, words.NOT_LET_IN, status=403, query=query)
        return await self._let_in(HTMLResponse(words.bounce(query)), account)

    async def _let_in(self, response: Response, account: Account) -> Response:
        token = await run_in_threadpool(self._keeper.book.logins.begin, account)
        response.set_cookie(COOKIE, token, max_age=LONGEST, httponly=True, samesite="strict", secure=self._keeper.tls)
        return response

    async def _page(
        self, request: Request, problem: Saying | None = None, *, status: int = 200, query: str | None = None
    ) -> Response:
        html = words.login_page(
            words.wanted(request.headers.get("accept-language", "")),
            query=request.url.query if query is None else query,
            password=await run_in_threadpool(self._keeper.book.accounts.any),
            oidc=self._provider is not None,
            problem=problem,
        )
        return HTMLResponse(html, status, headers={"Cache-Control": "no-store"})


Handler = Callable[[Request], Awaitable[Response]]


def _told(handler: Handler) -> Handler:
    """Errors of the casebook in words, not as a trace."""

    async def handle(request: Request) -> Response:
        try:
            return await handler(request)
        except RingfenceError as error:
            return PlainTextResponse(str(error), 503)

    return handle


async def _form(request: Request) -> dict[str, str]:
    """The fields of a small form."""
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > _MOST_BYTES:
            return {}
    return {name: values[0] for name, values in parse_qs(body.decode("utf-8", "replace")).items()}
