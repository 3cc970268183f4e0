"""The shortest way between two members over the evidence."""

import itertools

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.evidence_path import evidence_path, told
from graph.errors import NotFoundError
from graph.language import Language
from graph.results import Change, Evidence, Member, Ring

PEOPLE = "ABCDEF"


def ring_of(*evidence: Evidence) -> Ring:
    return Ring(
        ring_id="R", run_id="run", score=0.5, size=6, change=Change.NEW, kind="shared_device", exposure=0,
        expected_loss=0, headline="", members=tuple(Member(applicant_id=who, score=0.5) for who in PEOPLE),
        parts=(), reasons=(), evidence=evidence,
    )  # fmt: skip


def shares(who: str, weight: float = 1.0, key: str = "") -> Evidence:
    return Evidence(code="shared_card", kind="Card", key=key or f"card of {who}", applicants=tuple(who), weight=weight)


def way(ring: Ring, start: str, end: str) -> list[str]:
    """The ends of the steps, as in `AB`."""
    return [step.start + step.end for step in evidence_path(ring, start, end)]


def test_fewer_steps_are_shorter():
    assert way(ring_of(shares("AB"), shares("BC"), shares("CD"), shares("AD")), "A", "D") == ["AD"]


def test_of_as_many_steps_those_with_the_stronger_evidence_are_shorter():
    weak, strong = (shares("AB", 1.0), shares("BD", 1.0)), (shares("AC", 2.0), shares("CD", 2.0))
    assert way(ring_of(*weak, *strong), "A", "D") == ["AC", "CD"]


def test_three_firm_steps_are_shorter_than_two_that_say_nearly_nothing():
    firm = (shares("AB", 50.0), shares("BC", 50.0), shares("CD", 50.0))
    assert way(ring_of(*firm, shares("AE", 0.0), shares("ED", 0.0)), "A", "D") == ["AB", "BC", "CD"]


def test_the_strongest_of_several_facts_is_told():
    (step,) = evidence_path(ring_of(shares("AB", 1.0, "weak"), shares("AB", 9.0, "strong")), "A", "B")
    assert step.evidence.key == "strong"


def test_it_leads_through_accounts_outside():
    one, other = (
        Evidence(code="x", kind="TRANSFERRED", key=f"t{who}", applicants=(who,), payer=who, payee="mule")
        for who in "AB"
    )
    assert [(step.start, step.end) for step in evidence_path(ring_of(one, other), "A", "B")] == [
        ("A", "mule"), ("mule", "B"),
    ]  # fmt: skip


def test_two_accounts_that_look_alike_masked_are_not_one():
    ends = (("A", "outside-0001-0077"), ("B", "outside-0002-0077"))
    facts = [Evidence(code="x", kind="TRANSFERRED", key=a, applicants=(a,), payer=a, payee=b) for a, b in ends]
    assert way(ring_of(*facts), "A", "B") == []


@pytest.mark.parametrize(("start", "end"), [("A", "C"), ("A", "A")])
def test_where_nothing_joins_them_there_is_no_way(start, end):
    assert way(ring_of(shares("AB"), shares("C")), start, end) == []


def test_a_stranger_is_no_end_of_a_way():
    with pytest.raises(NotFoundError):
        evidence_path(ring_of(shares("AB")), "A", "Z")


def test_identifiers_are_masked_in_words():
    (step,) = told(evidence_path(ring_of(shares("ABC", key="6222020200112233")), "C", "A"), Language.ZH)
    assert step.text == "C 和 A 绑定了同一张银行卡（****2233）。"
    assert step.evidence.key == "****2233"


facts = st.lists(
    st.builds(
        shares,
        st.sampled_from(["".join(pair) for size in (1, 2, 3) for pair in itertools.combinations(PEOPLE, size)]),
        st.sampled_from([0.0, 1.0, 1.0, 2.5]),
        st.sampled_from(["k1", "k2", "k3", "k4"]),
    ),
    max_size=9,
    unique_by=lambda fact: fact.key,
)


@given(facts, st.randoms(use_true_random=False))
def test_the_same_whatever_the_order_of_the_evidence_and_back_as_there(evidence, random):
    mixed = list(evidence)
    random.shuffle(mixed)
    for start, end in itertools.combinations(PEOPLE, 2):
        there = evidence_path(ring_of(*evidence), start, end)
        assert evidence_path(ring_of(*mixed), start, end) == there
        back = evidence_path(ring_of(*mixed), end, start)
        assert [(step.end, step.start, step.evidence) for step in reversed(back)] == [
            (step.start, step.end, step.evidence) for step in there
        ]


@given(facts)
def test_no_way_is_shorter(evidence):
    """Against all simple ways, tried one by one."""
    ring = ring_of(*evidence)
    graph = nx.MultiGraph()
    graph.add_nodes_from(PEOPLE)
    for fact in evidence:
        graph.add_edges_from(
            (*pair, {"length": 1 + 1 / (1 + fact.weight)}) for pair in itertools.combinations(fact.applicants, 2)
        )
    for start, end in itertools.combinations(PEOPLE, 2):
        lengths = [
            sum(graph.edges[edge]["length"] for edge in edges) for edges in nx.all_simple_edge_paths(graph, start, end)
        ]
        steps = evidence_path(ring, start, end)
        assert [step.start for step in steps[1:]] == [step.end for step in steps[:-1]]
        found = sum(1 + 1 / (1 + step.evidence.weight) for step in steps)
        assert found == pytest.approx(min(lengths, default=0.0))
