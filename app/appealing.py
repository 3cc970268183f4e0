"""Appeals between the casebook, where they are decided, and the decision log, where rules are let rest for it."""

from typing import TYPE_CHECKING

from cases.appeal_model import Appeal, AppealState, Snooze
from cases.desk import now

if TYPE_CHECKING:
    from cases.casebook import Casebook
    from decisions.log.log import DecisionLog

_Rest = tuple[str, str, str, int]


def decide(  # noqa: PLR0913 (what a decision is, and where it goes)
    book: "Casebook",
    log: "DecisionLog",
    number: int,
    state: AppealState,
    reason: str,
    *,
    author: str,
    seen: int | None = None,
) -> Appeal:
    """Uphold or overturn; what had hit wrongly rests. Raises as `Appeals.decide`, before anything is done.

    Overturned again, an appeal stays as it is, and what could not be let rest the first time is.
    """
    resting = _resting(log)
    appeal = book.appeals.appeal(number)
    if (appeal.state, state) != (AppealState.OVERTURNED, AppealState.OVERTURNED):
        appeal = book.appeals.decide(number, state, reason, author=author, seen=seen)
    for each in book.appeal_queue.snoozes(appeal):
        if _rest(each) not in resting:
            last = appeal.steps[-1]
            log.snooze(
                rule=each.rule,
                entity_kind=each.kind,
                entity_key=each.key,
                until=each.until,
                reason=f"Appeal {appeal.id}: {last.reason}",
                author=last.author,
                at=last.at,
            )
    return appeal


def withdraw(  # noqa: PLR0913 (what is taken back, and where)
    book: "Casebook", log: "DecisionLog", number: int, reason: str, *, author: str, seen: int | None = None
) -> Appeal:
    """Take an overturn back, and end what rests for it. Raises as `Appeals.withdraw`, before anything is done."""
    resting = _resting(log)
    before = book.appeals.appeal(number)
    after = book.appeals.withdraw(number, reason, author=author, seen=seen)
    for each in book.appeal_queue.snoozes(before):
        for snooze_id in resting.get(_rest(each), ()):
            log.end_snooze(snooze_id, author=author, at=after.steps[-1].at)
    return after


def _rest(snooze: Snooze) -> _Rest:
    return snooze.rule, snooze.kind, snooze.key, snooze.until


def _resting(log: "DecisionLog") -> dict[_Rest, list[int]]:
    """What rests now, with the numbers under which it does; `StoreUnavailableError` if the log does not answer."""
    found: dict[_Rest, list[int]] = {}
    for each in log.snoozes(now()):
        found.setdefault((each.rule, each.entity_kind, each.entity_key, each.until), []).append(each.snooze_id)
    return found
