"""Writes decisions in one transaction.

Statements are composed once, or go to the driver as text: composing them took more time than running them.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Table, bindparam, select, text

from decisions.log.record import Accepted, Decision, DecisionRecord, KeyReusedError
from decisions.log.rows import COLUMNS, LAST, decided, decision_of
from decisions.log.schema import DECISION, DECISION_RING, DECISION_RULE, SIGHTING
from decisions.log.sightings import kept_key

_LOCK = 0x4C4F47
"""`LOG` in ASCII: PostgreSQL's advisory lock, so that decisions are numbered in the order of their commits."""

_BY_KEY = select(*COLUMNS).where(DECISION.c.idempotency_key.in_(bindparam("keys", expanding=True)))
_IN_TURN = text("SELECT pg_advisory_xact_lock(:lock)")

Result = Accepted | KeyReusedError


def write(connection: Connection, records: Sequence[DecisionRecord]) -> list[Result]:
    """Keep the records in this order; where a key came before, the answer is the decision that it has."""
    in_turn(connection)
    known = _by_key(connection, [record.idempotency_key for record in records if record.idempotency_key is not None])
    number: int = connection.execute(LAST).scalar_one()
    new: list[tuple[Decision, DecisionRecord]] = []
    results: list[Result] = []
    for record in records:
        earlier = known.get(record.idempotency_key) if record.idempotency_key is not None else None
        if earlier is not None:
            results.append(repeated(earlier, record.request_digest))
            continue
        number += 1
        decision = decided(number, record)
        new.append((decision, record))
        results.append(Accepted(decision, earlier=False))
        if record.idempotency_key is not None:
            known[record.idempotency_key] = decision
    _insert_all(connection, new)
    return results


def repeated(earlier: Decision, request_digest: str) -> Result:
    """What to answer to a request whose idempotency key came before."""
    if earlier.request_digest != request_digest:
        return KeyReusedError("The idempotency key came before, with another request", do="Send it with a new key.")
    return Accepted(earlier, earlier=True)


def in_turn(connection: Connection) -> None:
    """One transaction after the other; in SQLite every writing one is alone anyway."""
    if connection.dialect.name == "postgresql":
        connection.execute(_IN_TURN, {"lock": _LOCK})


def _by_key(connection: Connection, keys: Sequence[str]) -> dict[str | None, Decision]:
    if not keys:
        return {}
    found = map(decision_of, connection.execute(_BY_KEY, {"keys": keys}))
    return {decision.idempotency_key: decision for decision in found}


def _insert_all(connection: Connection, new: Sequence[tuple[Decision, DecisionRecord]]) -> None:
    names = [column.name for column in COLUMNS]
    _insert(connection, DECISION, names, [tuple(getattr(decision, name) for name in names) for decision, _ in new])
    for table, column, found in ((DECISION_RULE, "rule", "rules"), (DECISION_RING, "ring_id", "rings")):
        rows = [(each, one.number) for one, record in new for each in dict.fromkeys(getattr(record, found))]
        _insert(connection, table, [column, "number"], rows)
    sightings = [
        (source, key, record.at, one.number, record.applicant_id, record.application_id)
        for one, record in new
        for source, key in dict.fromkeys((each.source, kept_key(each.key)) for each in record.sightings)
    ]
    _insert(connection, SIGHTING, ["source", "key", "at", "number", "applicant_id", "application_id"], sightings)


def _insert(connection: Connection, table: Table, columns: Sequence[str], rows: list[tuple[Any, ...]]) -> None:
    if rows:
        mark = "?" if connection.dialect.name == "sqlite" else "%s"
        named = ", ".join(f'"{column}"' for column in columns)
        values = ", ".join([mark] * len(columns))
        connection.exec_driver_sql(f'INSERT INTO "{table.name}" ({named}) VALUES ({values})', rows)  # noqa: S608
