"""Passwords as argon2id hashes (RFC 9106). Checking takes as long for a name that nobody has."""

import unicodedata
from functools import cache
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from graph.errors import UsageError

SHORTEST = 12
LONGEST = 200
_HASHER = PasswordHasher()
AT_ONCE = 2
"""A check takes 64 MiB: whoever guesses from everywhere at once shall not take the machine's memory."""
_CHECKING = BoundedSemaphore(AT_ONCE)


def checked(password: str, name: str) -> str:
    """The password, fit to be kept; `UsageError` where it is short, or the name itself (NIST SP 800-63B, 5.1.1)."""
    plain = _plain(password)
    if not SHORTEST <= len(plain) <= LONGEST:
        raise UsageError("The password does not fit", do=f"Take {SHORTEST} to {LONGEST} characters; several words do.")
    if name.casefold() in plain.casefold() or len(set(plain)) < SHORTEST // 3:
        raise UsageError("The password is easy to guess", do="Do not repeat the name, or a few characters.")
    return plain


def hashed(password: str) -> str:
    """What is kept of a password."""
    with _CHECKING:
        return _HASHER.hash(password)


def fits(password: str, kept: str | None) -> bool:
    """Is it the password whose hash was kept? Takes the same time where none was."""
    with _CHECKING:
        try:
            _HASHER.verify(kept or _nobodys(), _plain(password)[: LONGEST + 1])
        except (VerificationError, InvalidHashError):
            return False
    return kept is not None


def outdated(kept: str) -> bool:
    """Was it hashed with less effort than is usual by now?"""
    return _HASHER.check_needs_rehash(kept)


@cache
def _nobodys() -> str:
    return _HASHER.hash("nobody has this password")


def _plain(password: str) -> str:
    """One form for what keyboards write in several."""
    return unicodedata.normalize("NFKC", password)
