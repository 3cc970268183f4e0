"""What was said of rings by hand (merged, split), and what it makes of the rings that a run has found.

A merge holds for the two rings whatever they become; a split holds while the ring is found from which it was made.
"""

from collections.abc import Iterable, Mapping

from sqlalchemy import ColumnElement, Connection, String, cast, literal, select

from cases.model import How, Regrouping
from cases.schema import CASE_MEMBER, LINEAGE, REGROUPING, REGROUPING_MEMBER, REGROUPING_UNDO

Rings = Mapping[str, frozenset[str]]
"""Members by ring id."""

BY_HAND = "by hand "
"""Stands, with the number of the regrouping, where lineage names the run that found it."""


def read(connection: Connection, *where: ColumnElement[bool]) -> list[Regrouping]:
    """Regroupings in the order in which they were said."""
    undone = REGROUPING_UNDO.c
    query = select(
        REGROUPING,
        undone.author.label("undone_by"),
        undone.at.label("undone_at"),
        undone.reason.label("undone_why"),
    ).select_from(REGROUPING.outerjoin(REGROUPING_UNDO, undone.regrouping_id == REGROUPING.c.id))
    rows = [dict(row) for row in connection.execute(query.where(*where).order_by(REGROUPING.c.id)).mappings()]
    people: dict[int, list[str]] = {row["id"]: [] for row in rows}
    moved = select(REGROUPING_MEMBER).where(REGROUPING_MEMBER.c.regrouping_id.in_(list(people)))
    for number, who in connection.execute(moved.order_by(REGROUPING_MEMBER.c.applicant_id)):
        people[number].append(who)
    return [Regrouping.model_validate(row | {"members": people[row["id"]]}) for row in rows]


def standing_regroupings(connection: Connection) -> list[Regrouping]:
    """Those that nobody has undone."""
    return read(connection, REGROUPING_UNDO.c.regrouping_id.is_(None))


def in_force() -> ColumnElement[bool]:
    """Is a line of the lineage of a run, or of a regrouping that nobody has undone?"""
    undone = select(literal(BY_HAND) + cast(REGROUPING_UNDO.c.regrouping_id, String))
    return LINEAGE.c.run_id.not_in(undone)


def regrouped(found: Rings, said: Iterable[Regrouping]) -> dict[str, frozenset[str]]:
    """The rings of a run as people have said that they are, one after the other; rings without members are no more."""
    rings = dict(found)
    for each in said:
        there = rings.pop(each.ring_id, frozenset())
        moved = there if each.how is How.MERGED else there & frozenset(each.members)
        rings[each.ring_id] = there - moved
        rings[each.target] = rings.get(each.target, frozenset()) | moved
    return {ring_id: members for ring_id, members in rings.items() if members}


def whole(connection: Connection, ring_id: str) -> int:
    """How many members the ring has together with all that was split from it by hand, and from which it was."""
    parts, near = {ring_id}, {ring_id}
    said = [(one.ring_id, one.target) for one in standing_regroupings(connection) if one.how is How.SPLIT]
    while near:
        near = {two for pair in said for one, two in (pair, pair[::-1]) if one in near} - parts
        parts |= near
    query = select(CASE_MEMBER.c.applicant_id).where(CASE_MEMBER.c.ring_id.in_(parts)).distinct()
    return len(connection.execute(query).all())
