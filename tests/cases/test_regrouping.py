"""Rings merged and split by hand: who is in which case, what the next runs make of it, and that it can be undone."""

import pytest

from cases.errors import ChangedError, LockedError
from cases.model import How, Scope, State, Verdict
from cases.queueing import CaseFilter, Selection
from graph.errors import NotFoundError, UsageError
from graph.results import Change


def members(book, *ring_ids) -> list[str]:
    return ["".join(book.cases.members(ring_id)) for ring_id in ring_ids]


def living(book) -> set[str]:
    return {case.ring_id for case in book.cases.list()}


def same(ring, ring_id, people):
    return ring(ring_id, people, Change.SAME, (ring_id,))


def test_merged_rings_are_one_case_from_now_on(book, follow, ring):
    follow(ring("R-1", "abc"), ring("R-2", "cde"))
    book.judgements.judge("R-2", Verdict.NOT_FRAUD, "Known.", author="ann")
    said = book.regroupings.merge("R-2", "R-1", "One broker.", author="ann")
    assert (said.how, said.members, said.target) == (How.MERGED, ("c", "d", "e"), "R-1")
    assert members(book, "R-1", "R-2") == ["abcde", ""]
    assert living(book) == {"R-1"}
    assert book.cases.case("R-1").state is State.IN_REVIEW
    assert [step.source for step in book.cases.lineage("R-1")] == ["R-2"]
    follow(same(ring, "R-1", "abc"), ring("R-2", "cdex", Change.GROWN, ("R-2",)))
    assert members(book, "R-1", "R-2") == ["abcdex", ""]
    assert living(book) == {"R-1"}
    follow(same(ring, "R-2", "cdex"))
    assert living(book) == {"R-1"}, "a case goes on while one of its rings is found"
    assert members(book, "R-1") == ["cdex"]


def test_members_split_off_have_a_case_of_their_own_in_every_run(book, follow, ring):
    follow(ring("R-1", "abcdef"))
    book.cases.assign("R-1", "bob", author="bob")
    said = book.regroupings.split("R-1", ["e", "f"], "Brothers.", author="ann")
    assert said.target == "R-1.1"
    case = book.cases.case("R-1.1")
    assert (case.owner, case.due_at) == ("bob", book.cases.case("R-1").due_at)
    follow(ring("R-1", "abcdefg", Change.GROWN, ("R-1",)))
    assert members(book, "R-1", "R-1.1") == ["abcdg", "ef"]
    assert living(book) == {"R-1", "R-1.1"}
    assert book.regroupings.split("R-1", ["g"], "Alone.", author="ann").target == "R-1.2"
    assert [one.target for one in book.regroupings.of("R-1")] == ["R-1.1", "R-1.2"]


def test_a_split_ends_where_its_ring_goes_into_another_and_its_history_goes_there(book, follow, ring):
    follow(ring("R-1", "abcd"), ring("R-2", "xyz"))
    said = book.regroupings.split("R-1", ["c", "d"], "Apart.", author="ann")
    follow(ring("R-2", "abcdxyz", Change.MERGED, ("R-1", "R-2")))
    assert living(book) == {"R-2"}
    assert {step.source for step in book.cases.lineage("R-2")} == {"R-1", said.target}
    before = book.audit.changes()
    follow(same(ring, "R-2", "abcdxyz"))
    assert book.audit.changes() == before


def test_undone_everything_is_as_it_was_and_both_are_on_record(book, follow, ring):
    follow(ring("R-1", "abc"), ring("R-2", "de"))
    merged = book.regroupings.merge("R-2", "R-1", "One.", author="ann")
    undone = book.regroupings.undo(merged.id, "Two after all.", author="bob")
    assert (undone.undone_by, undone.undone_why) == ("bob", "Two after all.")
    assert members(book, "R-1", "R-2") == ["abc", "de"]
    assert book.cases.lineage("R-1") == ()
    split = book.regroupings.split("R-1", ["a"], "Apart.", author="ann")
    book.regroupings.undo(split.id, "No.", author="ann")
    assert members(book, "R-1", split.target) == ["abc", ""]
    follow(same(ring, "R-1", "abc"), same(ring, "R-2", "de"))
    assert members(book, "R-1", "R-2") == ["abc", "de"]
    assert living(book) == {"R-1", "R-2"}
    assert {"merged", "regroup_undo"} <= {one.action for one in book.audit.changes("R-2")}
    with pytest.raises(UsageError, match="undone already"):
        book.regroupings.undo(split.id, "Again.", author="ann")


def test_the_latest_is_undone_first(book, follow, ring):
    follow(ring("R-1", "abc"), ring("R-2", "de"))
    first = book.regroupings.merge("R-2", "R-1", "One.", author="ann")
    later = book.regroupings.split("R-1", ["d"], "Apart.", author="ann")
    with pytest.raises(UsageError, match="since"):
        book.regroupings.undo(first.id, "No.", author="ann")
    book.regroupings.undo(later.id, "No.", author="ann")
    book.regroupings.undo(first.id, "No.", author="ann")
    assert members(book, "R-1", "R-2") == ["abc", "de"]


