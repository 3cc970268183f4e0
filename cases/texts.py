"""What people write, checked before it is kept. It is kept as written: whoever shows it makes it safe there."""

import unicodedata

from graph.errors import UsageError

DETECTION = "detection"
"""Who signs what no person did; nobody else may."""

LONGEST_NAME = 200
LONGEST_TEXT = 10_000


def author(name: str) -> str:
    """The name of whoever makes a change: one printable line, in one form, so that nobody is two people."""
    one = unicodedata.normalize("NFKC", name).strip()
    if not one.isprintable() or not 0 < len(one) <= LONGEST_NAME:
        raise UsageError("A change needs the name of its author", do=f"One line, at most {LONGEST_NAME} characters.")
    if one.casefold() == DETECTION:
        raise UsageError("This name is for detection itself", do="Sign with your own.")
    return one


def same_person(one: str, other: str) -> bool:
    """Are these names those of one person, however they are capitalised?"""
    return author(one).casefold() == author(other).casefold()


def text(written: str, what: str) -> str:
    """A reason or a note: something must be in it, and no database may choke on it."""
    if not written.strip() or len(written) > LONGEST_TEXT:
        raise UsageError(f"{what} is empty or too long", do=f"Write at most {LONGEST_TEXT:,} characters.")
    return storable(written, what)


def storable(written: str, what: str) -> str:
    """The text itself; `UsageError` where PostgreSQL could not keep it (NUL, half a surrogate pair)."""
    if "\0" in written or any("\ud800" <= character <= "\udfff" for character in written):
        raise UsageError(f"{what} holds characters that are no text", do="Write it in Unicode, without NUL.")
    return written
