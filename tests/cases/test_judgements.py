"""Verdicts: who may say what, when it counts, and that nothing is ever forgotten."""

import pytest

from cases.model import Scope, State, Verdict
from graph.errors import AccessError, NotFoundError, UsageError


def labels(book, until=2**40) -> dict[str, str]:
    return dict(book.standing(until).labels.select("applicant_id", "label").iter_rows())


def homes(book, until=2**40) -> list[set[str]]:
    frame = book.standing(until).homes.group_by("home", maintain_order=True).agg("applicant_id")
    return [set(members) for members in frame["applicant_id"].to_list()]


@pytest.fixture(autouse=True)
def rings(follow, ring) -> None:
    follow(ring("R-1", "abc"), ring("R-2", "defgh"))


def test_fraud_in_a_small_ring_counts_at_once(book, clock):
    said = book.judgements.judge("R-1", Verdict.FRAUD, "They met.", author="ann")
    assert (said.members, said.counts_from, said.four_eyes) == (("a", "b", "c"), clock.time, False)
    assert labels(book) == dict.fromkeys("abc", "fraud")
    assert book.cases.case("R-1").state is State.DECIDED


def test_fraud_in_a_large_ring_waits_for_a_second_person(book, clock):
    said = book.judgements.judge("R-2", Verdict.FRAUD, "They met.", author="Ann")
    assert (said.four_eyes, said.counts_from) == (True, None)
    assert labels(book) == {}
    assert book.cases.case("R-2").state is State.IN_REVIEW
    for same in ("Ann", "ann ", "ANN", "\uff21nn"):  # the last one is a full-width A
        with pytest.raises(AccessError):
            book.judgements.confirm(said.id, author=same)
    clock.time += 10
    confirmed = book.judgements.confirm(said.id, author="bob")
    assert (confirmed.confirmed_by, confirmed.counts_from) == ("bob", clock.time)
    assert labels(book) == dict.fromkeys("defgh", "fraud")
    assert labels(book, clock.time - 1) == {}
    assert book.cases.case("R-2").state is State.DECIDED
    with pytest.raises(UsageError, match="counts already"):
        book.judgements.confirm(said.id, author="cid")


def test_a_large_ring_cannot_be_judged_piece_by_piece_by_one(book):
    part = book.judgements.judge("R-2", Verdict.FRAUD, "x", author="ann", scope=Scope.MEMBERS, members=["d"])
    link = book.judgements.judge("R-2", Verdict.FRAUD, "x", author="ann", scope=Scope.LINK, members=["d", "e"])
    assert part.four_eyes
    assert link.four_eyes
    assert labels(book) == {}


def test_other_verdicts_need_one_person_whatever_the_size(book):
    book.judgements.judge("R-2", Verdict.NOT_FRAUD, "Colleagues.", author="ann")
    assert labels(book) == dict.fromkeys("defgh", "legit")


def test_a_confirmation_that_was_not_asked_for_is_refused(book):
    said = book.judgements.judge("R-1", Verdict.FRAUD, "x", author="ann")
    with pytest.raises(UsageError):
        book.judgements.confirm(said.id, author="bob")


def test_an_undo_takes_it_back_from_then_on_and_leaves_it_on_record(book, clock):
    said = book.judgements.judge("R-1", Verdict.FRAUD, "They met.", author="ann")
    clock.time += 100
    gone = book.judgements.withdraw(said.id, "Twins.", author="bob")
    assert (gone.withdrawn_by, gone.withdrawn_at, gone.withdrawn_why) == ("bob", clock.time, "Twins.")
    assert (gone.reason, gone.author, gone.at) == (said.reason, said.author, said.at)
    assert labels(book) == {}
    assert labels(book, clock.time - 1) == dict.fromkeys("abc", "fraud")
    assert book.cases.case("R-1").state is State.IN_REVIEW
    with pytest.raises(UsageError, match="withdrawn"):
        book.judgements.withdraw(said.id, "Again.", author="bob")
    assert [one.id for one in book.judgements.of(["R-1"])] == [said.id]


def test_a_withdrawn_judgement_cannot_be_confirmed(book):
    said = book.judgements.judge("R-2", Verdict.FRAUD, "x", author="ann")
    book.judgements.withdraw(said.id, "No.", author="ann")
    with pytest.raises(UsageError, match="withdrawn"):
        book.judgements.confirm(said.id, author="bob")
    assert labels(book) == {}


def test_the_latest_word_counts_and_an_undo_brings_the_earlier_one_back(book, clock):
    book.judgements.judge("R-1", Verdict.FRAUD, "x", author="ann")
    clock.time += 1
    later = book.judgements.judge("R-1", Verdict.NOT_FRAUD, "x", author="bob", scope=Scope.MEMBERS, members=["a"])
    assert labels(book) == {"a": "legit", "b": "fraud", "c": "fraud"}
    book.judgements.withdraw(later.id, "x", author="bob")
    assert labels(book) == dict.fromkeys("abc", "fraud")


