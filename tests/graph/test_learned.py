"""What a run has learned: packed, read and looked up."""

import struct
from dataclasses import fields, replace

import networkx as nx
import numpy as np
import polars as pl
import pytest

from graph.errors import BadInputError, ConfigurationError
from graph.learned import FORMAT, Identifiers, Learned, LearnedSource, Limits, Neighbours, People, Rings
from graph.stable_hash import hashes_of

KEYS = ["d1", "d2", "漢", "'; --"]
IDS = [f"A-{number}" for number in range(60)]


def neighbours(pairs: list[tuple[int, int]], people: int) -> Neighbours:
    both = sorted([*pairs, *((high, low) for low, high in pairs)])
    start = np.searchsorted([one for one, _ in both], np.arange(people + 1))
    other = np.array([other for _, other in both], np.int32)
    return Neighbours(start, other, np.array([low + high for low, high in both], np.float32))


@pytest.fixture(scope="module")
def pairs() -> list[tuple[int, int]]:
    return sorted(nx.gnm_random_graph(len(IDS), 50, seed=7).edges)


@pytest.fixture(scope="module")
def learned(pairs) -> Learned:
    devices, people = hashes_of("device", pl.Series(KEYS)), hashes_of("applicant", pl.Series(IDS))
    order, rank = np.argsort(devices), np.argsort(people)
    count = np.arange(len(KEYS), dtype=np.int32)[order]
    usual = np.arange(2 * 3 * 2 * 6, dtype=np.int32).reshape(2, 3, 2, 6)
    return Learned(
        sources=(
            LearnedSource("device", "Device", "shared_device", "device", one_fact=False, fades=True),
            LearnedSource("wifi", "Wifi", "shared_wifi", "place", one_fact=True, fades=True),
        ),
        kinds=("ordinary", "household", "shop"),
        limits=Limits(
            piece=1200,
            very_strong=4500,
            link=3000,
            busiest=4,
            home=7,
            forgetting=30 * 86_400,
            second_hand_users=3,
            settled=7 * 86_400,
            recycled=60 * 86_400,
            listed=20,
        ),
        ring_ids=("R-1", "R-漢"),
        identifiers=Identifiers(
            devices[order], (count % 3).astype(np.uint8), count + 2, count + 1, count * 1000, count % 2 > 0
        ),
        usual=usual,
        people=People(
            people[rank],
            np.arange(len(IDS), dtype=np.int32)[rank],
            (np.arange(len(IDS), dtype=np.float32) / 100)[rank],
            np.full(len(IDS), -1, np.int32),
        ),
        rings=Rings(np.array([0.75, 0.5], np.float32), np.array([3, 4], np.int32)),
        links=neighbours(pairs, len(IDS)),
    )


def test_an_identifier_is_found_by_its_source_and_key(learned):
    found = learned.identifier("device", "漢")
    assert (found.kind, found.users, found.roofs, found.worth, found.explained) == ("shop", 4, 3, 2000, False)
    assert learned.identifier("device", "'; --").explained
    for source, key in [("wifi", "漢"), ("device", "d3"), ("device", ""), ("device", "d1 ")]:
        assert learned.identifier(source, key) is None


def test_many_are_found_as_one_is(learned):
    at = learned.identifier_positions("device", pl.Series(["no", *KEYS, "d1"]))
    assert at[0] == -1
    assert learned.identifiers.users[at[1:]].tolist() == [2, 3, 4, 5, 2]
    place = learned.positions(pl.Series([*IDS, "nobody"]))
    assert place.tolist() == [learned.person(one) for one in [*IDS, "nobody"]]
    assert learned.people.roof[place[:-1]].tolist() == list(range(len(IDS)))
    assert place[-1] == -1


def test_nothing_is_found_where_nothing_was_learned(learned):
    nobody = People(*(getattr(learned.people, each.name)[:0] for each in fields(People)))
    empty = Learned.from_bytes(replace(learned, people=nobody, links=neighbours([], 0)).to_bytes())
    assert empty.person("A-1") == -1
    assert empty.positions(pl.Series(["A-1"])).tolist() == [-1]


def test_usual_worth_is_looked_up_by_what_is_so_now(learned):
    assert learned.worth("wifi", 3, "household", explained=True) == learned.usual[1, 1, 1, 3]
    busy = [learned.worth("device", roofs, "shop", explained=False) for roofs in (5, 6, 100_000)]
    assert busy == [learned.usual[0, 2, 0, 5]] * 3
    with pytest.raises(ValueError, match="smoke"):
        learned.worth("smoke", 3, "shop", explained=False)


def test_who_is_near_is_what_walking_the_graph_finds(learned, pairs):
    graph = nx.Graph(pairs)
    graph.add_nodes_from(range(len(IDS)))
    for begin in [*([one] for one in range(len(IDS))), [], [3, 4], list(range(20)), np.array([5, 5, 9])]:
        near = set(begin).union(*(nx.single_source_shortest_path_length(graph, int(one), 2) for one in begin))
        assert learned.within_two(begin).tolist() == sorted(near - set(begin))
    for one in range(len(IDS)):
        others, weights = learned.linked(one)
        assert others.tolist() == sorted(graph[one])
        assert weights.tolist() == [one + other for other in others]


def same(one: Learned, other: Learned) -> None:
    for table in ("identifiers", "people", "rings", "links"):
        for each in fields(getattr(one, table)):
            before, after = (getattr(getattr(learned, table), each.name) for learned in (one, other))
            assert before.dtype == after.dtype
            np.testing.assert_array_equal(before, after)
    np.testing.assert_array_equal(one.usual, other.usual)
    for name in ("sources", "kinds", "limits", "ring_ids"):
        assert getattr(one, name) == getattr(other, name)


def test_it_comes_back_from_bytes_without_being_copied(learned):
    packed = learned.to_bytes()
    for given in (packed, memoryview(packed)):
        again = Learned.from_bytes(given)
        same(learned, again)
        assert again.to_bytes() == packed
        assert np.shares_memory(again.people.hash, np.frombuffer(packed, np.uint8))
        assert not again.people.score.flags.writeable


def test_what_another_version_wrote_is_refused(learned):
    packed = bytearray(learned.to_bytes())
    struct.pack_into("<I", packed, 8, FORMAT + 1)
    with pytest.raises(ConfigurationError, match=f"format {FORMAT + 1}.*reads format {FORMAT}.*ringfence detect"):
        Learned.from_bytes(bytes(packed))


def test_what_is_not_whole_is_refused(learned):
    packed = learned.to_bytes()
    last = learned.usual.nbytes
    for length in [*range(200), *range(200, len(packed) - last, 97), len(packed) - last, len(packed) - 64]:
        with pytest.raises(BadInputError, match="damaged"):
            Learned.from_bytes(packed[:length])
    with pytest.raises(BadInputError, match="damaged"):
        Learned.from_bytes(b"PK\x03\x04" * 100)
