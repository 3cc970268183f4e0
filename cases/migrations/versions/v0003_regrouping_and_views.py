"""Rings merged and split by hand, and views of the queue that people keep."""

import sqlalchemy as sa
from alembic import op

from database.guards import guard

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "regrouping",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("ring_id", sa.Text, nullable=False),
        sa.Column("target", sa.Text, nullable=False),
        sa.Column("how", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("author", sa.Text, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_regrouping"),
        sa.ForeignKeyConstraint(["ring_id"], ["ring_case.ring_id"], name="fk_regrouping_ring_id"),
        sa.ForeignKeyConstraint(["target"], ["ring_case.ring_id"], name="fk_regrouping_target"),
        sa.CheckConstraint("how IN ('merged', 'split')", name=op.f("ck_regrouping_how")),
    )
    op.create_index("ix_regrouping_ring_id", "regrouping", ["ring_id"])
    op.create_index("ix_regrouping_target", "regrouping", ["target"])
    op.create_table(
        "regrouping_member",
        sa.Column("regrouping_id", sa.Integer, nullable=False),
        sa.Column("applicant_id", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("regrouping_id", "applicant_id", name="pk_regrouping_member"),
        sa.ForeignKeyConstraint(["regrouping_id"], ["regrouping.id"], name="fk_regrouping_member_regrouping_id"),
    )
    op.create_table(
        "regrouping_undo",
        sa.Column("regrouping_id", sa.Integer, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("author", sa.Text, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("regrouping_id", name="pk_regrouping_undo"),
        sa.ForeignKeyConstraint(["regrouping_id"], ["regrouping.id"], name="fk_regrouping_undo_regrouping_id"),
    )
    op.create_table(
        "saved_view",
        sa.Column("owner", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("query", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("owner", "name", name="pk_saved_view"),
    )
    for table in ("regrouping", "regrouping_member", "regrouping_undo"):
        guard(table)
