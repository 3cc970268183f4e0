"""Versions of the rules that were in force, and what others would have said."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import orjson
from sqlalchemy import Connection, insert, select

from decisions.log.schema import DECISION, RULE_USE, RULE_VERSION, SHADOW
from decisions.outcome import Outcome
from graph.errors import UsageError


@dataclass(frozen=True, slots=True)
class RuleVersion:
    """The rules as they were written. `at`: first seen, unix seconds."""

    version: str
    digest: str
    text: str
    at: int


@dataclass(frozen=True, slots=True)
class Shadow:
    """What other rules would have said of a decision, by its number."""

    number: int
    rules_version: str
    outcome: Outcome
    score: float
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """A decision beside what the shadow would have said."""

    decision_id: str
    outcome: Outcome
    score: float
    shadow: Shadow


_COLUMNS = tuple(RULE_VERSION.c)


def keep(connection: Connection, version: str, digest: str, text: str, at: int) -> None:
    """Write down that the version is in force; `UsageError` where its name was another text's."""
    known = connection.execute(select(RULE_VERSION.c.digest).where(RULE_VERSION.c.version == version)).scalar()
    if known is not None and known != digest:
        raise UsageError(f"Version {version!r} was the name of other rules", do="Give the changed rules a new version.")
    if known is None:
        connection.execute(insert(RULE_VERSION).values(version=version, digest=digest, text=text, at=at))
    latest = connection.execute(select(RULE_USE.c.version).order_by(RULE_USE.c.id.desc()).limit(1)).scalar()
    if latest != version:
        connection.execute(insert(RULE_USE).values(version=version, at=at))


def last(connection: Connection) -> RuleVersion | None:
    """The version that came into force last."""
    query = select(*_COLUMNS).join(RULE_USE, RULE_USE.c.version == RULE_VERSION.c.version)
    row = connection.execute(query.order_by(RULE_USE.c.id.desc()).limit(1)).first()
    return RuleVersion(*row) if row else None


def named(connection: Connection, version: str) -> RuleVersion | None:
    """The version of that name."""
    row = connection.execute(select(*_COLUMNS).where(RULE_VERSION.c.version == version)).first()
    return RuleVersion(*row) if row else None


def keep_shadows(connection: Connection, shadows: Sequence[Shadow]) -> None:
    """Write them down; one that is there already stays as it is."""
    for each in shadows:
        key = (SHADOW.c.rules_version == each.rules_version) & (SHADOW.c.number == each.number)
        if connection.execute(select(SHADOW.c.number).where(key)).first() is None:
            connection.execute(
                insert(SHADOW).values(
                    rules_version=each.rules_version,
                    number=each.number,
                    outcome=each.outcome.value,
                    score=each.score,
                    rules=orjson.dumps(each.rules).decode(),
                )
            )


def compared(connection: Connection, rules_version: str, since: int, until: int) -> Iterator[Compared]:
    """The version's shadows of decisions made from `since` to before `until` (unix microseconds), in order."""
    decided = DECISION.c.decided_at
    query = (
        select(DECISION.c.decision_id, DECISION.c.outcome, DECISION.c.score, *SHADOW.c)
        .join(DECISION, DECISION.c.number == SHADOW.c.number)
        .where(SHADOW.c.rules_version == rules_version, decided >= since, decided < until)
        .order_by(SHADOW.c.number)
    )
    for row in connection.execution_options(yield_per=1000).execute(query):
        decision_id, outcome, score, version, number, shadow_outcome, shadow_score, rules = row
        shadow = Shadow(number, version, Outcome(shadow_outcome), shadow_score, tuple(orjson.loads(rules)))
        yield Compared(decision_id, Outcome(outcome), score, shadow)
