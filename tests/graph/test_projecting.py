"""The projection: canonical numbers, and nothing later than the moment asked about."""

from itertools import count
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from graph.chunk import Chunk, NodeRows, RelationshipRows
from graph.ontology.nodes import ACCOUNT, APPLICANT, APPLICATION, BLACKLIST_ENTRY, IP, LABEL
from graph.ontology.relationships import (
    FROM_IP,
    HAS_PHONE,
    LISTS_CONTACT,
    SUBMITTED,
    TRANSFERRED,
    USED_DEVICE,
)
from graph.projecting import project
from graph.projection import Observations, Projection
from graph.store.contract import GraphStore
from graph.store.opening import open_store

PEOPLE = pl.DataFrame({"key": ["b", "a", "c"], "created_at": [200, 100, 900]})
BOUGHT = pl.DataFrame({"key": ["x2", "x1"], "amount": [5000, 7000], "submitted_at": [950, 150]})
ASKED = pl.DataFrame({"start": ["c", "a"], "end": ["x2", "x1"], "submitted_at": [950, 150]})
USED = pl.DataFrame(
    {
        "start": ["b", "a", "c", "a"],
        "end": ["d1", "d1", "d0", "d2"],
        "first_seen": [210, 110, 910, 800],
        "last_seen": [700, 120, 990, 810],
    }
)
CAME = pl.DataFrame({"start": ["a"], "end": ["9.9.9.9"], "first_seen": [110], "last_seen": [110]})
PHONES = pl.DataFrame({"start": ["a"], "end": ["111"], "first_seen": [100], "last_seen": [100]})
LISTED = pl.DataFrame({"start": ["b", "c", "b"], "end": ["111", "333", "222"]})
MOVED = pl.DataFrame(
    {"start": ["a", "bank", "c"], "end": ["b", "a", "shop"], "key": ["t2", "t1", "t3"], "amount": [50, 900, 10],
     "ts": [300, 300, 960]}
)  # fmt: skip
LISTS = pl.DataFrame(
    {"key": ["device|d1|x", "device|d0|x"], "kind": ["device"] * 2, "value": ["d1", "d0"], "source": ["x"] * 2,
     "listed_at": [400, 980]}
)  # fmt: skip
LABELS = pl.DataFrame(
    {"key": ["1", "2"], "applicant_id": ["a", "b"], "label": ["fraud", "legit"], "source": ["x"] * 2,
     "decided_at": [500, 970]}
)  # fmt: skip
CHUNKS = [
    Chunk(nodes=(NodeRows(APPLICANT, PEOPLE), NodeRows(APPLICATION, BOUGHT))),
    Chunk(relationships=(RelationshipRows(SUBMITTED, ASKED), RelationshipRows(USED_DEVICE, USED))),
    Chunk(
        nodes=(NodeRows(IP, pl.DataFrame({"key": ["9.9.9.9"], "net_type": ["mobile"]})),),
        relationships=(RelationshipRows(FROM_IP, CAME), RelationshipRows(HAS_PHONE, PHONES)),
    ),
    Chunk(relationships=(RelationshipRows(LISTS_CONTACT, LISTED), RelationshipRows(TRANSFERRED, MOVED))),
    Chunk(nodes=(NodeRows(BLACKLIST_ENTRY, LISTS), NodeRows(LABEL, LABELS))),
]


def projected(folder: Path, chunks: list[Chunk], as_of: int | None = None) -> Projection:
    with open_store(f"sqlite:///{folder}/{len(list(folder.iterdir()))}.db") as store:
        for chunk in chunks:
            store.graph.merge(chunk)
        return project(store.graph, as_of)


def rows(seen: Observations, projection: Projection) -> list[tuple]:
    return list(
        zip(
            projection.accounts.gather(seen.applicant), seen.keys.gather(seen.identifier),
            seen.first_seen.tolist(), seen.last_seen.tolist(), strict=True,
        )
    )  # fmt: skip


@pytest.fixture
def whole(tmp_path) -> Projection:
    return projected(tmp_path, CHUNKS)


def test_numbers_follow_the_order_of_ids(whole):
    assert whole.accounts.to_list() == ["a", "b", "bank", "c", "shop"]
    assert whole.is_applicant.tolist() == [True, True, False, True, False]
    assert whole.created_at.tolist() == [100, 200, -1, 900, -1]
    assert whole.observations["Device"].keys.to_list() == ["d0", "d1", "d2"]


def test_observations_are_ordered_by_identifier_and_applicant(whole):
    assert rows(whole.observations["Device"], whole) == [
        ("c", "d0", 910, 990), ("a", "d1", 110, 120), ("b", "d1", 210, 700), ("a", "d2", 800, 810),
    ]  # fmt: skip


def test_transfers_are_ordered_by_time_and_id(whole):
    assert whole.transfers.ids.to_list() == ["t1", "t2", "t3"]
    assert whole.accounts.gather(whole.transfers.source).to_list() == ["bank", "a", "c"]


