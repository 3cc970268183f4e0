"""Every request is logged and counted: method, route template, status, time. Never a path, a query or a message."""

import logging
import re
import secrets
import time

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.gate import CALLER
from app.api.logs import FIELDS, place_of
from app.api.metrics import Metrics
from app.api.problems import problem_of

log = logging.getLogger("ringfence.api")

REQUEST_ID = b"x-request-id"
_SANE = re.compile(rb"[A-Za-z0-9._-]{1,64}")


class Watch:
    """Outermost middleware: logs and counts each request, names it, and turns a defect into a problem document."""

    def __init__(self, app: ASGIApp, *, metrics: Metrics) -> None:
        self.app, self._metrics = app, metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun = time.perf_counter()
        status = 0
        request_id = _request_id(scope)

        async def watched(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message.get("headers", ()), (REQUEST_ID, request_id)]
            await send(message)

        try:
            await self.app(scope, receive, watched)
        except Exception as error:
            log.error("defect %s", place_of(error))
            if status:
                raise
            await problem_of(scope["path"], error)(scope, receive, watched)
        finally:
            self._tell(scope, status, time.perf_counter() - begun, request_id.decode())

    def _tell(self, scope: Scope, status: int, seconds: float, request_id: str) -> None:
        route = _template(scope)
        self._metrics.observe_request(route, status, seconds)
        fields = {
            "method": scope["method"],
            "route": route,
            "status": status,
            "ms": round(seconds * 1000, 2),
            "key": scope.get(CALLER),
            "request_id": request_id,
        }
        log.info("request", extra={FIELDS: fields})


def _request_id(scope: Scope) -> bytes:
    """As the caller has named the request, if that is a name; else a new one."""
    given = next((value for name, value in scope["headers"] if name == REQUEST_ID), b"")
    return given if _SANE.fullmatch(given) else secrets.token_hex(8).encode()


def _template(scope: Scope) -> str:
    """The route as it was declared, such as /v1/scores/{applicant_id}."""
    return getattr(scope.get("route"), "path_format", "unmatched")
