"""Who is let in: decided by the head of a request, before any of its body is read."""

from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Send
from starlette.types import Scope as Asked

from app.api.errors import BadKeyError, MissingScopeError, NoSuchPathError, NotLocalError
from app.api.keys import Keys
from app.api.problems import problem_of
from app.api.rates import Rates
from app.api.scopes import OPEN, Scope, scope_of
from graph.errors import RingfenceError

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
LOCAL = "local"
"""Who asks without a key."""
CALLER = "ringfence.caller"
"""Where the gate writes the name of the key into the ASGI scope."""


class Gate:
    """Middleware that lets requests pass by key, scope and rate."""

    def __init__(self, app: ASGIApp, *, keys: Keys, rates: Rates) -> None:
        self.app, self._keys, self._rates = app, keys, rates

    async def __call__(self, scope: Asked, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] == "http" and scope["path"] not in OPEN:
            try:
                self._admit(scope)
            except RingfenceError as refused:
                await problem_of(scope["path"], refused)(scope, receive, send)
                return
        await self.app(scope, receive, send)

    def _admit(self, asked: Asked) -> None:
        needed = scope_of(asked["path"])
        if needed is None:
            raise NoSuchPathError
        presented = _presented(asked)
        if not self._keys or (needed is Scope.METRICS and not presented and _is_local(asked)):
            self._admit_local(asked)
            return
        key = self._keys.find(presented)
        if key is None:
            raise BadKeyError
        asked[CALLER] = key.name
        if needed not in key.scopes:
            raise MissingScopeError(needed)
        self._rates.count(key.name, key.rate)

    def _admit_local(self, asked: Asked) -> None:
        if not _is_local(asked):
            raise NotLocalError
        asked[CALLER] = LOCAL
        self._rates.count(LOCAL)


def _presented(asked: Asked) -> bytes:
    """The key as it was sent: as X-API-Key or as a bearer token; empty if there is none."""
    headers: dict[bytes, bytes] = dict(asked["headers"])
    if own := headers.get(b"x-api-key"):
        return own
    kind, _, token = headers.get(b"authorization", b"").partition(b" ")
    return token.strip() if kind.lower() == b"bearer" else b""


def _is_local(asked: Asked) -> bool:
    """Caller and name of the server are both loopback, so that no page in a browser can be made to ask for another."""
    client = asked.get("client")
    return client is not None and client[0] in LOOPBACK and HTTPConnection(asked).url.hostname in LOOPBACK
