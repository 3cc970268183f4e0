"""Cases through the life of their rings: opened, grown, merged, split, gone, back."""

import pytest

from cases.errors import ChangedError
from cases.model import Scope, State, Verdict
from graph.results import Change

DAY = 86_400


def states(book, **where) -> dict[str, str]:
    return {case.ring_id: case.state.value for case in book.cases.list(**where)}


def test_every_ring_has_a_case_with_a_time_limit(book, clock, follow, ring):
    follow(ring("R-1", "abc"), ring("R-2", "de"), ring("R-3", "xyz", Change.GONE))
    assert states(book) == {"R-1": "open", "R-2": "open"}
    case = book.cases.case("R-1")
    assert (case.opened_at, case.due_at) == (clock.time, clock.time + 5 * DAY)
    clock.time = case.due_at
    assert not book.cases.case("R-1").overdue
    clock.time += 1
    assert book.cases.case("R-1").overdue
    assert len(book.cases.list(overdue=True)) == 2
    book.judgements.judge("R-1", Verdict.FRAUD, "x", author="ann")
    assert [case.ring_id for case in book.cases.list(overdue=True)] == ["R-2"]
    assert book.cases.members("R-1") == ("a", "b", "c")


def test_the_same_run_again_changes_nothing(book, follow, ring):
    follow(ring("R-1", "abc"))
    before = book.audit.changes()
    follow(ring("R-1", "abc", Change.SAME, ("R-1",)))
    assert book.audit.changes() == before


def test_a_decided_case_is_opened_again_when_somebody_new_joins(book, clock, follow, ring):
    follow(ring("R-1", "abc"))
    book.judgements.judge("R-1", Verdict.FRAUD, "x", author="ann")
    follow(ring("R-1", "ab", Change.SHRUNK, ("R-1",)))
    assert states(book) == {"R-1": "decided"}
    clock.time += 30 * DAY
    follow(ring("R-1", "abcd", Change.GROWN, ("R-1",)))
    assert states(book) == {"R-1": "open"}
    assert book.cases.case("R-1").due_at == clock.time + 5 * DAY
    assert book.cases.members("R-1") == ("a", "b", "c", "d")


def test_who_looked_before_a_ring_changed_is_told(book, follow, ring):
    follow(ring("R-1", "abc"))
    seen = book.cases.case("R-1").version
    follow(ring("R-1", "abcd", Change.GROWN, ("R-1",)))
    with pytest.raises(ChangedError):
        book.judgements.judge("R-1", Verdict.FRAUD, "x", author="ann", seen=seen)


def test_a_household_is_never_asked_again_whatever_the_ring_is_called(book, follow, ring):
    follow(ring("R-1", "abc"))
    said = book.judgements.judge("R-1", Verdict.HOUSEHOLD, "One flat.", author="ann")
    follow()
    follow(ring("R-7", "ab"), ring("R-8", "abx"))
    assert states(book) == {"R-7": "decided", "R-8": "open"}
    book.judgements.withdraw(said.id, "Two flats.", author="ann")
    follow(ring("R-7", "ab", Change.SAME, ("R-7",)), ring("R-8", "abx", Change.SAME, ("R-8",)))
    assert states(book) == {"R-7": "open", "R-8": "open"}


def test_two_households_that_something_ties_together_are_a_new_question(book, follow, ring):
    follow(ring("R-1", "ab"), ring("R-2", "cd"))
    for ring_id in ("R-1", "R-2"):
        book.judgements.judge(ring_id, Verdict.HOUSEHOLD, "x", author="ann")
    follow(ring("R-1", "abcd", Change.MERGED, ("R-1", "R-2")))
    assert states(book) == {"R-1": "open"}


def test_merged_rings_keep_their_history(book, follow, ring):
    follow(ring("R-1", "abc"), ring("R-2", "de"), ring("R-3", "fg"))
    book.judgements.judge("R-2", Verdict.NOT_FRAUD, "x", author="ann")
    book.notes.add("R-3", "Seen before.", author="ann")
    follow(ring("R-1", "abc", Change.SAME, ("R-1",)), ring("R-2", "defg", Change.MERGED, ("R-2", "R-3")))
    follow(ring("R-1", "abcdefg", Change.MERGED, ("R-1", "R-2")))
    assert states(book) == {"R-1": "open"}
    assert states(book, gone=True) == {"R-1": "open", "R-2": "open", "R-3": "open"}
    lineage = book.cases.lineage("R-1")
    assert {(step.source, step.target, step.how) for step in lineage} == {
        ("R-2", "R-1", "merged"),
        ("R-3", "R-2", "merged"),
    }
    sources = ["R-1", *(step.source for step in lineage)]
    assert [one.verdict for one in book.judgements.of(sources)] == [Verdict.NOT_FRAUD]
    assert [note.text for note in book.notes.of(sources)] == ["Seen before."]
    assert [step.target for step in book.cases.successors("R-3")] == ["R-2"]


def test_a_split_ring_leaves_its_history_to_both(book, follow, ring):
    follow(ring("R-1", "abcdef"))
    book.judgements.judge("R-1", Verdict.NOT_FRAUD, "x", author="ann", scope=Scope.MEMBERS, members=["a", "b", "c"])
    follow(ring("R-1", "abcx", Change.SHRUNK, ("R-1",)), ring("R-2", "def", Change.SPLIT, ("R-1",)))
    assert [(step.source, step.how) for step in book.cases.lineage("R-2")] == [("R-1", "split")]
    assert states(book) == {"R-1": "in_review", "R-2": "open"}


def test_a_ring_that_comes_back_has_its_case_again(book, follow, ring):
    follow(ring("R-1", "abc"))
    book.cases.assign("R-1", "ann", author="bob")
    follow(ring("R-1", "abc", Change.GONE))
    assert states(book) == {}
    assert not book.cases.case("R-1").lives
    follow(ring("R-1", "abc"))
    case = book.cases.case("R-1")
    assert (case.lives, case.owner, case.state) == (True, "ann", State.IN_REVIEW)


def test_a_ring_from_before_there_was_a_casebook_is_no_source(book, follow, ring):
    follow(ring("R-1", "abc", Change.MERGED, ("R-1", "R-0")))
    assert book.cases.lineage("R-1") == ()


def test_rings_that_split_and_merge_back_do_not_go_in_circles(book, follow, ring):
    follow(ring("R-1", "abcd"))
    follow(ring("R-1", "ab", Change.SHRUNK, ("R-1",)), ring("R-2", "cd", Change.SPLIT, ("R-1",)))
    follow(ring("R-1", "abcd", Change.MERGED, ("R-1", "R-2")))
    assert {(step.source, step.target) for step in book.cases.lineage("R-1")} == {("R-2", "R-1"), ("R-1", "R-2")}
