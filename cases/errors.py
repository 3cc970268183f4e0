"""Why a change to a case was refused, where another try can succeed."""

from graph.errors import BusyError


class LockedError(BusyError):
    """Somebody else holds the case: wait until it is released or the lease has run out."""


class ChangedError(BusyError):
    """Somebody changed the case since the caller looked at it: look again, then decide again."""
