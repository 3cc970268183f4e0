"""Evidence in words: what an analyst can read, check and not be misled by."""

import pytest

from app.explorer.ring.facts import Facts
from app.explorer.ring.timeline import chart, dated
from app.explorer.wording import masked, property_words
from app.ring_graph import build_ring, read_ring
from app.telling import fact_words
from graph.language import Language
from graph.ontology.nodes import APPLICANT, DEVICE
from graph.results import Evidence, Ring
from graph.store.contract import Store


@pytest.fixture
def plain(sample: Store) -> Ring:
    ring = sample.runs.ring("R-PLAIN")
    assert ring
    return ring


def evidence(ring: Ring, kind: str) -> Evidence:
    return next(item for item in ring.evidence if item.kind == kind)


def test_an_identifier_is_masked(plain: Ring) -> None:
    assert Facts(build_ring(plain, as_of=0)).name(evidence(plain, "Phone")) == "Phone ****803"


def test_a_transfer_says_who_paid_whom_how_much(sample: Store, plain: Ring) -> None:
    words = Facts(read_ring(sample, plain, as_of=plain.last_seen or 0))
    assert words.name(evidence(plain, "TRANSFERRED")) == "A-001 paid A-002 1,250.00"


def test_a_transfer_of_which_no_more_is_known_is_still_told(plain: Ring) -> None:
    words = Facts(build_ring(plain, as_of=0))
    assert words.name(evidence(plain, "TRANSFERRED")) == "Transfer ****0"


def test_an_account_that_is_a_member_is_no_secret(plain: Ring) -> None:
    item = Evidence(code="shared_partner", kind="Account", key="A-001", applicants=("A-001", "A-002"))
    outside = item.model_copy(update={"key": "ACC-7716"})
    words = Facts(build_ring(plain, as_of=0))
    assert (words.name(item), words.name(outside)) == ("Account A-001", "Account ****7716")


@pytest.mark.parametrize("sign", ["\u202e", "\u2066", "\u200b", "\x1b", "\n"])
def test_no_sign_turns_or_hides_what_follows_it(plain: Ring, sign: str) -> None:
    name = f"A{sign}1"
    item = Evidence(code="shared_device", kind="Device", key=f"fp{sign}12345678{sign}", applicants=(name,))
    said = (
        Facts(build_ring(plain, as_of=0)).name(item),
        fact_words(item, Language.EN),
        masked(APPLICANT.label, name),
        property_words(DEVICE.label, "model", f"P40{sign}"),
    )
    assert not any(sign in text for text in said)
    assert "A\ufffd1" in said[1]


def test_the_timeline_tells_kinds_apart_without_colours(sample: Store, plain: Ring) -> None:
    words = Facts(read_ring(sample, plain, as_of=plain.last_seen or 0))
    facts = chart(dated(plain.evidence), words).data["fact"].to_list()
    assert {fact.partition(". ")[2] for fact in facts} >= {"Phone ****803", "A-001 paid A-002 1,250.00"}


def test_a_fact_that_two_reasons_rest_on_is_one_line_that_says_so(plain: Ring) -> None:
    listed = Evidence(code="known_fraud", kind="Applicant", key="A-001", applicants=("A-001",), first_seen=1)
    circle = listed.model_copy(update={"code": "known_circle"})
    other = listed.model_copy(update={"key": "A-002", "applicants": ("A-002",)})
    words = Facts(build_ring(plain, as_of=0))
    assert chart(dated([listed, circle, other]), words).data["fact"].to_list() == [
        "1. Applicant A-001: known circle, known fraud",
        "2. Applicant A-002: known fraud",
    ]
    assert dated([listed.model_copy(update={"first_seen": None})]) == []