def test_two_words_in_one_second_keep_their_order(book):
    book.judgements.judge("R-1", Verdict.FRAUD, "x", author="ann")
    book.judgements.judge("R-1", Verdict.NOT_FRAUD, "x", author="ann")
    assert labels(book) == dict.fromkeys("abc", "legit")


def test_watch_changes_nothing_that_counts(book):
    book.judgements.judge("R-1", Verdict.FRAUD, "x", author="ann")
    book.judgements.judge("R-1", Verdict.WATCH, "x", author="ann")
    assert labels(book) == dict.fromkeys("abc", "fraud")
    book.judgements.judge("R-2", Verdict.WATCH, "x", author="ann")
    assert book.cases.case("R-2").state is State.IN_REVIEW


def test_a_household_is_a_home_labels_nobody_and_takes_back_fraud(book, clock):
    book.judgements.judge("R-1", Verdict.FRAUD, "x", author="ann")
    clock.time += 1
    book.judgements.judge("R-1", Verdict.HOUSEHOLD, "One flat.", author="bob")
    assert labels(book) == {}
    assert homes(book) == [{"a", "b", "c"}]
    assert homes(book, clock.time - 1) == []
    assert book.cases.case("R-1").state is State.DECIDED
    clock.time += 1
    book.judgements.judge("R-1", Verdict.FRAUD, "x", author="ann", scope=Scope.MEMBERS, members=["a"])
    assert homes(book) == [{"b", "c"}]
    assert labels(book) == {"a": "fraud"}


def test_an_honest_link_ties_two_and_clears_nobody(book):
    book.judgements.judge("R-1", Verdict.NOT_FRAUD, "Cousins.", author="ann", scope=Scope.LINK, members=["b", "a"])
    assert labels(book) == {}
    assert homes(book) == [{"a", "b"}]
    assert book.cases.case("R-1").state is State.IN_REVIEW
    book.judgements.judge("R-1", Verdict.FRAUD, "x", author="ann", scope=Scope.LINK, members=["a", "b"])
    assert labels(book) == dict.fromkeys("ab", "fraud")
    assert homes(book) == []


def test_a_ring_is_decided_once_each_member_is(book):
    for who, verdict in zip("abc", [Verdict.FRAUD, Verdict.NOT_FRAUD, Verdict.FRAUD], strict=True):
        assert book.cases.case("R-1").state is not State.DECIDED
        book.judgements.judge("R-1", verdict, "x", author="ann", scope=Scope.MEMBERS, members=[who])
    assert book.cases.case("R-1").state is State.DECIDED


@pytest.mark.parametrize(
    ("scope", "members"),
    [
        (Scope.RING, ["a"]),
        (Scope.MEMBERS, []),
        (Scope.MEMBERS, ["a", "d"]),
        (Scope.LINK, ["a"]),
        (Scope.LINK, ["a", "a"]),
        (Scope.LINK, ["a", "b", "c"]),
    ],
)
def test_it_must_be_clear_whom_it_is_about(book, scope, members):
    with pytest.raises(UsageError):
        book.judgements.judge("R-1", Verdict.FRAUD, "x", author="ann", scope=scope, members=members)
    assert book.judgements.of(["R-1"]) == []


@pytest.mark.parametrize("author", ["", "  ", "Detection", "a\nb", "a\x00", "x" * 201])
def test_every_change_needs_an_author(book, author):
    with pytest.raises(UsageError):
        book.judgements.judge("R-1", Verdict.FRAUD, "x", author=author)


@pytest.mark.parametrize("reason", ["", " \n", "a\0b", "\ud800", "x" * 10_001])
def test_every_judgement_needs_a_reason(book, reason):
    with pytest.raises(UsageError):
        book.judgements.judge("R-1", Verdict.FRAUD, reason, author="ann")


def test_what_is_not_there_is_not_found(book):
    with pytest.raises(NotFoundError):
        book.judgements.judge("R-9", Verdict.FRAUD, "x", author="ann")
    with pytest.raises(NotFoundError):
        book.judgements.confirm(99, author="ann")


def test_hostile_text_is_kept_as_written(book):
    hostile = "'; DROP TABLE judgement; -- <script>alert(1)</script> =cmd() %s :x 客户 🕵️"
    said = book.judgements.judge("R-1", Verdict.WATCH, hostile, author="o'brien")
    assert book.judgements.judgement(said.id).reason == hostile
    assert book.audit.changes("R-1")[1].after["reason"] == hostile
