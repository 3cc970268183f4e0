"""The first decision log."""

import uuid

import sqlalchemy as sa
from alembic import op

from database.guards import guard

revision = "0001"
down_revision = None

APPEND_ONLY = (
    "identity",
    "decision",
    "decision_rule",
    "decision_ring",
    "sighting",
    "snooze",
    "snooze_end",
    "rule_version",
    "rule_use",
    "shadow",
)

_NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Create everything."""
    _identity()
    _decisions()
    _found_by("decision_rule", "rule")
    _found_by("decision_ring", "ring_id")
    _sightings()
    _snoozes()
    _rules()
    for table in APPEND_ONLY:
        guard(table)


def _identity() -> None:
    identity = op.create_table(
        "identity", sa.Column("log_id", sa.Text, nullable=False), sa.PrimaryKeyConstraint("log_id", name="pk_identity")
    )
    op.bulk_insert(identity, [{"log_id": uuid.uuid4().hex}])


def _decisions() -> None:
    op.create_table(
        "decision",
        _number(),
        sa.Column("decision_id", sa.Text, nullable=False),
        sa.Column("application_id", sa.Text, nullable=False),
        sa.Column("applicant_id", sa.Text, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("decided_at", sa.BigInteger, nullable=False),
        sa.Column("outcome", sa.Text, nullable=False),
        sa.Column("score", sa.Double, nullable=False),
        sa.Column("rules_version", sa.Text, nullable=False),
        sa.Column("run_id", sa.Text),
        sa.Column("latency_us", sa.BigInteger, nullable=False),
        sa.Column("application", sa.LargeBinary, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.Column("idempotency_key", sa.Text),
        sa.Column("request_digest", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_decision"),
    )
    for column in ("decision_id", "idempotency_key"):
        op.create_index(f"ix_decision_{column}", "decision", [column], unique=True)
    for column in ("applicant_id", "application_id", "outcome", "decided_at"):
        op.create_index(f"ix_decision_{column}", "decision", [column, "number"])


def _found_by(table: str, column: str) -> None:
    op.create_table(
        table,
        sa.Column(column, sa.Text, nullable=False),
        _number(),
        sa.PrimaryKeyConstraint(column, "number", name=f"pk_{table}"),
        _of_decision(table),
        sqlite_with_rowid=False,
    )


def _sightings() -> None:
    op.create_table(
        "sighting",
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        _number(),
        sa.Column("applicant_id", sa.Text, nullable=False),
        sa.Column("application_id", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("source", "key", "at", "number", name="pk_sighting"),
        _of_decision("sighting"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_sighting_applicant_id", "sighting", ["applicant_id", "source", "at"])


def _snoozes() -> None:
    op.create_table(
        "snooze",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("rule", sa.Text, nullable=False),
        sa.Column("entity_kind", sa.Text, nullable=False),
        sa.Column("entity_key", sa.Text, nullable=False),
        sa.Column("until", sa.BigInteger, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        *_signed(),
        sa.PrimaryKeyConstraint("id", name="pk_snooze"),
    )
    op.create_index("ix_snooze_until", "snooze", ["until"])
    op.create_table(
        "snooze_end",
        sa.Column("snooze_id", sa.Integer, nullable=False, autoincrement=False),
        *_signed(),
        sa.PrimaryKeyConstraint("snooze_id", name="pk_snooze_end"),
        sa.ForeignKeyConstraint(["snooze_id"], ["snooze.id"], name="fk_snooze_end_snooze_id"),
    )


def _rules() -> None:
    op.create_table(
        "rule_version",
        sa.Column("version", sa.Text, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("version", name="pk_rule_version"),
    )
    op.create_table(
        "rule_use",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("version", sa.Text, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_rule_use"),
        sa.ForeignKeyConstraint(["version"], ["rule_version.version"], name="fk_rule_use_version"),
    )
    op.create_table(
        "shadow",
        sa.Column("rules_version", sa.Text, nullable=False),
        _number(),
        sa.Column("outcome", sa.Text, nullable=False),
        sa.Column("score", sa.Double, nullable=False),
        sa.Column("rules", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("rules_version", "number", name="pk_shadow"),
        _of_decision("shadow"),
        sqlite_with_rowid=False,
    )


def _number() -> sa.Column[int]:
    return sa.Column("number", _NUMBER, nullable=False, autoincrement=False)


def _signed() -> tuple[sa.Column[str], sa.Column[int]]:
    return sa.Column("author", sa.Text, nullable=False), sa.Column("at", sa.BigInteger, nullable=False)


def _of_decision(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["number"], ["decision.number"], name=f"fk_{table}_number")
