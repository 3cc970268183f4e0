"""Who may look at a decision again: nobody who had a hand in it, and only who reviews."""

from sqlalchemy import Connection, Subquery, select, union

from cases import texts
from cases.accounts import account_key, account_of
from cases.appeal_model import WAITING, Appeal, AppealState
from cases.model import Verdict
from cases.people import Role
from cases.schema import ACCOUNT, APPEAL, APPEAL_STEP, CASE_MEMBER, CONFIRMATION, JUDGEMENT, JUDGEMENT_MEMBER, RING_CASE
from graph.errors import AccessError

_DECIDED = [state.value for state in AppealState if state not in WAITING]


def rings_of(applicant_id: str) -> Subquery:
    """The cases whose ring the applicant is in, or was when it was judged."""
    member = select(CASE_MEMBER.c.ring_id).where(CASE_MEMBER.c.applicant_id == applicant_id)
    judged = (
        select(JUDGEMENT.c.ring_id)
        .join(JUDGEMENT_MEMBER, JUDGEMENT_MEMBER.c.judgement_id == JUDGEMENT.c.id)
        .where(JUDGEMENT_MEMBER.c.applicant_id == applicant_id)
    )
    return union(member, judged).subquery()


def first_reviewers(connection: Connection, applicant_id: str) -> list[str]:
    """Who said or confirmed "fraud" of him or in a ring of his, also if it was withdrawn, and who works on its case."""
    rings = select(rings_of(applicant_id).c.ring_id)
    fraud = (JUDGEMENT.c.verdict == Verdict.FRAUD.value) & JUDGEMENT.c.ring_id.in_(rings)
    confirmed = JUDGEMENT.join(CONFIRMATION, CONFIRMATION.c.judgement_id == JUDGEMENT.c.id)
    names = union(
        select(JUDGEMENT.c.author.label("name")).where(fraud),
        select(CONFIRMATION.c.author).select_from(confirmed).where(fraud),
        select(RING_CASE.c.owner).where(RING_CASE.c.ring_id.in_(rings), RING_CASE.c.owner.is_not(None)),
    )
    return sorted(connection.execute(names).scalars())


def had_a_hand(connection: Connection, appeal: Appeal) -> set[str]:
    """First reviewers, those known when the appeal was filed and those known now, and who decided an earlier appeal."""
    return {*appeal.first, *first_reviewers(connection, appeal.applicant_id), *_of_earlier(connection, appeal)}


def must_be_second(connection: Connection, appeal: Appeal, name: str) -> None:
    """`AccessError` where this person may not decide the appeal.

    Where there are accounts, his must be that of a reviewer; without any, nobody checks who signs.
    """
    account = connection.execute(select(ACCOUNT).where(ACCOUNT.c.key == account_key(name))).one_or_none()
    known = account_of(account) if account else None
    anybody = connection.execute(select(ACCOUNT.c.key).limit(1)).first() is not None
    if anybody and (known is None or known.disabled or not known.role.covers(Role.REVIEWER)):
        raise AccessError(f"Appeals take the role {Role.REVIEWER}", do="Ask an administrator.")
    if any(texts.same_person(name, each) for each in had_a_hand(connection, appeal)):
        raise AccessError(
            "Who had a hand in the decision may not decide the appeal",
            where=f"appeal {appeal.id}",
            do="Ask somebody else.",
        )


def _of_earlier(connection: Connection, appeal: Appeal) -> list[str]:
    """Who decided an earlier appeal against the same decision."""
    earlier = (APPEAL.c.decision_id == appeal.decision_id) & (APPEAL.c.id != appeal.id)
    query = select(APPEAL_STEP.c.author).join(APPEAL, APPEAL.c.id == APPEAL_STEP.c.appeal_id)
    return list(connection.execute(query.where(earlier, APPEAL_STEP.c.state.in_(_DECIDED))).scalars())
