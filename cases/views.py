"""Views of the queue that somebody keeps under a name."""

from collections.abc import Mapping

from pydantic import JsonValue
from sqlalchemy import ColumnElement, and_, delete, insert, select

from cases import texts
from cases.desk import Desk
from cases.schema import SAVED_VIEW
from graph.errors import UsageError

MOST = 50
"""So many views of one person are kept."""
LONGEST_NAME = 80

Query = Mapping[str, JsonValue]
"""What the queue is asked, as its page writes it down."""


class Views:
    """Keeps them, each person his own."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def keep(self, owner: str, name: str, query: Query) -> None:
        """Keep a view, in place of an earlier one of this name."""
        who, title = texts.author(owner), " ".join(texts.text(name, "The name").split())[:LONGEST_NAME]
        with self._desk.database.writing() as connection:
            connection.execute(delete(SAVED_VIEW).where(_named(who, title)))
            others = connection.execute(select(SAVED_VIEW.c.name).where(SAVED_VIEW.c.owner == who)).all()
            if len(others) >= MOST:
                raise UsageError(f"Nobody keeps more than {MOST} views", do="Forget one of them first.")
            connection.execute(insert(SAVED_VIEW).values(owner=who, name=title, query=dict(query)))

    def forget(self, owner: str, name: str) -> None:
        """Forget a view, if there is one of this name."""
        with self._desk.database.writing() as connection:
            connection.execute(delete(SAVED_VIEW).where(_named(texts.author(owner), name)))

    def of(self, owner: str) -> dict[str, Query]:
        """The views of a person by name."""
        query = select(SAVED_VIEW.c.name, SAVED_VIEW.c.query).where(SAVED_VIEW.c.owner == texts.author(owner))
        with self._desk.database.reading() as connection:
            return {name: kept for name, kept in connection.execute(query.order_by(SAVED_VIEW.c.name))}  # noqa: C416 (rows are no pairs)


def _named(owner: str, name: str) -> ColumnElement[bool]:
    return and_(SAVED_VIEW.c.owner == owner, SAVED_VIEW.c.name == name)
