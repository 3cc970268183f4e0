"""What is found is compared with the truth as the benchmark's page says."""

import polars as pl
import pytest

from bench.detect.judging import FIRST, false_kills, judged, recovered, rightness, top_set
from bench.detect.methods.contract import Found
from bench.detect.truth import Truth


def groups(*members: str, scores=None) -> pl.DataFrame:
    rows = [(at, 1 - at / 10 if scores is None else scores[at], one) for at, some in enumerate(members) for one in some]
    return pl.DataFrame(rows, {"group": pl.Int32, "score": pl.Float64, "applicant_id": pl.String}, orient="row")


def rings(*members: str) -> pl.DataFrame:
    rows = [(f"R{at}", "den", "easy", one) for at, some in enumerate(members) for one in some]
    return pl.DataFrame(rows, ["ring_id", "kind", "difficulty", "applicant_id"], orient="row")


def truth(*members: str, honest: dict[str, list[str]]) -> Truth:
    fraud = [(one, True, []) for some in members for one in some]
    everybody = fraud + [(one, False, kinds) for one, kinds in honest.items()]
    schema = {"applicant_id": pl.String, "is_fraud": pl.Boolean, "sharing": pl.List(pl.String)}
    return Truth(rings(*members), pl.DataFrame(everybody, schema, orient="row"))


def in_top(people: int, *members: str) -> list[int]:
    return sorted(top_set(groups(*members), people)["group"].unique())


def test_the_top_set_ends_when_it_holds_as_many_people_as_there_are_fraudsters():
    assert in_top(4, "abc", "de", "fg") == [0, 1]
    assert in_top(3, "abc", "de", "fg") == [0]
    assert in_top(100, "abc", "de", "fg") == [0, 1, 2]


def test_people_in_two_groups_count_once_in_the_top_set():
    assert in_top(4, "abc", "abc", "bcd", "ef") == [0, 1, 2]


def test_no_group_is_an_empty_top_set():
    assert in_top(3) == []


@pytest.mark.parametrize(
    ("group", "is_found"),
    [("abcd", True), ("ab", True), ("a", False), ("abcdwxyz", True), ("abcdvwxyz", False), ("abcx", True)],
)
def test_a_ring_is_recovered_from_a_jaccard_overlap_of_one_half(group, is_found):
    assert recovered(groups(group), rings("abcd"))["recovered"].to_list() == [is_found]


def test_pieces_of_a_ring_do_not_add_up():
    assert recovered(groups("ab", "cd", "ef"), rings("abcdef"))["recovered"].to_list() == [False]


def test_a_ring_that_no_group_touches_is_not_recovered():
    assert recovered(groups("abc"), rings("abc", "def"))["recovered"].to_list() == [True, False]


def test_a_group_is_right_when_half_of_its_members_are_fraudsters():
    known = truth("abc", honest={"x": [], "y": []})
    found = rightness(groups("abx", "ax", "axy"), known)
    assert found["right"].to_list() == [True, True, False]
    assert found["fraud"].to_list() == pytest.approx([2 / 3, 1 / 2, 1 / 3])


def test_somebody_who_is_not_in_the_truth_is_no_fraudster():
    assert rightness(groups("a??"), truth("abc", honest={}))["right"].to_list() == [False]


def test_false_kills_are_counted_for_each_kind_of_sharing():
    rows = [("a", True, ["cafe"], True), ("x", False, ["cafe", "office"], True), ("y", False, ["cafe"], False)]
    people = pl.DataFrame(
        [*rows, ("z", False, [], True)], ["applicant_id", "is_fraud", "sharing", "held"], orient="row"
    )
    assert false_kills(people).rows() == [("all", 3, 2), ("cafe", 2, 1), ("office", 1, 1)]


def test_everything_is_judged_inside_the_top_set():
    known = truth("abcd", "ef", honest={"x": ["cafe"], "y": ["cafe"], "z": []})
    found = groups("abcx", "ey", "efz")
    verdict = judged(Found(found, pl.DataFrame({"applicant_id": list("abcx"), "score": [0.9] * 4})), known)
    assert (verdict.held, verdict.right, verdict.fraudsters) == (6, 4, 6)
    assert verdict.rings["recovered"].to_list() == [True, False]
    assert verdict.honest.rows() == [("all", 3, 2), ("cafe", 2, 2)]
    assert verdict.first == [True, True]
    assert len(verdict.groups) == 3


def test_the_score_of_whom_nobody_named_is_nought():
    scores = pl.DataFrame({"applicant_id": ["a", "x"], "score": [0.9, 0.5]})
    verdict = judged(Found(groups("ax"), scores), truth("ab", honest={"x": [], "y": []}))
    # a first; b is one of two (b, y) that come last together: (1 + 2/4) / 2.
    assert verdict.average_precision == pytest.approx(0.75)
    assert verdict.people["score"].to_list() == [0.9, 0.0, 0.5, 0.0]


def test_only_the_first_groups_are_looked_at():
    pairs = [f"{chr(0x4E00 + 2 * at)}{chr(0x4E01 + 2 * at)}" for at in range(FIRST + 10)]
    verdict = judged(Found(groups(*pairs), groups().drop("group")), truth(*pairs, honest={"x": []}))
    assert len(verdict.first) == FIRST
