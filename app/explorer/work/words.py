"""How cases, verdicts and what was done to them are told."""

from collections.abc import Callable, Mapping
from typing import TypeVar

from app.case_report.words import ACTIONS
from app.explorer.frame.language import said
from app.plain_text import printable
from cases.desk import DAY
from cases.model import Case, State
from graph.language import Saying

T = TypeVar("T")

REASON = Saying("Reason", "理由")
MEMBERS = Saying("Members", "成员")

_LEFT = Saying("Day {day} of {days}", "第 {day} 天，限 {days} 天")
_OVERDUE = Saying("Overdue by {late:# day|# days}", "已超时 {late} 天")


def told(sayings: Mapping[T, Saying]) -> Callable[[T], str]:
    """Names the choices of a widget, in the language that the page has now."""
    return {choice: said(saying) for choice, saying in sayings.items()}.__getitem__


def age(case: Case | None, now: int) -> str:
    """How old an undecided case is, against its time limit."""
    if case is None or case.state is State.DECIDED:
        return ""
    return time_limit(case.opened_at, case.due_at, now)


def time_limit(since: int, due_at: int, now: int) -> str:
    """How old something is that is to be done by then."""
    if due_at < now:
        return said(_OVERDUE, late=max(1, -(-(now - due_at) // DAY)))
    return said(_LEFT, day=(now - since) // DAY + 1, days=-(-(due_at - since) // DAY))


def action(name: str) -> str:
    """What a line of the log says was done."""
    return said(ACTIONS[name]) if name in ACTIONS else printable(name)
