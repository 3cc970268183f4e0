"""Every behaviour of the casebook is tested on SQLite and on a real PostgreSQL."""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from postgresql_server import PostgresqlServer

from cases.casebook import Casebook, open_casebook
from cases.desk import Rules
from graph.results import Change, Member, Ring, Run

START = 1_700_000_000


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """URL of an empty database, which other processes can open as well."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'cases.db'}"
    server: PostgresqlServer = request.getfixturevalue("postgresql")
    return server.database()


class Clock:
    """A clock that stands until it is set."""

    def __init__(self) -> None:
        self.time = START

    def __call__(self) -> int:
        return self.time


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def book(url: str, clock: Clock) -> Iterator[Casebook]:
    """An empty casebook; a "fraud" of four members and more needs a second person."""
    with open_casebook(url, Rules(four_eyes=4, case_days=5, lease_seconds=600), clock) as opened:
        yield opened


@pytest.fixture(scope="session")
def ring() -> Callable[..., Ring]:
    """ring("R-1", "abc", Change.GROWN, ("R-1",)): a ring of the members a, b and c."""

    def build(
        ring_id: str, members: Sequence[str], change: Change = Change.NEW, previous: tuple[str, ...] = ()
    ) -> Ring:
        return Ring(
            ring_id=ring_id,
            run_id="run",
            score=0.5,
            size=len(members),
            change=change,
            kind="shared_device",
            exposure=0,
            expected_loss=0,
            headline="",
            members=tuple(Member(applicant_id=each, score=0.5) for each in members),
            parts=(),
            reasons=(),
            evidence=(),
            previous=previous,
        )

    return build


@pytest.fixture
def follow(book: Casebook) -> Callable[..., None]:
    """follow(ring, ...): a run found these rings."""
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    numbers = iter(range(1000))

    def run(*rings: Ring) -> None:
        book.follow(Run(run_id=f"run-{next(numbers)}", as_of=moment, started_at=moment), rings)

    return run
