"""The decision log as a whole: open it by its URL, use it, close it."""

import asyncio
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from types import TracebackType
from typing import Self

from sqlalchemy import select

from database.connecting import Database
from database.migrating import make_private, migrate
from decisions.log import finding, rule_versions, snoozes
from decisions.log.accepting import Accepting
from decisions.log.finding import Page, Wanted
from decisions.log.record import Accepted, Decision, DecisionRecord, KeyReusedError
from decisions.log.rule_versions import Compared, RuleVersion, Shadow
from decisions.log.schema import DECISION_LOG, IDENTITY
from decisions.log.sightings import Asked, Recent, recent, recent_of
from decisions.log.snoozes import Snooze
from decisions.log.writing import repeated

EVERYTHING = Wanted()


class DecisionLog:
    """An open log. Use it in a `with` statement, or call `close`. May be used from several threads and processes.

    Every method raises `StoreUnavailableError` when the database does not answer.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._accepting = Accepting(database)
        with database.reading() as connection:
            self.log_id: str = connection.execute(select(IDENTITY.c.log_id)).scalar_one()

    @property
    def address(self) -> str:
        """Where it is, without any password: for messages and logs."""
        return self._database.address

    # Accepting

    def submit(self, record: DecisionRecord) -> "Future[Accepted]":
        """Begin to accept; the result comes as from `accept`. `cancel` the future to give up before it is written."""
        return self._accepting.submit(record)

    def accept(self, record: DecisionRecord) -> Accepted:
        """Keep the decision and wait until it is durable; gives the earlier one where its idempotency key came before.

        `KeyReusedError` if that was another request, `BadInputError` for an id that cannot be kept. After
        `StoreUnavailableError` it may be kept or not: send it again with the same idempotency key.
        """
        return self.submit(record).result()

    async def accept_async(self, record: DecisionRecord) -> Accepted:
        """As `accept`, without holding the event loop. Cancelled before it is written, it is not kept."""
        return await asyncio.wrap_future(self.submit(record))

    def earlier(self, idempotency_key: str, request_digest: str) -> Decision | None:
        """The decision that a repeated request had, None for a new key; `KeyReusedError` if it was another request."""
        with self._database.reading() as connection:
            found = finding.under_key(connection, idempotency_key)
        if found is None:
            return None
        result = repeated(found, request_digest)
        if isinstance(result, KeyReusedError):
            raise result
        return result.decision

    # What was accepted lately

    def recent(
        self, asked: Sequence[Asked], *, until: int, since: int, limit: int, this: tuple[str, str] | None = None
    ) -> list[Recent]:
        """For each (source, key): the applications accepted with it, made after `since`, at most `limit`, and counts.

        Nothing made after `until` counts (both are unix seconds). `this` is an (applicant_id, application_id) that
        counts as well, whether it was accepted yet or not.
        """
        return recent(self._database.rows, asked, until=until, since=since, limit=limit, this=this)

    def recent_of(self, applicant_id: str, *, until: int, since: int) -> dict[str, list[str]]:
        """What the applicant's accepted applications came with after `since`: different keys by source, newest first.

        Keys of more than 200 characters come as digests (`sightings.kept_key`).
        """
        return recent_of(self._database.rows, applicant_id, until=until, since=since)

    # Decisions that were made

    def decision(self, decision_id: str) -> Decision | None:
        """One decision, or None."""
        with self._database.reading() as connection:
            return finding.one(connection, decision_id)

    def find(self, wanted: Wanted = EVERYTHING, *, before: int | None = None, limit: int = 50) -> Page:
        """A page of decisions, newest first; `before` comes from the page before."""
        with self._database.reading() as connection:
            return finding.find(connection, wanted, before, limit)

    def stream(self, since: int, until: int) -> Iterator[Decision]:
        """Decisions made from `since` to before `until` (unix microseconds), the earliest first."""
        return finding.stream(self._database, since, until)

    def by_rule(self) -> dict[str, int]:
        """In how many decisions each rule had hit, by its name. Counts all: not for the hot path."""
        with self._database.reading() as connection:
            return finding.by_rule(connection)

    def newest(self) -> int:
        """The number of the last decision; 0 where there is none."""
        with self._database.reading() as connection:
            return finding.newest(connection)

    def after(self, number: int, limit: int) -> list[Decision]:
        """Decisions beyond this number, in the order in which they became durable: none comes between them later."""
        with self._database.reading() as connection:
            return finding.after(connection, number, limit)

    # Rules

    def snoozes(self, at: int) -> list[Snooze]:
        """What was snoozed at a moment (unix seconds)."""
        with self._database.reading() as connection:
            return snoozes.in_force(connection, at)

    def snooze(  # noqa: PLR0913 (all of a snooze)
        self, *, rule: str, entity_kind: str, entity_key: str, until: int, reason: str, author: str, at: int
    ) -> Snooze:
        """Switch a rule off for one entity; `UsageError` where something is empty, or it would be over at once."""
        with self._database.writing() as connection:
            return snoozes.snooze(
                connection,
                rule=rule,
                entity_kind=entity_kind,
                entity_key=entity_key,
                until=until,
                reason=reason,
                author=author,
                at=at,
            )

    def end_snooze(self, snooze_id: int, *, author: str, at: int) -> None:
        """Switch the rule on again; `NotFoundError` if there is no such snooze. One that was ended stays ended."""
        with self._database.writing() as connection:
            snoozes.end(connection, snooze_id, author=author, at=at)

    def keep_rules(self, version: str, digest: str, text: str, *, at: int) -> None:
        """Write down that these rules are in force now; `UsageError` where the version's name was another text's."""
        with self._database.writing() as connection:
            rule_versions.keep(connection, version, digest, text, at)

    def last_good_rules(self) -> RuleVersion | None:
        """The rules that came into force last."""
        with self._database.reading() as connection:
            return rule_versions.last(connection)

    def rules(self, version: str) -> RuleVersion | None:
        """Rules that were in force once, by their version."""
        with self._database.reading() as connection:
            return rule_versions.named(connection, version)

    def keep_shadows(self, shadows: Sequence[Shadow]) -> None:
        """Write down what other rules would have said; not for the hot path."""
        with self._database.writing() as connection:
            rule_versions.keep_shadows(connection, shadows)

    def compared(self, rules_version: str, since: int, until: int) -> Iterator[Compared]:
        """Decisions from `since` to before `until` (unix microseconds) beside what this shadow would have said."""
        with self._database.reading() as connection:
            yield from rule_versions.compared(connection, rules_version, since, until)

    def close(self) -> None:
        """Make everything durable that was taken, then give back every connection."""
        self._accepting.close()
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_decision_log(url: str, *, password: str | None = None) -> DecisionLog:
    """Open `sqlite:///file.db` or `postgresql://user:password@host/database`; creates or migrates the tables.

    `password` is used where the URL has none.
    """
    database = Database(url, DECISION_LOG, password)
    if database.file:
        make_private(database.file)
    try:
        migrate(database)
        return DecisionLog(database)
    except BaseException:
        database.close()
        raise
