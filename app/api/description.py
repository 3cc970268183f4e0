"""The description of the interface (OpenAPI), which says of errors what is sent: problem documents."""

from typing import Any

from fastapi import FastAPI

from app.api.problems import MEDIA_TYPE, Problem

_SCHEMA = {"$ref": f"#/components/schemas/{Problem.__name__}"}


class Api(FastAPI):
    """FastAPI describes every answer as `application/json`, errors too."""

    def openapi(self) -> dict[str, Any]:
        """The description; made once."""
        described = super().openapi()
        for path in described["paths"].values():
            for operation in path.values():
                for response in operation["responses"].values():
                    if response.get("content", {}).get("application/json", {}).get("schema") == _SCHEMA:
                        response["content"] = {MEDIA_TYPE: {"schema": _SCHEMA}}
        return described
