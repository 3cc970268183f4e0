"""The tables. Whoever changes one adds a migration: a test compares the two. Times are unix seconds."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

TABLES = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _signed() -> tuple[Column[str], Column[int]]:
    """Who and when."""
    return Column("author", Text, nullable=False), Column("at", BigInteger, nullable=False)


def _of_case() -> Column[str]:
    return Column("ring_id", Text, ForeignKey("ring_case.ring_id"), nullable=False, index=True)


RING_CASE = Table(
    "ring_case",
    TABLES,
    Column("ring_id", Text, primary_key=True),
    Column("state", Text, nullable=False),
    Column("owner", Text),
    Column("opened_at", BigInteger, nullable=False),
    Column("due_at", BigInteger, nullable=False),
    Column("lives", Boolean, nullable=False),
    Column("version", Integer, nullable=False),
    CheckConstraint("state IN ('open', 'in_review', 'decided')", name="state"),
)

CASE_MEMBER = Table(
    "case_member",
    TABLES,
    Column("ring_id", Text, ForeignKey("ring_case.ring_id"), primary_key=True),
    Column("applicant_id", Text, primary_key=True),
)
"""Members of each case's ring in the last run that had it."""

CASE_LOCK = Table(
    "case_lock",
    TABLES,
    Column("ring_id", Text, ForeignKey("ring_case.ring_id"), primary_key=True),
    Column("author", Text, nullable=False),
    Column("until", BigInteger, nullable=False),
)