def test_a_split_does_not_get_a_large_ring_around_the_second_person(book, follow, ring):
    follow(ring("R-1", "abcdef"))
    target = book.regroupings.split("R-1", ["a", "b", "c"], "Halves.", author="ann").target
    for ring_id in ("R-1", target):
        assert book.judgements.judge(ring_id, Verdict.FRAUD, "x", author="ann").counts_from is None


def test_what_makes_no_sense_is_refused(book, follow, ring):
    follow(ring("R-1", "abc"), ring("R-2", "de"), ring("R-3", "fg"))
    for wrong in ([], ["a", "b", "c"], ["a", "nobody"]):
        with pytest.raises(UsageError, match="some of the members"):
            book.regroupings.split("R-1", wrong, "x", author="ann")
    with pytest.raises(UsageError, match="itself"):
        book.regroupings.merge("R-1", "R-1", "x", author="ann")
    with pytest.raises(NotFoundError):
        book.regroupings.merge("R-1", "R-9", "x", author="ann")
    with pytest.raises(UsageError, match="reason"):
        book.regroupings.merge("R-1", "R-2", " ", author="ann")
    book.regroupings.merge("R-2", "R-1", "x", author="ann")
    with pytest.raises(UsageError, match="gone"):
        book.regroupings.merge("R-2", "R-3", "x", author="ann")
    with pytest.raises(NotFoundError):
        book.regroupings.undo(99, "x", author="ann")
    assert members(book, "R-1", "R-3") == ["abcde", "fg"]


def test_neither_case_may_be_held_by_somebody_else_or_have_changed(book, follow, ring):
    follow(ring("R-1", "abc"), ring("R-2", "de"))
    book.locks.take("R-1", "bob")
    with pytest.raises(LockedError):
        book.regroupings.merge("R-2", "R-1", "x", author="ann")
    book.locks.release("R-1", "bob")
    seen = book.cases.case("R-2").version
    book.notes.add("R-2", "x", author="bob")
    with pytest.raises(ChangedError):
        book.regroupings.merge("R-2", "R-1", "x", author="ann", seen=seen)
    assert members(book, "R-1", "R-2") == ["abc", "de"]


def test_the_queue_is_narrowed_by_the_smaller_side(book, clock, follow, ring):
    follow(ring("R-1", "abc"), ring("R-2", "de"), ring("R-3", "fg"), ring("R-4", "hi"))
    ask = book.queueing.select
    book.cases.assign("R-1", "ann", author="ann")
    book.judgements.judge("R-2", Verdict.NOT_FRAUD, "x", author="ann")
    book.regroupings.merge("R-4", "R-3", "x", author="ann")
    assert ask(CaseFilter()) == Selection(None, ("R-4",))
    assert set(ask(CaseFilter((State.OPEN,), owner="")).without) == {"R-1", "R-2", "R-3", "R-4"}
    assert ask(CaseFilter(owner="ann")) == Selection(("R-1",), ("R-4",))
    assert ask(CaseFilter((State.DECIDED,))) == Selection(("R-2",), ("R-4",))
    clock.time += 6 * 86_400
    assert set(ask(CaseFilter(overdue=True)).only) == {"R-1", "R-3"}
    assert book.queueing.owners() == ["ann"]
    assert set(book.queueing.cases(("R-1", "R-9"))) == {"R-1"}


def test_views_are_kept_for_each_person(book):
    book.views.keep("ann", " Large   rings ", {"min_size": 10})
    book.views.keep("ann", "Large rings", {"min_size": 20})
    book.views.keep("bob", "Mine", {"owner": "mine"})
    assert book.views.of("ann") == {"Large rings": {"min_size": 20}}
    book.views.forget("ann", "Large rings")
    assert (book.views.of("ann"), book.views.of("bob")) == ({}, {"Mine": {"owner": "mine"}})
    with pytest.raises(UsageError):
        book.views.keep("ann", " ", {})


def test_what_was_taken_out_is_on_record_with_its_purpose(book, follow, ring):
    follow(ring("R-1", "abc"))
    book.audit.disclosed("R-1", "report", {"format": "pdf"}, "Police request 7", author="ann")
    newest = book.audit.changes("R-1")[0]
    assert (newest.action, newest.after) == ("report", {"format": "pdf", "purpose": "Police request 7"})
    with pytest.raises(UsageError):
        book.audit.disclosed("R-1", "report", None, "", author="ann")


def test_a_link_across_a_merge_can_be_judged(book, follow, ring):
    follow(ring("R-1", "ab"), ring("R-2", "cd"))
    book.regroupings.merge("R-2", "R-1", "One.", author="ann")
    said = book.judgements.judge("R-1", Verdict.NOT_FRAUD, "x", author="ann", scope=Scope.LINK, members=["a", "d"])
    assert said.counts_from is not None