def test_applications_have_their_amounts(whole):
    assert whole.applications.amount.tolist() == [7000, 5000]
    assert whole.applications.time.tolist() == [150, 950]


def test_contacts_share_the_keys_of_phones_and_the_times_of_their_applicant(whole):
    assert rows(whole.contacts, whole) == [("b", "111", 200, 200), ("b", "222", 200, 200), ("c", "333", 900, 900)]
    assert whole.contacts.keys.to_list() == whole.observations["Phone"].keys.to_list()


def test_network_types_stand_beside_their_ips(whole):
    assert whole.ip_types.to_list() == ["mobile"]


def test_without_a_moment_the_latest_time_in_the_data_counts(whole):
    assert whole.as_of == 990


def test_labels_carry_account_numbers(whole):
    assert whole.labels.rows() == [(0, "fraud", "x", 500), (1, "legit", "x", 970)]


def test_is_compact(whole):
    assert whole.observations["Device"].applicant.dtype == np.int32
    assert whole.transfers.source.dtype == np.int32


def test_load_order_does_not_matter(whole, tmp_path, as_lists):
    backwards = [
        Chunk(
            nodes=tuple(NodeRows(one.kind, one.rows.reverse()) for one in chunk.nodes),
            relationships=tuple(RelationshipRows(one.kind, one.rows.reverse()) for one in chunk.relationships),
        )
        for chunk in reversed(CHUNKS)
    ]
    assert as_lists(projected(tmp_path, backwards)) == as_lists(whole)


@pytest.mark.neo4j
@pytest.mark.parametrize("as_of", [None, 600])
def test_both_stores_give_the_same(as_of, tmp_path, empty_neo4j, as_lists):
    with open_store(empty_neo4j) as store:
        for chunk in CHUNKS:
            store.graph.merge(chunk)
        there = project(store.graph, as_of)
    assert as_lists(there) == as_lists(projected(tmp_path, CHUNKS, as_of))


def test_later_observations_are_cut_off(tmp_path):
    then = projected(tmp_path, CHUNKS, as_of=600)
    assert rows(then.observations["Device"], then) == [("a", "d1", 110, 120), ("b", "d1", 210, 600)]


def test_what_happens_at_the_moment_itself_is_known(tmp_path):
    then = projected(tmp_path, CHUNKS, as_of=300)
    assert then.transfers.ids.to_list() == ["t1", "t2"]
    assert projected(tmp_path, CHUNKS, as_of=400).blacklist.rows() == [("device", "d1", "x", 400)]
    assert projected(tmp_path, CHUNKS, as_of=500).labels.rows() == [(0, "fraud", "x", 500)]
    assert projected(tmp_path, CHUNKS, as_of=150).applications.time.tolist() == [150]
    assert rows(projected(tmp_path, CHUNKS, as_of=210).observations["Device"], then)[-1] == ("b", "d1", 210, 210)


def test_an_empty_store_is_an_empty_projection(tmp_path):
    empty = projected(tmp_path, [])
    assert empty.as_of == 0
    assert empty.accounts.to_list() == []


def test_bare_nodes_count_from_when_they_were_seen(tmp_path):
    bare = Chunk(relationships=(RelationshipRows(USED_DEVICE, USED.filter(pl.col("start") == "c")),))
    assert projected(tmp_path, [bare], as_of=900).accounts.to_list() == []
    assert projected(tmp_path, [bare], as_of=920).accounts.to_list() == ["c"]


def test_accounts_without_transfers_in_time_are_unknown(tmp_path):
    lonely = Chunk(nodes=(NodeRows(ACCOUNT, pl.DataFrame({"key": ["outside"]})),))
    assert projected(tmp_path, [lonely]).accounts.to_list() == []


class Growing:
    """A store's graph into which somebody loads another applicant just before anything is read."""

    def __init__(self, graph: GraphStore) -> None:
        self._graph = graph
        self._numbers = count()

    def nodes(self, *args, **options):
        self._grow()
        return self._graph.nodes(*args, **options)

    def relationships(self, *args, **options):
        self._grow()
        return self._graph.relationships(*args, **options)

    def _grow(self) -> None:
        number = f"{next(self._numbers):02}"
        seen = pl.DataFrame({"start": ["a" + number], "end": ["d" + number], "first_seen": [1], "last_seen": [2]})
        moved = pl.DataFrame({"key": [number], "start": ["a" + number], "end": ["shop"], "amount": [1], "ts": [3]})
        links = (RelationshipRows(USED_DEVICE, seen), RelationshipRows(TRANSFERRED, moved))
        self._graph.merge(Chunk(relationships=links))


def test_a_load_that_goes_on_meanwhile_does_no_harm(tmp_path):
    with open_store(f"sqlite:///{tmp_path}/r.db") as store:
        now = project(Growing(store.graph))
    devices = [key.replace("d", "a") for _, key, _, _ in rows(now.observations["Device"], now)]
    assert devices
    assert now.accounts.gather(now.observations["Device"].applicant).to_list() == devices
    assert now.transfers.ids.to_list() == [key[1:] for key in now.accounts.gather(now.transfers.source)]