LINEAGE = Table(
    "lineage",
    TABLES,
    Column("source", Text, ForeignKey("ring_case.ring_id"), primary_key=True),
    Column("target", Text, ForeignKey("ring_case.ring_id"), primary_key=True),
    Column("run_id", Text, primary_key=True),
    Column("how", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    CheckConstraint("how IN ('merged', 'split')", name="how"),
)

JUDGEMENT = Table(
    "judgement",
    TABLES,
    Column("id", Integer, primary_key=True),
    _of_case(),
    Column("verdict", Text, nullable=False),
    Column("scope", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("four_eyes", Boolean, nullable=False),
    *_signed(),
    CheckConstraint("verdict IN ('fraud', 'not_fraud', 'household', 'watch')", name="verdict"),
    CheckConstraint("scope IN ('ring', 'members', 'link')", name="scope"),
)

JUDGEMENT_MEMBER = Table(
    "judgement_member",
    TABLES,
    Column("judgement_id", Integer, ForeignKey("judgement.id"), primary_key=True),
    Column("applicant_id", Text, primary_key=True, index=True),
)

CONFIRMATION = Table(
    "confirmation",
    TABLES,
    Column("judgement_id", Integer, ForeignKey("judgement.id"), primary_key=True),
    *_signed(),
)

WITHDRAWAL = Table(
    "withdrawal",
    TABLES,
    Column("judgement_id", Integer, ForeignKey("judgement.id"), primary_key=True),
    Column("reason", Text, nullable=False),
    *_signed(),
)

NOTE = Table(
    "note",
    TABLES,
    Column("id", Integer, primary_key=True),
    _of_case(),
    Column("text", Text, nullable=False),
    Column("evidence", JSON, nullable=False),
    *_signed(),
)

ATTACHMENT = Table(
    "attachment",
    TABLES,
    Column("id", Integer, primary_key=True),
    _of_case(),
    Column("name", Text, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),
    *_signed(),
)

CHANGE = Table(
    "change",
    TABLES,
    Column("id", Integer, primary_key=True),
    _of_case(),
    Column("action", Text, nullable=False),
    Column("before", JSON(none_as_null=True)),
    Column("after", JSON(none_as_null=True)),
    *_signed(),
)
"""The audit log."""

REGROUPING = Table(
    "regrouping",
    TABLES,
    Column("id", Integer, primary_key=True),
    _of_case(),
    Column("target", Text, ForeignKey("ring_case.ring_id"), nullable=False, index=True),
    Column("how", Text, nullable=False),
    Column("reason", Text, nullable=False),
    *_signed(),
    CheckConstraint("how IN ('merged', 'split')", name="how"),
)
"""Said by hand: the ring `ring_id` is one with `target`, or some of its members are a ring of their own, `target`."""

REGROUPING_MEMBER = Table(
    "regrouping_member",
    TABLES,
    Column("regrouping_id", Integer, ForeignKey("regrouping.id"), primary_key=True),
    Column("applicant_id", Text, primary_key=True),
)
"""Who went over."""

REGROUPING_UNDO = Table(
    "regrouping_undo",
    TABLES,
    Column("regrouping_id", Integer, ForeignKey("regrouping.id"), primary_key=True),
    Column("reason", Text, nullable=False),
    *_signed(),
)

APPEAL = Table(
    "appeal",
    TABLES,
    Column("id", Integer, primary_key=True),
    Column("decision_id", Text, nullable=False),
    Column("round", Integer, nullable=False),
    Column("applicant_id", Text, nullable=False, index=True),
    Column("application_id", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("decided_at", BigInteger, nullable=False),
    Column("entities", JSON, nullable=False),
    Column("links", JSON, nullable=False),
    Column("text", Text, nullable=False),
    Column("first", JSON, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("due_at", BigInteger, nullable=False),
    UniqueConstraint("decision_id", "round", name="uq_appeal_decision_id"),
    CheckConstraint("outcome IN ('review', 'reject')", name="outcome"),
)
"""A customer objects to a decision, for the first time (`round` 0) or again. `first`: who had a hand in it."""

APPEAL_RULE = Table(
    "appeal_rule",
    TABLES,
    Column("appeal_id", Integer, ForeignKey("appeal.id"), primary_key=True),
    Column("rule", Text, primary_key=True),
    Column("position", Integer, nullable=False),
    Column("code", Text, nullable=False),
    Column("told", JSON, nullable=False),
    Column("entities", JSON, nullable=False),
)
"""A rule that had hit, with its reason as it was told, and the kinds of what it spoke of."""

APPEAL_STEP = Table(
    "appeal_step",
    TABLES,
    Column("id", Integer, primary_key=True),
    Column("appeal_id", Integer, ForeignKey("appeal.id"), nullable=False, index=True),
    Column("state", Text, nullable=False),
    Column("reason", Text, nullable=False),
    *_signed(),
    CheckConstraint("state IN ('taken', 'upheld', 'overturned', 'withdrawn')", name="state"),
)
"""What came of it: the last step is where it stands."""

SAVED_VIEW = Table(
    "saved_view",
    TABLES,
    Column("owner", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("query", JSON, nullable=False),
)
"""What somebody asks the queue again and again. His own, so it may be changed and deleted."""

ACCOUNT = Table(
    "account",
    TABLES,
    Column("key", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("password", Text),
    Column("disabled", Boolean, nullable=False),
    Column("at", BigInteger, nullable=False),
    CheckConstraint("role IN ('viewer', 'analyst', 'reviewer', 'admin')", name="role"),
)
"""Who may use the explorer. `key`: the name without regard to case. `password`: an argon2 hash; none for OIDC alone."""

LOGIN = Table(
    "login",
    TABLES,
    Column("token", Text, primary_key=True),
    Column("account", Text, ForeignKey("account.key"), nullable=False, index=True),
    Column("began", BigInteger, nullable=False),
    Column("seen", BigInteger, nullable=False),
)
"""Sessions that are open. `token`: the SHA-256 of what the browser holds, so that the table opens no session."""

ACCESS = Table(
    "access",
    TABLES,
    Column("id", Integer, primary_key=True),
    Column("action", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("purpose", Text, nullable=False),
    *_signed(),
)
"""Who was let in, who changed accounts, who saw personal data unmasked or took it out, and what for."""

APPEND_ONLY = (
    LINEAGE,
    JUDGEMENT,
    JUDGEMENT_MEMBER,
    CONFIRMATION,
    WITHDRAWAL,
    NOTE,
    ATTACHMENT,
    CHANGE,
    REGROUPING,
    REGROUPING_MEMBER,
    REGROUPING_UNDO,
    ACCESS,
    APPEAL,
    APPEAL_RULE,
    APPEAL_STEP,
)
"""Triggers refuse to change or delete a row of these."""
