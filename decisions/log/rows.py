"""Rows of the table of decisions, between the database and Python."""

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from sqlalchemy import func, select

from decisions.log.record import Decision, DecisionRecord
from decisions.log.schema import DECISION
from decisions.outcome import Outcome

COLUMNS = tuple(DECISION.c[each.name] for each in fields(Decision))
"""In the order of `Decision`, so that a row is its arguments."""

LAST = select(func.coalesce(func.max(DECISION.c.number), 0))
"""The number of the last decision; 0 where there is none."""

_OUTCOME = [each.name for each in fields(Decision)].index("outcome")


def decision_of(row: Sequence[Any]) -> Decision:
    """The decision that a row of `COLUMNS` is."""
    values = list(row)
    values[_OUTCOME] = Outcome(values[_OUTCOME])
    return Decision(*values)


def decided(number: int, record: DecisionRecord) -> Decision:
    """The decision that a record becomes under this number."""
    given = {each.name: getattr(record, each.name) for each in fields(Decision)[1:]}
    return Decision(number=number, **given)
