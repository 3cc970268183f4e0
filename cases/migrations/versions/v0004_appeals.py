"""Appeals against decisions."""

import sqlalchemy as sa
from alembic import op

from database.guards import guard

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Create the three tables."""
    op.create_table(
        "appeal",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("decision_id", sa.Text, nullable=False),
        sa.Column("round", sa.Integer, nullable=False),
        sa.Column("applicant_id", sa.Text, nullable=False),
        sa.Column("application_id", sa.Text, nullable=False),
        sa.Column("outcome", sa.Text, nullable=False),
        sa.Column("decided_at", sa.BigInteger, nullable=False),
        sa.Column("entities", sa.JSON, nullable=False),
        sa.Column("links", sa.JSON, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("first", sa.JSON, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("due_at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_appeal"),
        sa.UniqueConstraint("decision_id", "round", name="uq_appeal_decision_id"),
        sa.CheckConstraint("outcome IN ('review', 'reject')", name=op.f("ck_appeal_outcome")),
    )
    op.create_index("ix_appeal_applicant_id", "appeal", ["applicant_id"])
    op.create_table(
        "appeal_rule",
        sa.Column("appeal_id", sa.Integer, nullable=False),
        sa.Column("rule", sa.Text, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("code", sa.Text, nullable=False),
        sa.Column("told", sa.JSON, nullable=False),
        sa.Column("entities", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("appeal_id", "rule", name="pk_appeal_rule"),
        sa.ForeignKeyConstraint(["appeal_id"], ["appeal.id"], name="fk_appeal_rule_appeal_id"),
    )
    op.create_table(
        "appeal_step",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("appeal_id", sa.Integer, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("author", sa.Text, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_appeal_step"),
        sa.ForeignKeyConstraint(["appeal_id"], ["appeal.id"], name="fk_appeal_step_appeal_id"),
        sa.CheckConstraint(
            "state IN ('taken', 'upheld', 'overturned', 'withdrawn')", name=op.f("ck_appeal_step_state")
        ),
    )
    op.create_index("ix_appeal_step_appeal_id", "appeal_step", ["appeal_id"])
    for table in ("appeal", "appeal_rule", "appeal_step"):
        guard(table)
