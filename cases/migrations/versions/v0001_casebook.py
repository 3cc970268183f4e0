"""The first casebook."""

import sqlalchemy as sa
from alembic import op

from database.guards import guard

revision = "0001"
down_revision = None

APPEND_ONLY = (
    "lineage",
    "judgement",
    "judgement_member",
    "confirmation",
    "withdrawal",
    "note",
    "attachment",
    "change",
)


def upgrade() -> None:
    """Create everything."""
    _cases()
    _judgements()
    _papers()
    for table in APPEND_ONLY:
        guard(table)


def _cases() -> None:
    op.create_table(
        "ring_case",
        sa.Column("ring_id", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("owner", sa.Text),
        sa.Column("opened_at", sa.BigInteger, nullable=False),
        sa.Column("due_at", sa.BigInteger, nullable=False),
        sa.Column("lives", sa.Boolean, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("ring_id", name="pk_ring_case"),
        sa.CheckConstraint("state IN ('open', 'in_review', 'decided')", name=op.f("ck_ring_case_state")),
    )
    op.create_table(
        "case_member",
        _ring_id(),
        sa.Column("applicant_id", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("ring_id", "applicant_id", name="pk_case_member"),
        _of_case("case_member"),
    )
    op.create_table(
        "case_lock",
        _ring_id(),
        sa.Column("author", sa.Text, nullable=False),
        sa.Column("until", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("ring_id", name="pk_case_lock"),
        _of_case("case_lock"),
    )
    op.create_table(
        "lineage",
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("target", sa.Text, nullable=False),
        sa.Column("run_id", sa.Text, nullable=False),
        sa.Column("how", sa.Text, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("source", "target", "run_id", name="pk_lineage"),
        sa.ForeignKeyConstraint(["source"], ["ring_case.ring_id"], name="fk_lineage_source"),
        sa.ForeignKeyConstraint(["target"], ["ring_case.ring_id"], name="fk_lineage_target"),
        sa.CheckConstraint("how IN ('merged', 'split')", name=op.f("ck_lineage_how")),
    )


def _judgements() -> None:
    op.create_table(
        "judgement",
        sa.Column("id", sa.Integer, nullable=False),
        _ring_id(),
        sa.Column("verdict", sa.Text, nullable=False),
        sa.Column("scope", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("four_eyes", sa.Boolean, nullable=False),
        *_signed(),
        sa.PrimaryKeyConstraint("id", name="pk_judgement"),
        _of_case("judgement"),
        sa.CheckConstraint(
            "verdict IN ('fraud', 'not_fraud', 'household', 'watch')", name=op.f("ck_judgement_verdict")
        ),
        sa.CheckConstraint("scope IN ('ring', 'members', 'link')", name=op.f("ck_judgement_scope")),
    )
    op.create_index("ix_judgement_ring_id", "judgement", ["ring_id"])
    op.create_table(
        "judgement_member",
        sa.Column("judgement_id", sa.Integer, nullable=False),
        sa.Column("applicant_id", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("judgement_id", "applicant_id", name="pk_judgement_member"),
        _of_judgement("judgement_member"),
    )
    op.create_index("ix_judgement_member_applicant_id", "judgement_member", ["applicant_id"])
    op.create_table(
        "confirmation",
        sa.Column("judgement_id", sa.Integer, nullable=False),
        *_signed(),
        sa.PrimaryKeyConstraint("judgement_id", name="pk_confirmation"),
        _of_judgement("confirmation"),
    )
    op.create_table(
        "withdrawal",
        sa.Column("judgement_id", sa.Integer, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        *_signed(),
        sa.PrimaryKeyConstraint("judgement_id", name="pk_withdrawal"),
        _of_judgement("withdrawal"),
    )


def _papers() -> None:
    columns: dict[str, tuple[sa.Column[object], ...]] = {
        "note": (sa.Column("text", sa.Text, nullable=False), sa.Column("evidence", sa.JSON, nullable=False)),
        "attachment": (
            sa.Column("name", sa.Text, nullable=False),
            sa.Column("media_type", sa.Text, nullable=False),
            sa.Column("size", sa.BigInteger, nullable=False),
            sa.Column("sha256", sa.Text, nullable=False),
            sa.Column("content", sa.LargeBinary, nullable=False),
        ),
        "change": (
            sa.Column("action", sa.Text, nullable=False),
            sa.Column("before", sa.JSON),
            sa.Column("after", sa.JSON),
        ),
    }
    for table, own in columns.items():
        op.create_table(
            table,
            sa.Column("id", sa.Integer, nullable=False),
            _ring_id(),
            *own,
            *_signed(),
            sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
            _of_case(table),
        )
        op.create_index(f"ix_{table}_ring_id", table, ["ring_id"])


def _ring_id() -> sa.Column[str]:
    return sa.Column("ring_id", sa.Text, nullable=False)


def _signed() -> tuple[sa.Column[str], sa.Column[int]]:
    return sa.Column("author", sa.Text, nullable=False), sa.Column("at", sa.BigInteger, nullable=False)


def _of_case(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["ring_id"], ["ring_case.ring_id"], name=f"fk_{table}_ring_id")


def _of_judgement(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["judgement_id"], ["judgement.id"], name=f"fk_{table}_judgement_id")
