"""API keys: who may ask."""

import hashlib
import hmac
from collections.abc import Iterable
from typing import Annotated

from fastapi import Request, Security
from fastapi.security import APIKeyHeader, HTTPAuthorizationCredentials, HTTPBearer

from app.api.errors import BadKeyError, NotLocalError
from graph.errors import ConfigurationError

SHORTEST = 16
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})

_header = APIKeyHeader(name="X-API-Key", auto_error=False, description="A key that the server was started with.")
_bearer = HTTPBearer(auto_error=False, description="The same key as a bearer token.")


class Keys:
    """The keys that are accepted, kept as SHA-256 digests; without any, only callers on this machine are served."""

    def __init__(self, keys: Iterable[str]) -> None:
        known = tuple(keys)
        if any(len(key) < SHORTEST for key in known):
            raise ConfigurationError(
                f"An API key is shorter than {SHORTEST} characters",
                where="RINGFENCE_API_KEYS",
                do='Make one with: python -c "import secrets; print(secrets.token_urlsafe(32))"',
            )
        self._digests = tuple(_digest(key.encode()) for key in known)

    def __bool__(self) -> bool:
        return bool(self._digests)

    def accept(self, presented: str) -> bool:
        """Is this one of the keys? Takes the same time whichever it is and however much of it is right."""
        digest = _digest(presented.encode("latin-1"))
        return any([hmac.compare_digest(digest, known) for known in self._digests])  # noqa: C419 (compare all)


def _digest(key: bytes) -> bytes:
    return hashlib.sha256(key).digest()


def _is_local(request: Request) -> bool:
    """Caller and name of the server are both loopback, so that no page in a browser can be made to ask for another."""
    return request.client is not None and request.client.host in LOOPBACK and request.url.hostname in LOOPBACK


async def require_key(
    request: Request,
    header: Annotated[str | None, Security(_header)],
    bearer: Annotated[HTTPAuthorizationCredentials | None, Security(_bearer)],
) -> None:
    """Let the request pass if it brings a key, or if none is needed."""
    keys: Keys = request.app.state.keys
    if not keys:
        if not _is_local(request):
            raise NotLocalError
        return
    presented = header or (bearer.credentials if bearer else "")
    if not keys.accept(presented):
        raise BadKeyError
