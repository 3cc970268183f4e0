"""Appeals: a customer objects to a decision, and a second person looks at it again. Never changed, never deleted."""

from sqlalchemy import Connection, func, insert, select

from cases import audit, texts
from cases.appeal_model import WAITING, Appeal, AppealState, Objection
from cases.appeal_reading import named, read
from cases.desk import DAY, Desk
from cases.errors import ChangedError, LockedError
from cases.schema import APPEAL, APPEAL_RULE, APPEAL_STEP
from cases.second_reviewer import first_reviewers, had_a_hand, must_be_second, rings_of
from graph.errors import UsageError


class Appeals:
    """Files, reads and decides them."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def file(self, objection: Objection) -> Appeal:
        """Keep an appeal. One that waits, or that was granted, is given back in place of a second one."""
        texts.text(objection.text, "The appeal")
        at = self._desk.clock()
        with self._desk.database.writing() as connection:
            if not self._desk.database.file:  # PostgreSQL lets several write at once
                connection.execute(select(func.pg_advisory_xact_lock(func.hashtext(objection.decision_id))))
            earlier = read(connection, at, APPEAL.c.decision_id == objection.decision_id)
            if earlier and earlier[-1].state in {*WAITING, AppealState.OVERTURNED}:
                return earlier[-1]
            number = _inserted(connection, objection, len(earlier), at, at + self._desk.rules.appeal_days * DAY)
            return named(connection, number, at)

    def appeal(self, number: int) -> Appeal:
        """One of them; `NotFoundError` where there is none of this number."""
        with self._desk.database.reading() as connection:
            return named(connection, number, self._desk.clock())

    def of(self, decision_id: str) -> list[Appeal]:
        """All appeals against a decision, the first one first."""
        with self._desk.database.reading() as connection:
            return read(connection, self._desk.clock(), APPEAL.c.decision_id == decision_id)

    def about(self, applicant_id: str) -> list[Appeal]:
        """All appeals of this person, the first one first."""
        with self._desk.database.reading() as connection:
            return read(connection, self._desk.clock(), APPEAL.c.applicant_id == applicant_id)

    def first_reviewers(self, appeal: Appeal) -> tuple[str, ...]:
        """Everybody who may not decide it because he had a hand in the decision, or in an earlier appeal."""
        with self._desk.database.reading() as connection:
            return tuple(sorted(had_a_hand(connection, appeal)))

    def take(self, number: int, *, author: str, seen: int | None = None) -> Appeal:
        """Begin to work on it, also in place of somebody else.

        `AccessError` for a first reviewer; `ChangedError` where the appeal has another version than was `seen`.
        """
        return self._step(number, AppealState.TAKEN, "", author, seen)

    def decide(self, number: int, state: AppealState, reason: str, *, author: str, seen: int | None = None) -> Appeal:
        """Uphold the decision, or overturn it: the applicant counts as honest from then on.

        `AccessError` for a first reviewer, `LockedError` where somebody else works on it, `ChangedError` as in `take`.
        """
        if state not in {AppealState.UPHELD, AppealState.OVERTURNED}:
            raise UsageError("An appeal is upheld or overturned")
        return self._step(number, state, texts.text(reason, "The reason"), author, seen)

    def withdraw(self, number: int, reason: str, *, author: str, seen: int | None = None) -> Appeal:
        """Take back that a decision was overturned: from then on it makes nobody honest. Not for first reviewers."""
        return self._step(number, AppealState.WITHDRAWN, texts.text(reason, "The reason"), author, seen)

    def _step(self, number: int, state: AppealState, reason: str, author: str, seen: int | None) -> Appeal:
        name, at = texts.author(author), self._desk.clock()
        with self._desk.database.writing() as connection:
            appeal = named(connection, number, at, for_update=True)
            if seen is not None and seen != appeal.version:
                raise ChangedError("Somebody changed this appeal meanwhile", where=_place(number), do="Look again.")
            _must_follow(appeal, state)
            must_be_second(connection, appeal, name)
            if state is not AppealState.TAKEN and appeal.owner and not texts.same_person(appeal.owner, name):
                raise LockedError(f"{appeal.owner} is working on it", where=_place(number), do="Take it over first.")
            values = {"appeal_id": number, "state": state.value, "reason": reason, "author": name, "at": at}
            connection.execute(insert(APPEAL_STEP).values(values))
            if state is not AppealState.TAKEN:
                _tell_cases(connection, appeal, state, name, at)
            return named(connection, number, at)


def _inserted(connection: Connection, objection: Objection, past: int, at: int, due_at: int) -> int:
    values = objection.model_dump(mode="json", exclude={"hits"})
    for name in ("decision_id", "applicant_id", "application_id", "text"):
        texts.storable(values[name], "The appeal")
    filed = {"round": past, "first": first_reviewers(connection, objection.applicant_id), "at": at, "due_at": due_at}
    new = insert(APPEAL).values(values | filed).returning(APPEAL.c.id)
    number: int = connection.execute(new).scalar_one()
    hits = [hit.model_dump(mode="json") for hit in objection.hits]
    rows = [{"appeal_id": number, "position": position, **hit} for position, hit in enumerate(hits)]
    if rows:
        connection.execute(insert(APPEAL_RULE), rows)
    return number


def _must_follow(appeal: Appeal, state: AppealState) -> None:
    """`UsageError` unless this step can come next."""
    before = {AppealState.OVERTURNED} if state is AppealState.WITHDRAWN else set(WAITING)
    if appeal.state not in before:
        raise UsageError(f"This appeal is {appeal.state}", where=_place(appeal.id))


def _tell_cases(connection: Connection, appeal: Appeal, state: AppealState, author: str, at: int) -> None:
    """A line in the log of each case whose ring the applicant is in."""
    rings = connection.execute(select(rings_of(appeal.applicant_id).c.ring_id).order_by("ring_id")).scalars()
    after: audit.State = {"appeal": appeal.id, "applicant": appeal.applicant_id, "state": state.value}
    lines = [audit.line(ring_id, "appeal", before=None, after=after, author=author, at=at) for ring_id in rings]
    audit.record(connection, lines)


def _place(number: int) -> str:
    return f"appeal {number}"
