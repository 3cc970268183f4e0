"""The description of the interface (OpenAPI): which errors there are, in which form, and which keys are needed."""

from typing import Any

from fastapi import FastAPI

from app.api.problems import MEDIA_TYPE, Problem
from app.api.scopes import Scope, scope_of

_SCHEMA = {"$ref": f"#/components/schemas/{Problem.__name__}"}
_SCHEMES = {
    "APIKeyHeader": {"type": "apiKey", "in": "header", "name": "X-API-Key", "description": "A key, with its scopes."},
    "HTTPBearer": {"type": "http", "scheme": "bearer", "description": "The same key as a bearer token."},
}
_REFUSED = {
    "401": "Key missing or wrong",
    "403": "The key lacks the scope, or without keys: the caller is not on this machine",
    "429": "The key asks more often than it may; `Retry-After` says when to ask again",
}


class Api(FastAPI):
    """FastAPI describes every answer as `application/json`, errors too, and knows nothing of the gate before it."""

    def openapi(self) -> dict[str, Any]:
        """The description; made once."""
        if self.openapi_schema is None:
            described = super().openapi()
            described["components"]["securitySchemes"] = _SCHEMES
            for path, operations in described["paths"].items():
                for operation in operations.values():
                    _describe(operation, scope_of(path))
        return super().openapi()


def _describe(operation: dict[str, Any], scope: Scope | None) -> None:
    responses = operation["responses"]
    if scope is not None:
        operation["security"] = [{name: [scope.value]} for name in _SCHEMES]
        responses |= {status: {"description": why} | _of(_SCHEMA) for status, why in _REFUSED.items()}
    for response in responses.values():
        if response.get("content", {}).get("application/json", {}).get("schema") == _SCHEMA:
            response.update(_of(_SCHEMA))


def _of(schema: dict[str, Any]) -> dict[str, Any]:
    return {"content": {MEDIA_TYPE: {"schema": schema}}}
