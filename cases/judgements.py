"""Judgements: said, confirmed by a second person where that is the rule, withdrawn; never changed, never deleted."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, Select, insert, select

from cases import texts
from cases.desk import Desk
from cases.model import Judgement, Scope, State, Verdict
from cases.schema import CASE_MEMBER, CONFIRMATION, JUDGEMENT, JUDGEMENT_MEMBER, WITHDRAWAL
from cases.settled import Settled
from cases.standing import COUNTS_FROM, standing
from cases.writing import Writing, changing
from graph.errors import AccessError, NotFoundError, UsageError


class Judgements:
    """Writes and reads verdicts."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def judge(  # noqa: PLR0913 (a judgement has these parts)
        self,
        ring_id: str,
        verdict: Verdict,
        reason: str,
        *,
        author: str,
        members: Sequence[str] = (),
        scope: Scope = Scope.RING,
        seen: int | None = None,
    ) -> Judgement:
        """Say it of the ring, of these of its members, or of the link between two of them.

        "Fraud" in a ring as large as the rules say waits for a second person, whatever part of the ring it is said of:
        otherwise a large ring could be judged piece by piece by one.
        """
        reason = texts.text(reason, "The reason")
        with changing(self._desk, ring_id, author, seen) as writing:
            ring = members_of(writing.connection, ring_id)
            people = _judged(ring, members, scope)
            new = {
                "verdict": verdict.value,
                "scope": scope.value,
                "reason": reason,
                "four_eyes": verdict is Verdict.FRAUD and len(ring) >= self._desk.rules.four_eyes,
            }
            number = _inserted(writing, new, people)
            writing.record("judge", before=None, after={"judgement": number, "members": people, **new})
            _settle(writing)
        return self.judgement(number)

    def confirm(self, number: int, *, author: str, seen: int | None = None) -> Judgement:
        """A second person says the same; from now on it counts. `AccessError` if it is the first one again."""
        first = self.judgement(number)
        if texts.same_person(first.author, author):
            raise AccessError(
                "Who judged may not confirm it himself", where=f"judgement {number}", do="Ask somebody else."
            )
        with changing(self._desk, first.ring_id, author, seen) as writing:
            _must_be(_read(writing.connection, number), waiting=True)
            values = {"judgement_id": number, "author": writing.author, "at": writing.at}
            writing.connection.execute(insert(CONFIRMATION).values(values))
            writing.record("confirm", before=None, after={"judgement": number})
            _settle(writing)
        return self.judgement(number)

    def withdraw(self, number: int, reason: str, *, author: str, seen: int | None = None) -> Judgement:
        """Take a judgement back: from now on it does not count, and it stays on record that it did."""
        reason = texts.text(reason, "The reason")
        ring_id = self.judgement(number).ring_id
        with changing(self._desk, ring_id, author, seen) as writing:
            _must_be(_read(writing.connection, number), waiting=False)
            values = {"judgement_id": number, "reason": reason, "author": writing.author, "at": writing.at}
            writing.connection.execute(insert(WITHDRAWAL).values(values))
            writing.record("undo", before={"judgement": number}, after={"judgement": number, "reason": reason})
            _settle(writing)
        return self.judgement(number)

    def judgement(self, number: int) -> Judgement:
        """One of them; `NotFoundError` where there is none of this number."""
        with self._desk.database.reading() as connection:
            return _read(connection, number)

    def of(self, ring_ids: Sequence[str]) -> list[Judgement]:
        """All that was ever said of these rings, in the order in which it was."""
        query = _select().where(JUDGEMENT.c.ring_id.in_(ring_ids)).order_by(JUDGEMENT.c.id)
        with self._desk.database.reading() as connection:
            return _judgements(connection, query)

    def about(self, applicant_id: str) -> list[Judgement]:
        """All that was ever said of this person, the latest first."""
        named = select(JUDGEMENT_MEMBER.c.judgement_id).where(JUDGEMENT_MEMBER.c.applicant_id == applicant_id)
        query = _select().where(JUDGEMENT.c.id.in_(named)).order_by(JUDGEMENT.c.id.desc())
        with self._desk.database.reading() as connection:
            return _judgements(connection, query)


