"""Past decisions, as new rules are tried on them."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import orjson

from decisions.rules.comparing import Compared, Decided

if TYPE_CHECKING:
    from decisions.log.log import DecisionLog
    from decisions.log.record import Decision

_MICROSECONDS = 1_000_000


def past(log: "DecisionLog", since: datetime, until: datetime) -> Iterator[Decided]:
    """Decisions made from `since` to before `until`, with the features that each was made on, the earliest first."""
    for each in log.stream(_microseconds(since), _microseconds(until)):
        body: dict[str, Any] = orjson.loads(each.body)
        yield Decided(
            each.decision_id,
            _moment(each),
            body.get("features", {}),
            each.outcome,
            _rules(body),
            tuple(body.get("snoozed", ())),
        )


def shadowed(log: "DecisionLog", version: str, since: datetime, until: datetime) -> Iterator[Compared]:
    """Decisions in that time beside what a version of the rules said of them in its shadow."""
    for each in log.compared(version, _microseconds(since), _microseconds(until)):
        made = log.decision(each.decision_id)
        if made:
            rules = _rules(orjson.loads(made.body))
            shadow = each.shadow
            yield Compared(each.decision_id, _moment(made), each.outcome, shadow.outcome, rules, shadow.rules)


def _rules(body: dict[str, Any]) -> tuple[str, ...]:
    """The rules that held, each once."""
    return tuple(dict.fromkeys(rule for reason in body.get("reasons", ()) for rule in reason["rules"]))


def _moment(decision: "Decision") -> datetime:
    return datetime.fromtimestamp(decision.decided_at / _MICROSECONDS, UTC)


def _microseconds(moment: datetime) -> int:
    return int(moment.timestamp() * _MICROSECONDS)
