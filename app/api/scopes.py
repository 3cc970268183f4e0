"""What a key may do: each scope is the name of the resources below /v1 that it opens."""

from enum import StrEnum

OPEN = frozenset({"/health", "/ready", "/openapi.json"})
"""Paths that need no key."""
METRICS = "/metrics"


class Scope(StrEnum):
    """A right of a key."""

    SCORES = "scores"
    RINGS = "rings"
    DECISIONS = "decisions"
    APPEALS = "appeals"
    METRICS = "metrics"


_BY_NAME = {scope.value: scope for scope in Scope if scope is not Scope.METRICS}


def scope_of(path: str) -> Scope | None:
    """The scope that a path needs; None where nothing is that a key could open.

    New routes are closed until their resource is a scope: /v1/decisions/7 needs `decisions`, /v1/others nobody has.
    """
    if path == METRICS:
        return Scope.METRICS
    first, version, resource = (*path.split("/", 3), "", "", "")[:3]
    return _BY_NAME.get(resource.partition(":")[0]) if (first, version) == ("", "v1") else None
