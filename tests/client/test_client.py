"""The client against a real server."""

import asyncio
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from published_store import HOSTILE, MEMBERS

from ringfence_client import (
    AppealState,
    Application,
    AsyncRingfence,
    Card,
    Change,
    Contact,
    Device,
    Ip,
    KeyRefusedError,
    Language,
    NoConnectionError,
    NotFoundError,
    Outcome,
    Person,
    Ringfence,
    RingOrder,
    Wifi,
)

APPLICATION = Application(
    application_id="P-1",
    applicant=Person(applicant_id="A-1", name="王小明", phone="+86 138 1234 5678"),
    amount=Decimal("3000.00"),
    purpose="rent",
    term_days=90,
    submitted_at=datetime(2026, 11, 25, 12, tzinfo=UTC),
    device=Device(fingerprint="fp-1", os="android"),
    wifi=Wifi(bssid="3c:22:fb:00:11:12"),
    ip=Ip(ip="8.8.8.8"),
    card=Card(card_hash="tok-1"),
    contacts=(Contact(contact_phone="13912345678", relation="friend"),),
)


@pytest.fixture
def ringfence(address: str, key: str):
    with Ringfence(address, key, within=30) as client:
        yield client


def test_scores_are_read_whatever_the_id(ringfence: Ringfence) -> None:
    for applicant in HOSTILE:
        assert ringfence.score(applicant).applicant_id == applicant
    score = ringfence.score("A-1")
    assert (score.score, score.ring_id, score.run.run_id, score.reasons[0].code) == (
        0.75,
        "R-1",
        "run-1",
        "shared_device",
    )
    many = ringfence.scores(["A-1", "nobody"], lang=Language.ZH)
    assert ([each.applicant_id for each in many.scores], many.unknown[0].recommendation) == (["A-1"], "review")


def test_rings_are_listed_filtered_and_read(ringfence: Ringfence) -> None:
    page = ringfence.rings(change=[Change.NEW, Change.GROWN], order=RingOrder.SCORE, applicant=["A-1"], limit=1)
    assert (page.total, [ring.ring_id for ring in page.rings]) == (2, ["R-1"])
    assert ringfence.rings(change=[Change.GROWN]).rings[0].change is Change.GROWN
    ring = ringfence.ring("R/2 <odd>")
    assert [member.applicant_id for member in ring.members] == ["A-1", "A-2"]
    (step,) = ringfence.path("R-1", "A-1", MEMBERS[-1]).steps
    assert (step.start, step.end) == ("A-1", MEMBERS[-1])


def test_a_decision_is_made_found_and_listed(ringfence: Ringfence) -> None:
    decided = ringfence.decide(APPLICATION)
    assert (decided.application_id, decided.applicant_id, decided.kept) == ("P-1", "A-1", True)
    assert decided.outcome in Outcome
    again = ringfence.decision(decided.decision_id)
    assert again == decided
    listed = ringfence.decisions(applicant_id="A-1", outcome=decided.outcome, limit=200)
    assert decided.decision_id in {line.decision_id for line in listed.decisions}


def test_a_dry_run_keeps_nothing(ringfence: Ringfence) -> None:
    decided = ringfence.decide(APPLICATION, dry_run=True)
    assert (decided.dry_run, decided.kept) == (True, False)
    with pytest.raises(NotFoundError):
        ringfence.decision(decided.decision_id)


def test_calls_with_one_key_are_one_decision(ringfence: Ringfence) -> None:
    first, second = (ringfence.decide(APPLICATION, idempotency_key="P-1/1") for _ in range(2))
    other = ringfence.decide(APPLICATION)
    assert first.decision_id == second.decision_id != other.decision_id


def test_an_appeal_is_filed_once_and_read(ringfence: Ringfence) -> None:
    nothing_known = Application(application_id="P-2", applicant=Person(applicant_id="somebody"))
    decided = ringfence.decide(nothing_known)
    assert decided.outcome is Outcome.REVIEW
    filed, again = (ringfence.file_appeal(decided.decision_id, "Why?", language=Language.ZH) for _ in range(2))
    assert (filed.decision_id, filed.state, filed.appeal_id) == (decided.decision_id, AppealState.OPEN, again.appeal_id)
    assert ringfence.appeal(filed.appeal_id, lang=Language.EN).message.startswith("We have received")


def test_an_error_is_told_with_its_document_and_what_to_do_meanwhile(address: str, ringfence: Ringfence) -> None:
    with pytest.raises(NotFoundError) as unknown:
        ringfence.score("nobody")
    assert (unknown.value.problem.reason, unknown.value.recommendation) == ("unknown_applicant", Outcome.REVIEW)
    with Ringfence(address, "wrong") as other, pytest.raises(KeyRefusedError) as refused:
        other.decide(APPLICATION)
    assert (refused.value.problem.status, refused.value.recommendation) == (401, Outcome.REVIEW)
    with Ringfence("http://127.0.0.1:9", "key", within=1) as nowhere, pytest.raises(NoConnectionError):
        nowhere.score("A-1")


def test_coroutines_ask_at_the_same_time(address: str, key: str) -> None:
    async def asked() -> None:
        async with AsyncRingfence(address, key, within=30) as client:
            scores = await asyncio.gather(*(client.score(each) for each in MEMBERS))
            assert [score.applicant_id for score in scores] == list(MEMBERS)
            decided = await client.decide(APPLICATION)
            assert await client.decision(decided.decision_id) == decided
            filed = await client.file_appeal(decided.decision_id, "Why?")
            assert (await client.appeal(filed.appeal_id)).decision_id == decided.decision_id
            assert (await client.decisions(application_id="P-1")).decisions
            assert (await client.rings(limit=1)).total == 2
            assert (await client.ring("R-1")).ring_id == "R-1"
            assert (await client.path("R-1", "A-1", "A-2")).ring_id == "R-1"
            assert len((await client.scores(MEMBERS)).scores) == len(MEMBERS)
            with pytest.raises(NotFoundError):
                await client.score("nobody")

    asyncio.run(asked())
