"""The access log: who was let in, who changed accounts, who saw or took out personal data, and what for."""

from dataclasses import dataclass

from sqlalchemy import Connection, insert, select

from cases import texts
from cases.desk import Desk
from cases.schema import ACCESS


@dataclass(frozen=True, slots=True)
class Access:
    """One line. `what` names whose and which value, never the value itself. `at`: unix seconds."""

    id: int
    action: str
    what: str
    purpose: str
    author: str
    at: int


def write(  # noqa: PLR0913 (these are the columns)
    connection: Connection, action: str, what: str, *, author: str, at: int, purpose: str = ""
) -> None:
    """Add a line, in the transaction of what it tells."""
    values = {"action": action, "what": what, "purpose": purpose, "author": author, "at": at}
    connection.execute(insert(ACCESS).values(values))


class AccessLog:
    """Writes and reads the log."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def record(self, action: str, what: str, *, purpose: str, author: str) -> None:
        """Write down what somebody is about to see or take out; `UsageError` without a purpose."""
        why = texts.text(purpose, "The purpose").strip()
        with self._desk.database.writing() as connection:
            signed = texts.author(author)
            write(connection, action, texts.storable(what, "What"), purpose=why, author=signed, at=self._desk.clock())

    def lines(self, *, limit: int = 200) -> list[Access]:
        """The latest lines, the newest first."""
        query = select(ACCESS).order_by(ACCESS.c.id.desc()).limit(limit)
        with self._desk.database.reading() as connection:
            return [Access(**row) for row in connection.execute(query).mappings()]
