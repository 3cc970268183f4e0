"""Errors that say what is wrong, where, and what to do. The class says what the caller can do next.

Exit codes are those of sysexits.h, so that a scheduler can tell "try again later" from "somebody must look".
"""

from typing import ClassVar


class RingfenceError(Exception):
    """Something the user can act on: shown without a stack trace.

    `what` went wrong, `where` (file, line, store; may be empty), and what to `do` about it.
    """

    exit_code: ClassVar[int] = 70

    def __init__(self, what: str, *, where: str = "", do: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.do = do

    def __str__(self) -> str:
        place = f" ({self.where})" if self.where else ""
        advice = f" {self.do}" if self.do else ""
        return f"{self.what}{place}.{advice}"


class UsageError(RingfenceError):
    """The call itself makes no sense: call again, corrected."""

    exit_code = 64


class BadInputError(RingfenceError):
    """A file or a value is wrong: correct the data, then run again."""

    exit_code = 65


class NotFoundError(RingfenceError):
    """What was asked for does not exist."""

    exit_code = 66


class ForgottenError(RingfenceError):
    """The store no longer knows what changed since then: read everything."""


class StoreUnavailableError(RingfenceError):
    """The store does not answer: try again later, nothing was lost."""

    exit_code = 69


class OutputError(RingfenceError):
    """The disk is full or the target cannot be written: make room, then run again."""

    exit_code = 74


class BusyError(RingfenceError):
    """Another process is at the same work: try again when it has finished."""

    exit_code = 75


class AccessError(RingfenceError):
    """Wrong password or missing right."""

    exit_code = 77


class ConfigurationError(RingfenceError):
    """A setting, a mapping file or the store's version does not fit: change it, then run again."""

    exit_code = 78