def members_of(connection: Connection, ring_id: str) -> frozenset[str]:
    """The members of a case's ring."""
    query = select(CASE_MEMBER.c.applicant_id).where(CASE_MEMBER.c.ring_id == ring_id)
    return frozenset(connection.execute(query).scalars())


def _judged(ring: frozenset[str], members: Sequence[str], scope: Scope) -> list[str]:
    """Whom the judgement is about."""
    people = sorted(ring) if scope is Scope.RING else sorted(set(members))
    if scope is Scope.RING and members:
        raise UsageError("A judgement of the ring is about all its members", do="Name none of them.")
    if scope is Scope.LINK and len(people) != 2:
        raise UsageError("A link is between two members", do="Name two.")
    if not people:
        raise UsageError("A judgement of members is about some of them", do="Name at least one.")
    strangers = [who for who in people if who not in ring]
    if strangers:
        raise UsageError(f"{len(strangers)} of them are no members of the ring", where=", ".join(strangers[:5]))
    return people


def _inserted(writing: Writing, values: Mapping[str, object], people: Sequence[str]) -> int:
    signed = {"ring_id": writing.case.ring_id, "author": writing.author, "at": writing.at}
    new = insert(JUDGEMENT).values(**values, **signed).returning(JUDGEMENT.c.id)
    number: int = writing.connection.execute(new).scalar_one()
    rows = [{"judgement_id": number, "applicant_id": who} for who in people]
    writing.connection.execute(insert(JUDGEMENT_MEMBER), rows)
    return number


def _settle(writing: Writing) -> None:
    """The case is decided when nothing is left to ask about its members."""
    members = members_of(writing.connection, writing.case.ring_id)
    settled = Settled(standing(writing.connection, writing.at, ring_id=writing.case.ring_id))
    writing.update("state", state=(State.DECIDED if settled.covers(members) else State.IN_REVIEW).value)


def _must_be(judgement: Judgement, *, waiting: bool) -> None:
    """Raise unless it may be withdrawn, or (`waiting`) is one that a second person has yet to confirm."""
    if judgement.withdrawn_at is not None:
        raise UsageError("This judgement is withdrawn", where=f"judgement {judgement.id}")
    if waiting and judgement.counts_from is not None:
        raise UsageError("This judgement counts already", where=f"judgement {judgement.id}")


def _select() -> Select[tuple[object, ...]]:
    return select(
        JUDGEMENT,
        CONFIRMATION.c.author.label("confirmed_by"),
        COUNTS_FROM.label("counts_from"),
        WITHDRAWAL.c.author.label("withdrawn_by"),
        WITHDRAWAL.c.at.label("withdrawn_at"),
        WITHDRAWAL.c.reason.label("withdrawn_why"),
    ).select_from(
        JUDGEMENT.outerjoin(CONFIRMATION, CONFIRMATION.c.judgement_id == JUDGEMENT.c.id).outerjoin(
            WITHDRAWAL, WITHDRAWAL.c.judgement_id == JUDGEMENT.c.id
        )
    )


def _read(connection: Connection, number: int) -> Judgement:
    found = _judgements(connection, _select().where(JUDGEMENT.c.id == number))
    if not found:
        raise NotFoundError("There is no judgement of this number", where=str(number))
    return found[0]


def _judgements(connection: Connection, query: Select[tuple[object, ...]]) -> list[Judgement]:
    rows = [dict(row) for row in connection.execute(query).mappings()]
    numbers = [row["id"] for row in rows]
    people: dict[int, list[str]] = {number: [] for number in numbers}
    judged = select(JUDGEMENT_MEMBER).where(JUDGEMENT_MEMBER.c.judgement_id.in_(numbers))
    for number, who in connection.execute(judged.order_by(JUDGEMENT_MEMBER.c.applicant_id)):
        people[number].append(who)
    return [Judgement.model_validate(row | {"members": people[row["id"]]}) for row in rows]
