"""Rules that are switched off for one entity for a while. Nothing is changed: an end is a row of its own."""

from dataclasses import dataclass

from sqlalchemy import Connection, insert, select

from decisions.log.schema import SNOOZE, SNOOZE_END
from graph.errors import NotFoundError, UsageError


@dataclass(frozen=True, slots=True)
class Snooze:
    """The rule does not hit for the entity (`entity_kind`: such as `applicant` or `device`) before `until`.

    `until` and `at` (when it was said): unix seconds.
    """

    snooze_id: int
    rule: str
    entity_kind: str
    entity_key: str
    until: int
    reason: str
    author: str
    at: int


_COLUMNS = tuple(SNOOZE.c)


def in_force(connection: Connection, at: int) -> list[Snooze]:
    """Those that held at the moment, in the order in which they were said."""
    over = select(SNOOZE_END.c.snooze_id).where(SNOOZE_END.c.at <= at)
    held = (SNOOZE.c.at <= at) & (SNOOZE.c.until > at) & SNOOZE.c.id.not_in(over)
    return [Snooze(*row) for row in connection.execute(select(*_COLUMNS).where(held).order_by(SNOOZE.c.id))]


def snooze(  # noqa: PLR0913 (all of a snooze)
    connection: Connection,
    *,
    rule: str,
    entity_kind: str,
    entity_key: str,
    until: int,
    reason: str,
    author: str,
    at: int,
) -> Snooze:
    """Write it down; `UsageError` where something is empty, or it would be over at once."""
    if not all(text.strip() for text in (rule, entity_kind, entity_key, reason, author)):
        raise UsageError("A snooze needs a rule, an entity, a reason and an author", do="Give all of them.")
    if until <= at:
        raise UsageError("The snooze would be over at once", do="Give a later moment.")
    values = {
        "rule": rule,
        "entity_kind": entity_kind,
        "entity_key": entity_key,
        "until": until,
        "reason": reason,
        "author": author,
        "at": at,
    }
    made = connection.execute(insert(SNOOZE).values(values).returning(SNOOZE.c.id)).scalar_one()
    return Snooze(snooze_id=made, **values)  # type: ignore[arg-type]


def end(connection: Connection, snooze_id: int, *, author: str, at: int) -> None:
    """End it; `NotFoundError` if there is none of that id. One that is over stays as it is."""
    if connection.execute(select(SNOOZE.c.id).where(SNOOZE.c.id == snooze_id)).first() is None:
        raise NotFoundError(f"There is no snooze {snooze_id}", do="List them: `ringfence rules snoozes`.")
    if connection.execute(select(SNOOZE_END.c.at).where(SNOOZE_END.c.snooze_id == snooze_id)).first() is None:
        connection.execute(insert(SNOOZE_END).values(snooze_id=snooze_id, author=author, at=at))
