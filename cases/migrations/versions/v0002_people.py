"""Accounts of the people who use the explorer, their sessions, and the log of who saw what."""

import sqlalchemy as sa
from alembic import op

from database.guards import guard

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Create the three tables."""
    op.create_table(
        "account",
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("password", sa.Text),
        sa.Column("disabled", sa.Boolean, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_account"),
        sa.CheckConstraint("role IN ('viewer', 'analyst', 'reviewer', 'admin')", name=op.f("ck_account_role")),
    )
    op.create_table(
        "login",
        sa.Column("token", sa.Text, nullable=False),
        sa.Column("account", sa.Text, nullable=False),
        sa.Column("began", sa.BigInteger, nullable=False),
        sa.Column("seen", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("token", name="pk_login"),
        sa.ForeignKeyConstraint(["account"], ["account.key"], name="fk_login_account"),
    )
    op.create_index("ix_login_account", "login", ["account"])
    op.create_table(
        "access",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("action", sa.Text, nullable=False),
        sa.Column("what", sa.Text, nullable=False),
        sa.Column("purpose", sa.Text, nullable=False),
        sa.Column("author", sa.Text, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_access"),
    )
    guard("access")
