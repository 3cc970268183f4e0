"""Published runs and their rings."""

from itertools import chain

import pytest

from graph.results import Change
from graph.store.contract import RingFilter, RingOrder


@pytest.fixture
def publish(store, run, ring, scores):
    """publish("r1", ring, ...): a run of these rings, without scores."""

    def build(run_id, *rings, keep=14):
        return store.runs.publish(run(run_id), rings, scores(), keep=keep)

    return build


def test_before_the_first_run_there_is_nothing(store):
    assert store.runs.current() is None
    assert store.runs.runs() == []
    assert store.runs.rings() == []
    assert store.runs.count_rings() == 0
    assert store.runs.ring("r") is None
    assert store.runs.members().rows() == []
    assert store.runs.members().columns == ["ring_id", "applicant_id", "score"]


def test_a_published_run_is_the_current_one(store, publish, run, ring):
    published = publish("run1", ring("run1", "r1", "a", "b"))
    assert published.published_at is not None
    assert published.model_copy(update={"published_at": None}) == run("run1")
    assert store.runs.current() == published
    assert store.runs.runs() == [published]


def test_a_ring_comes_back_whole(store, publish, ring):
    whole = ring("run1", "r'1", "a", "b", headline='<script>"x"</script>', previous=("r0",), last_seen=None)
    publish("run1", whole)
    assert store.runs.ring("r'1") == whole
    [line] = store.runs.rings()
    assert line.model_dump() == {name: value for name, value in whole.model_dump().items() if name in line.model_dump()}


def test_a_ring_that_is_gone_says_nothing_of_false_kills(publish, store, ring):
    none = {"false_kills": None, "false_kills_low": None, "false_kills_high": None}
    publish("run1", ring("run1", "r1", "a", "b", **none))
    for found in (store.runs.rings()[0], store.runs.ring("r1")):
        assert {name: getattr(found, name) for name in none} == none
        assert found.false_kill_share is None


def test_counts_stay_whole_numbers_and_shares_stay_shares(store, publish, ring):
    publish("run1", ring("run1", "r1", "a", "b"))
    for found in (store.runs.rings()[0], store.runs.ring("r1")):
        assert [(name, type(value)) for name, value in found.headline_figures.items()] == [
            ("members", int),
            ("usual", float),
        ]


def test_earlier_runs_are_kept_up_to_a_number(store, publish, ring):
    for number in range(5):
        publish(f"run{number}", ring(f"run{number}", "r", "a", "b", score=number / 10), keep=3)
    assert [kept.run_id for kept in store.runs.runs()] == ["run4", "run3", "run2"]
    assert store.runs.ring("r").score == 0.4
    assert store.runs.ring("r", run_id="run2").score == 0.2
    assert store.runs.rings(run_id="run3")[0].run_id == "run3"
    assert store.runs.ring("r", run_id="run1") is None
    assert store.runs.count_rings(run_id="run0") == 0
    assert store.runs.members(run_id="run2").rows() == [("r", "a", 0.2), ("r", "b", 0.2)]


def test_rings_that_are_gone_are_in_the_queue_but_have_no_members(store, publish, ring):
    publish("run1", ring("run1", "alive", "b", "a"), ring("run1", "dead", "x", "y", change=Change.GONE))
    assert {line.ring_id for line in store.runs.rings()} == {"alive", "dead"}
    assert store.runs.members().select("ring_id", "applicant_id").rows() == [("alive", "a"), ("alive", "b")]
    assert [member.applicant_id for member in store.runs.ring("dead").members] == ["x", "y"]


def test_orders_put_the_largest_first_and_unknown_times_last(store, publish, ring):
    publish(
        "run1",
        ring("run1", "r1", "a", "b", score=0.1, expected_loss=5, exposure=7, last_seen=None),
        ring("run1", "r2", "a", "b", "c", score=0.3, expected_loss=1, exposure=9, last_seen=20),
        ring("run1", "r3", "a", "b", score=0.2, expected_loss=1, exposure=8, last_seen=30),
    )
    expected = {
        RingOrder.EXPECTED_LOSS: ["r1", "r2", "r3"],
        RingOrder.SCORE: ["r2", "r3", "r1"],
        RingOrder.SIZE: ["r2", "r1", "r3"],
        RingOrder.EXPOSURE: ["r2", "r3", "r1"],
        RingOrder.LAST_SEEN: ["r3", "r2", "r1"],
    }
    for order, ids in expected.items():
        assert [line.ring_id for line in store.runs.rings(order=order)] == ids, order


def test_pages_follow_each_other(store, publish, ring):
    publish("run1", *(ring("run1", f"r{number:02}", "a", "b", expected_loss=7) for number in range(25)))
    pages = [[line.ring_id for line in store.runs.rings(offset=offset, limit=10)] for offset in (0, 10, 20, 30)]
    assert [len(page) for page in pages] == [10, 10, 5, 0]
    assert list(chain.from_iterable(pages)) == [f"r{number:02}" for number in range(25)]
    assert store.runs.count_rings() == 25


@pytest.mark.parametrize(
    ("where", "found"),
    [
        (RingFilter(), {"r1", "r2", "r3"}),
        (RingFilter(change=("grown", "gone")), {"r2", "r3"}),
        (RingFilter(kind=("money_cycle",)), {"r3"}),
        (RingFilter(min_score=0.5), {"r1", "r2"}),
        (RingFilter(min_size=3), {"r2"}),
        (RingFilter(applicants=("a", "nobody")), {"r1", "r3"}),
        (RingFilter(applicants=()), set()),
        (RingFilter(rings=("r1", "r3", "r9")), {"r1", "r3"}),
        (RingFilter(rings=()), set()),
        (RingFilter(without=("r1", "r9")), {"r2", "r3"}),
        (RingFilter(rings=("r1", "r2"), without=("r2",)), {"r1"}),
        (RingFilter(beginning="r"), {"r1", "r2", "r3"}),
        (RingFilter(beginning="r2"), {"r2"}),
        (RingFilter(beginning="R%"), set()),
        (RingFilter(applicants=("a",), min_score=0.5, change=("new",)), {"r1"}),
        (RingFilter(kind=("x' OR 1=1 --",)), set()),
    ],
)
def test_filters_restrict(store, publish, ring, where, found):
    publish(
        "run1",
        ring("run1", "r1", "a", "b", score=0.5),
        ring("run1", "r2", "c", "d", "e", score=0.9, change=Change.GROWN),
        ring("run1", "r3", "a", "c", score=0.1, change=Change.GONE, kind="money_cycle"),
    )
    assert {line.ring_id for line in store.runs.rings(where)} == found
    assert store.runs.count_rings(where) == len(found)


def test_a_run_without_rings_is_a_run(store, publish, ring):
    publish("run1", ring("run1", "r1", "a", "b"))
    publish("run2")
    assert store.runs.current().run_id == "run2"
    assert store.runs.rings() == []
    assert store.runs.ring("r1") is None
