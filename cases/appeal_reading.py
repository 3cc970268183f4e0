"""Appeals as they stand, read together with the rules that had hit and with every step."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, Row, Select, Table, func, select

from cases.appeal_model import Appeal, AppealState
from cases.schema import APPEAL, APPEAL_RULE, APPEAL_STEP
from graph.errors import NotFoundError

Rows = dict[int, list[Row[tuple[object, ...]]]]


def latest_state() -> ColumnElement[str]:
    """How far an appeal has come, in a query of appeals."""
    last = (
        select(APPEAL_STEP.c.state)
        .where(APPEAL_STEP.c.appeal_id == APPEAL.c.id)
        .order_by(APPEAL_STEP.c.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    return func.coalesce(last, AppealState.OPEN.value)


def read(connection: Connection, now: int, *where: ColumnElement[bool]) -> list[Appeal]:
    """Those for which this holds, the oldest first."""
    return appeals_of(connection, now, select(APPEAL).where(*where).order_by(APPEAL.c.id))


def named(connection: Connection, number: int, now: int, *, for_update: bool = False) -> Appeal:
    """One of them; `NotFoundError` where there is none of this number."""
    query = select(APPEAL).where(APPEAL.c.id == number)
    found = appeals_of(connection, now, query.with_for_update() if for_update else query)
    if not found:
        raise NotFoundError("There is no appeal of this number", where=str(number), do="See `ringfence appeals list`.")
    return found[0]


def appeals_of(connection: Connection, now: int, query: Select[tuple[object, ...]]) -> list[Appeal]:
    """The appeals that a query of their table finds."""
    rows = [dict(row) for row in connection.execute(query).mappings()]
    numbers = [row["id"] for row in rows]
    hits = _of(connection, APPEAL_RULE, numbers, "position")
    steps = _of(connection, APPEAL_STEP, numbers, "id")
    return [
        Appeal.model_validate(
            row | {"hits": hits[at], "steps": steps[at], "overdue": _late(row["due_at"], steps[at], now)}
        )
        for row in rows
        for at in [row["id"]]
    ]


def _late(due_at: int, steps: Sequence[Row[tuple[object, ...]]], now: int) -> bool:
    return due_at < now and not any(step._mapping["state"] != AppealState.TAKEN for step in steps)


def _of(connection: Connection, table: Table, numbers: Sequence[int], order: str) -> Rows:
    """The rows of these appeals in another table, by the appeal."""
    rows: Rows = {number: [] for number in numbers}
    query = select(table).where(table.c.appeal_id.in_(numbers)).order_by(table.c.appeal_id, table.c[order])
    for row in connection.execute(query):
        rows[row._mapping["appeal_id"]].append(row)
    return rows
