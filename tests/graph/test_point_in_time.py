"""Nothing later than the moment can influence a projection, and so nothing that is derived from one.

Two stores: one is given what was known at the moment, the other everything. What was known is worked out here from the
rows alone, by the rules that the module `graph.projecting` declares.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from graph.chunk import Chunk, NodeRows, RelationshipRows
from graph.numbered_graph import number_graph
from graph.ontology.nodes import APPLICANT, APPLICATION, BLACKLIST_ENTRY, IP, LABEL
from graph.ontology.relationships import FROM_IP, LISTS_CONTACT, RELATIONSHIP_KINDS, SUBMITTED, TRANSFERRED
from graph.projecting import project, projection_at
from graph.reading import _NODES, _RELATIONSHIPS, SEEN_KINDS, read_tables
from graph.store.opening import open_store

PEOPLE, THINGS = "abcdefghij", "xyz"
TIMES = st.integers(1, 20)
Pair = tuple[str, str]


@dataclass(frozen=True)
class History:
    """What happened: `created` by person, first and last time by kind and pair of ends, and so on."""

    created: dict[str, int]
    seen: dict[str, dict[Pair, tuple[int, int]]]
    listed: set[Pair]
    moved: dict[str, tuple[str, str, int, int]]
    asked: dict[str, tuple[str, int, int]]
    judged: dict[Pair, tuple[str, int]]
    blacklisted: dict[Pair, int]

    def until(self, moment: int) -> "History":
        """What of it was known."""
        seen = {
            kind: {pair: (first, min(last, moment)) for pair, (first, last) in rows.items() if first <= moment}
            for kind, rows in self.seen.items()
        }
        created = {who: time for who, time in self.created.items() if time <= moment}
        asked = {key: row for key, row in self.asked.items() if row[2] <= moment}
        known = set(created) | {who for who, *_ in asked.values()} | {who for rows in seen.values() for who, _ in rows}
        return History(
            created=created,
            seen=seen,
            listed={pair for pair in self.listed if pair[0] in known},
            moved={key: row for key, row in self.moved.items() if row[3] <= moment},
            asked=asked,
            judged={pair: row for pair, row in self.judged.items() if row[1] <= moment},
            blacklisted={pair: time for pair, time in self.blacklisted.items() if time <= moment},
        )

    def chunk(self, *, last_day: bool) -> Chunk:
        """As rows of the graph; what changes without a trace (sessions, statuses) is another thing on the last day."""
        seen = [
            _linked(kind, "start end first_seen last_seen", [(*pair, *times) for pair, times in rows.items()])
            for kind in SEEN_KINDS
            if (rows := self.seen[kind.type])
        ]
        status = "overdue" if last_day else "pending"
        asked = [(key, amount, time, status) for key, (_, amount, time) in self.asked.items()]
        judged = [
            (f"{who}|{source}|{time}", who, label, source, time) for (who, source), (label, time) in self.judged.items()
        ]
        blacklisted = [(f"{kind}|{value}", kind, value, "x", time) for (kind, value), time in self.blacklisted.items()]
        addresses = {ip for _, ip in self.seen[FROM_IP.type]}
        return Chunk(
            nodes=(
                _nodes(
                    APPLICANT, "key created_at name", [(who, time, f"Wu {who}") for who, time in self.created.items()]
                ),
                _nodes(APPLICATION, "key amount submitted_at status", asked),
                _nodes(LABEL, "key applicant_id label source decided_at", judged),
                _nodes(BLACKLIST_ENTRY, "key kind value source listed_at", blacklisted),
                _nodes(IP, "key net_type", [(ip, "mobile") for ip in sorted(addresses)]),
            ),
            relationships=(
                *(_sessions(rows, last_day) for rows in seen),
                _linked(LISTS_CONTACT, "start end", sorted(self.listed)),
                _linked(TRANSFERRED, "key start end amount ts", [(key, *row) for key, row in self.moved.items()]),
                _linked(
                    SUBMITTED, "end start submitted_at", [(key, who, t) for key, (who, _, t) in self.asked.items()]
                ),
            ),
        )


def _frame(kind, columns: str, rows: list[tuple]) -> pl.DataFrame:
    types = {item.name: item.type.dtype for item in kind.properties}
    return pl.DataFrame(rows, {name: types.get(name, pl.String()) for name in columns.split()}, orient="row")


def _nodes(kind, columns: str, rows: list[tuple]) -> NodeRows:
    return NodeRows(kind, _frame(kind, columns, rows))


def _linked(kind, columns: str, rows: list[tuple]) -> RelationshipRows:
    return RelationshipRows(kind, _frame(kind, columns, rows))


def _sessions(seen: RelationshipRows, last_day: bool) -> RelationshipRows:
    return replace(seen, rows=seen.rows.with_columns(sessions=pl.lit(9 if last_day else 1, pl.Int64)))


_pairs = st.tuples(st.sampled_from(PEOPLE), st.sampled_from(THINGS))
_periods = st.tuples(TIMES, TIMES).map(lambda times: (min(times), max(times)))
_accounts = st.sampled_from([*PEOPLE, "bank", "shop"])
_histories = st.builds(
    History,
    created=st.dictionaries(st.sampled_from(PEOPLE), TIMES),
    seen=st.fixed_dictionaries({kind.type: st.dictionaries(_pairs, _periods, max_size=3) for kind in SEEN_KINDS}),
    listed=st.sets(_pairs, max_size=8),
    moved=st.dictionaries(
        st.integers(1, 99).map("t{}".format), st.tuples(_accounts, _accounts, st.integers(1, 9), TIMES), min_size=4
    ),
    asked=st.dictionaries(
        st.sampled_from(["p1", "p2", "p3"]), st.tuples(st.sampled_from(PEOPLE), st.integers(1, 9), TIMES)
    ),
    judged=st.dictionaries(
        st.tuples(_accounts, st.sampled_from("uv")), st.tuples(st.sampled_from(["fraud", "legit"]), TIMES), max_size=4
    ),
    blacklisted=st.dictionaries(st.tuples(st.sampled_from(["device", "ip"]), st.sampled_from(THINGS)), TIMES),
)
Opening = Callable[[], str]


@pytest.fixture
def new_file(tmp_path: Path) -> Opening:
    return lambda: f"sqlite:///{tmp_path}/{len(list(tmp_path.iterdir()))}.db"


def check(new_store: Opening, history: History, moment: int, as_lists) -> None:
    """What is known of everything at the moment is what is known of what was known then."""
    with open_store(new_store()) as store:
        store.graph.merge(history.until(moment).chunk(last_day=False))
        then = as_lists(project(store.graph, moment))
    with open_store(new_store()) as store:
        store.graph.merge(history.chunk(last_day=True))
        whole = number_graph(read_tables(store.graph, None))
        assert as_lists(project(store.graph, moment)) == then
    assert as_lists(projection_at(whole, moment)) == then


def examples(count: int) -> settings:
    """As found, not made smaller: with two stores for each try that takes minutes."""
    fixture_of_all = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
    return settings(max_examples=count, deadline=None, phases=[Phase.generate], suppress_health_check=fixture_of_all)


@examples(30)
@given(history=_histories, moment=st.integers(2, 18))
def test_nothing_later_can_influence_on_the_embedded_store(new_file, as_lists, history, moment):
    check(new_file, history, moment, as_lists)


@pytest.mark.neo4j
@examples(5)
@given(history=_histories, moment=st.integers(2, 18))
def test_nothing_later_can_influence_on_neo4j(wiped_neo4j, as_lists, history, moment):
    check(wiped_neo4j, history, moment, as_lists)


EMPTY = History({}, {kind.type: {("a", "x"): (1, 2)} for kind in SEEN_KINDS}, set(), {}, {}, {}, {})


def test_everything_that_is_read_is_in_the_histories():
    """Whatever else a projection is to be made of must be cut too; then add it above."""
    chunk = EMPTY.chunk(last_day=True)
    given_nodes = {(part.kind, name) for part in chunk.nodes for name in part.rows.columns}
    given_links = {(part.kind, name) for part in chunk.relationships for name in part.rows.columns}
    assert {(kind, name) for kind, names in _NODES for name in names} <= given_nodes
    assert {(kind, name) for kind, names in _RELATIONSHIPS for name in names} <= given_links
    assert {kind for kind, _ in _RELATIONSHIPS} == set(RELATIONSHIP_KINDS)
