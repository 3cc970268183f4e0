"""The access log: method, route template, status, time. Never a path, a query or a message: they may hold ids."""

import logging
import time
from traceback import extract_tb

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.problems import problem_of

log = logging.getLogger("ringfence.api")


class Watch:
    """Outermost middleware: logs each request and turns a defect into a problem document."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun = time.perf_counter()
        status = 0

        async def watched(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, watched)
        except Exception as error:
            log.error("defect %s", _place(error))
            if status:
                raise
            await problem_of(scope["path"], error)(scope, receive, watched)
        finally:
            elapsed = (time.perf_counter() - begun) * 1000
            log.info("%s %s %d %.1f ms", scope["method"], _template(scope), status, elapsed)


def _template(scope: Scope) -> str:
    """The route as it was declared, such as /v1/scores/{applicant_id}."""
    return getattr(scope.get("route"), "path_format", "unmatched")


def _place(error: Exception) -> str:
    """Kind and place of an error, without its message."""
    frames = extract_tb(error.__traceback__)
    place = f"{frames[-1].filename}:{frames[-1].lineno}" if frames else "unknown place"
    return f"{type(error).__name__} at {place}"
