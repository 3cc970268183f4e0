"""Every behaviour of the decision log is tested on SQLite and on a real PostgreSQL."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from postgresql_server import PostgresqlServer

from decisions.log.log import DecisionLog, open_decision_log
from decisions.log.record import DecisionRecord, Sighting
from decisions.outcome import Outcome

START = 1_700_000_000


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """URL of an empty database, which other processes can open as well."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'decisions.db'}"
    server: PostgresqlServer = request.getfixturevalue("postgresql")
    return server.database()


@pytest.fixture
def log(url: str) -> Iterator[DecisionLog]:
    with open_decision_log(url) as opened:
        yield opened


@pytest.fixture(scope="session")
def record() -> Callable[..., DecisionRecord]:
    """record(7, device="d"): the decision on application P-7 of applicant A-7, seen with this device."""

    def build(number: int, at: int = START, *, seen: dict[str, str] | None = None, **given: Any) -> DecisionRecord:
        applicant = given.get("applicant_id", f"A-{number}")
        sightings = [Sighting(source, key) for source, key in (seen or {}).items()]
        values = {
            "decision_id": f"D-{number}",
            "application_id": f"P-{number}",
            "applicant_id": applicant,
            "at": at,
            "decided_at": at * 1_000_000 + 5,
            "outcome": Outcome.REVIEW,
            "score": 0.25,
            "rules_version": "v1",
            "run_id": "run-1",
            "latency_us": 900,
            "application": b'{"a": "\xe5\xae\xa2"}',
            "body": b'{"reasons": []}',
            "sightings": (*sightings, Sighting("applicant", applicant)),
        }
        return DecisionRecord(**(values | given))

    return build
