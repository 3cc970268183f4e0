"""The tables. Whoever changes one adds a migration: a test compares the two.

Times are unix seconds, `decided_at` alone is in microseconds.
"""

from sqlalchemy import (
    BigInteger,
    Column,
    Double,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
)

from database.schema import Schema

REVISION = "0001"
"""The newest step in `migrations/versions`."""

DECISION_LOG = Schema(
    name="decision log",
    setting="RINGFENCE_DECISIONS",
    migrations="decisions.log:migrations",
    revision=REVISION,
    versions="decision_log_version",
    flushed=False,
)

TABLES = MetaData(naming_convention={"pk": "pk_%(table_name)s", "fk": "fk_%(table_name)s_%(column_0_name)s"})

_NUMBER = BigInteger().with_variant(Integer, "sqlite")
"""SQLite finds rows by an INTEGER PRIMARY KEY without an index."""

IDENTITY = Table("identity", TABLES, Column("log_id", Text, primary_key=True))
"""One row: which log this is, so that a store knows how much it has of this one, not of another at the same place."""

DECISION = Table(
    "decision",
    TABLES,
    Column("number", _NUMBER, primary_key=True, autoincrement=False),
    Column("decision_id", Text, nullable=False),
    Column("application_id", Text, nullable=False),
    Column("applicant_id", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("decided_at", BigInteger, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("score", Double, nullable=False),
    Column("rules_version", Text, nullable=False),
    Column("run_id", Text),
    Column("latency_us", BigInteger, nullable=False),
    Column("application", LargeBinary, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("idempotency_key", Text),
    Column("request_digest", Text, nullable=False),
    Index("ix_decision_decision_id", "decision_id", unique=True),
    Index("ix_decision_idempotency_key", "idempotency_key", unique=True),
    Index("ix_decision_applicant_id", "applicant_id", "number"),
    Index("ix_decision_application_id", "application_id", "number"),
    Index("ix_decision_outcome", "outcome", "number"),
    Index("ix_decision_decided_at", "decided_at", "number"),
)


def _found_by(table: str, column: str) -> Table:
    """What decisions are found by, of which they have several."""
    return Table(
        table,
        TABLES,
        Column(column, Text, primary_key=True),
        Column("number", _NUMBER, ForeignKey("decision.number"), primary_key=True, autoincrement=False),
        sqlite_with_rowid=False,
    )


DECISION_RULE = _found_by("decision_rule", "rule")
DECISION_RING = _found_by("decision_ring", "ring_id")

SIGHTING = Table(
    "sighting",
    TABLES,
    Column("source", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("at", BigInteger, primary_key=True),
    Column("number", _NUMBER, ForeignKey("decision.number"), primary_key=True, autoincrement=False),
    Column("applicant_id", Text, nullable=False),
    Column("application_id", Text, nullable=False),
    Index("ix_sighting_applicant_id", "applicant_id", "source", "at"),
    sqlite_with_rowid=False,
)
"""What was accepted, by each thing that it came with. In SQLite the primary key is the table: one seek reads a page."""

SNOOZE = Table(
    "snooze",
    TABLES,
    Column("id", Integer, primary_key=True),
    Column("rule", Text, nullable=False),
    Column("entity_kind", Text, nullable=False),
    Column("entity_key", Text, nullable=False),
    Column("until", BigInteger, nullable=False),
    Column("reason", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    Index("ix_snooze_until", "until"),
)

SNOOZE_END = Table(
    "snooze_end",
    TABLES,
    Column("snooze_id", Integer, ForeignKey("snooze.id"), primary_key=True, autoincrement=False),
    Column("author", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
)

RULE_VERSION = Table(
    "rule_version",
    TABLES,
    Column("version", Text, primary_key=True),
    Column("digest", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
)

RULE_USE = Table(
    "rule_use",
    TABLES,
    Column("id", Integer, primary_key=True),
    Column("version", Text, ForeignKey("rule_version.version"), nullable=False),
    Column("at", BigInteger, nullable=False),
)
"""Which version came into force when; an earlier one may come again."""

SHADOW = Table(
    "shadow",
    TABLES,
    Column("rules_version", Text, primary_key=True),
    Column("number", _NUMBER, ForeignKey("decision.number"), primary_key=True, autoincrement=False),
    Column("outcome", Text, nullable=False),
    Column("score", Double, nullable=False),
    Column("rules", Text, nullable=False),
    sqlite_with_rowid=False,
)
"""What another version would have said. `rules`: those that hit, a JSON array."""

APPEND_ONLY = tuple(TABLES.tables.values())
"""Triggers refuse to change or delete a row of these: of all."""
