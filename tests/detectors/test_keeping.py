"""Where there is more evidence than is kept, what is kept connects whom all of it connected."""

import networkx as nx
from hypothesis import given
from hypothesis import strategies as st

from detectors.common_ground import as_evidence, common_ground
from detectors.context import context_of
from detectors.keeping import EACH, connecting, kept
from graph.results import Evidence

facts = st.lists(
    st.builds(
        Evidence,
        code=st.sampled_from(["shared_device", "shared_wifi", "transfer_cycle"]),
        kind=st.just("Device"),
        key=st.text(max_size=3),
        applicants=st.lists(st.sampled_from("abcdefghij"), max_size=4).map(tuple),
        payer=st.sampled_from(["", "", "bank", "a"]),
        payee=st.sampled_from(["", "bank", "b"]),
    ),
    max_size=40,
)


def parts(evidence) -> set[frozenset[str]]:
    """Who is connected with whom, by another library."""
    graph = nx.Graph()
    for number, one in enumerate(evidence):
        graph.add_edges_from((number, end) for end in one.joins)
    named = [frozenset(end for end in part if isinstance(end, str)) for part in nx.connected_components(graph)]
    return {part for part in named if len(part) > 1}


@given(facts, st.integers(0, 40))
def test_who_was_connected_stays_connected(evidence, most):
    assert parts(kept(evidence, most)) == parts(evidence)


@given(facts, st.integers(0, 40))
def test_no_more_are_kept_than_asked_for_and_needed(evidence, most):
    found = kept(evidence, most)
    assert len(found) >= min(most, len(evidence))
    assert len(found) <= max(most, 11 - 1 + 3 * EACH), "11 ends need 10 facts; 3 codes"
    at = {id(one): place for place, one in enumerate(evidence)}
    assert [at[id(one)] for one in found] == sorted(at[id(one)] for one in found)


@given(facts)
def test_every_reason_keeps_its_most_telling_facts(evidence):
    found = kept(evidence, 0)
    for code in {one.code for one in evidence}:
        best = [one for one in evidence if one.code == code][:EACH]
        assert all(one in found for one in best)


def test_the_most_telling_of_two_ways_connects():
    assert connecting([["a", "b"], ["b", "c"], ["a", "c"], ["c"], ["d", "a", "b"]]) == [True, True, False, False, True]


def test_of_what_a_large_group_shares_enough_is_kept_to_connect_it(sketch):
    people = [sketch.person(f"p{n:02d}") for n in range(40)]
    for n in range(400):
        for label in ("Device", "Wifi"):
            sketch.see(sketch.person(f"other {n}"), label, f"{label} {n}")
    for who in people:
        sketch.see(who, "Address", f"home of {who}")
    for n in range(30):
        for who in people[:3]:
            sketch.see(who, "Device", f"strong {n}")
    for n, who in enumerate(people):
        for other in (who, people[(n + 1) % 40]):
            sketch.see(other, "Wifi", f"chain {n}")
    context = context_of(sketch.projection())
    members = context.projection.accounts.is_in(people).arg_true().to_numpy().astype("int32")
    ground = common_ground(context, members * 0, members)
    (found,) = as_evidence(context, ground, 5).values()
    assert [len(part) for part in parts(found)] == [40]
    assert len(found) < ground.height
