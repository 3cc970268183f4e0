"""How much of a request is read."""

from http import HTTPStatus

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MOST_BYTES = 16 * 2**20
"""Of a request's body: a batch of the largest size with ids of thousands of characters."""


class BodyLimit:
    """Reads no body that is too large; the error reaches the caller like any other, as a problem document."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        announced, read = _announced(scope), 0

        async def limited() -> Message:
            nonlocal read
            if announced <= MOST_BYTES:
                message = await receive()
                read += len(message.get("body", b""))
            if max(announced, read) > MOST_BYTES:
                raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
            return message

        await self.app(scope, limited, send)


def _announced(scope: Scope) -> int:
    """The length of the body as the head tells it; 0 if it does not."""
    length = dict(scope.get("headers", ())).get(b"content-length", b"")
    return int(length) if length.isdigit() else 0
