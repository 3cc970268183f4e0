"""Appeals: one at a time, decided by somebody else, and an overturned decision makes its applicant honest."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from cases.appeal_model import AppealState, Entity, Hit, Linked, Objection
from cases.casebook import open_casebook
from cases.errors import ChangedError, LockedError
from cases.model import Scope, Verdict
from cases.people import Role
from cases.schema import APPEAL, APPEAL_RULE, APPEAL_STEP
from graph.errors import AccessError, NotFoundError, UsageError

DAY = 86_400
SHARED = (
    Entity(kind="wifi", key="aa:bb", hub="campus", applicants=("x", "y")),
    Entity(kind="device", key="d-1", hub="suspicious", applicants=("z",)),
    Entity(kind="phone", key="+86138"),
)
HITS = (
    Hit(rule="many_on_wifi", code="WIFI", told={"en": "Many.", "zh": "很多。"}, entities=("wifi", "phone", "device")),
    Hit(rule="near_fraud", code="NEAR_FRAUD"),
)


def objection(decision_id="D-1", applicant_id="a", hits=HITS, text="I study there.") -> Objection:
    return Objection(
        decision_id=decision_id,
        applicant_id=applicant_id,
        application_id=f"P of {decision_id}",
        outcome="reject",
        decided_at=1_600_000_000,
        hits=hits,
        entities=SHARED,
        links=(Linked(applicant_id="z", fraud=True),),
        text=text,
    )


def labels(book, until=2**40) -> dict[str, str]:
    return dict(book.standing(until).labels.select("applicant_id", "label").iter_rows())


def overturn(book, number, author="rev"):
    return book.appeals.decide(number, AppealState.OVERTURNED, "A campus.", author=author)


def test_a_later_look_shows_the_decision_as_it_was(book, clock):
    filed = book.appeals.file(objection())
    assert (filed.state, filed.owner, filed.version, filed.first) == (AppealState.OPEN, None, 0, ())
    assert (filed.at, filed.due_at, filed.overdue) == (clock.time, clock.time + 5 * DAY, False)
    clock.time += 5 * DAY + 1
    kept = book.appeals.appeal(filed.id)
    assert kept.overdue
    assert Objection.model_validate(kept.model_dump()) == objection()
    assert book.appeals.of("D-1") == book.appeals.about("a") == [kept]
    assert book.appeals.about("b") == []


def test_there_is_one_appeal_at_a_time_against_a_decision(book):
    first = book.appeals.file(objection())
    assert book.appeals.file(objection(text="Hello?")) == first
    other = book.appeals.file(objection("D-2"))
    assert other.id != first.id
    book.appeals.decide(first.id, AppealState.UPHELD, "No.", author="rev")
    again = book.appeals.file(objection(text="Look again."))
    assert (again.round, again.text, again.state) == (1, "Look again.", AppealState.OPEN)
    granted = overturn(book, again.id, "second")
    assert book.appeals.file(objection()) == granted


def test_two_at_once_file_one_appeal(url):
    def file(n: int) -> int:
        with open_casebook(url) as book:
            return book.appeals.file(objection(text=f"No. {n}")).id

    open_casebook(url).close()
    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(file, range(8)))) == 1


@pytest.mark.parametrize("text", ["", " \n", "a\0b", "x" * 10_001])
def test_something_must_be_in_it(book, text):
    with pytest.raises(UsageError):
        book.appeals.file(objection(text=text))
    assert book.appeal_queue.count() == 0


def test_hostile_text_is_kept_as_written(book):
    hostile = "'; DROP TABLE appeal; -- <script>alert(1)</script> =cmd() 客户"
    assert book.appeals.file(objection(text=hostile)).text == hostile


def test_the_queue_holds_the_oldest_first_and_only_what_waits(book, clock):
    numbers = []
    for n in range(4):
        clock.time += 1
        numbers.append(book.appeals.file(objection(f"D-{n}")).id)
    book.appeals.take(numbers[1], author="rev")
    book.appeals.decide(numbers[0], AppealState.UPHELD, "No.", author="rev")
    assert [each.id for each in book.appeal_queue.page()] == numbers[1:]
    assert [each.owner for each in book.appeal_queue.page()] == ["rev", None, None]
    assert [each.id for each in book.appeal_queue.page(limit=1, offset=1)] == [numbers[2]]
    assert book.appeal_queue.count() == 3
    assert [each.id for each in book.appeal_queue.page(states=[AppealState.UPHELD])] == [numbers[0]]


def test_who_holds_it_decides_unless_somebody_takes_it_over(book):
    number = book.appeals.file(objection()).id
    assert book.appeals.take(number, author="Rev", seen=0).owner == "Rev"
    with pytest.raises(LockedError, match="Rev is working"):
        overturn(book, number, "bob")
    with pytest.raises(ChangedError):
        book.appeals.take(number, author="bob", seen=0)
    book.appeals.take(number, author="bob", seen=1)
    with pytest.raises(LockedError):
        overturn(book, number, "rev")
    done = overturn(book, number, "BOB")
    assert [step.state for step in done.steps] == ["taken", "taken", "overturned"]
    assert (done.owner, done.steps[-1].reason) == (None, "A campus.")
    with pytest.raises(UsageError, match="is overturned"):
        book.appeals.take(number, author="bob")
    with pytest.raises(UsageError):
        book.appeals.decide(number, AppealState.UPHELD, "x", author="bob")


def test_who_said_or_confirmed_fraud_may_not_decide(book, follow, ring):
    follow(ring("R-1", "abcd"), ring("R-2", "ef"))
    said = book.judgements.judge("R-1", Verdict.FRAUD, "x", author="ann")
    book.judgements.confirm(said.id, author="bob")
    book.judgements.withdraw(said.id, "x", author="cid")
    book.judgements.judge("R-2", Verdict.FRAUD, "x", author="eve")
    book.judgements.judge("R-1", Verdict.NOT_FRAUD, "x", author="dan", scope=Scope.MEMBERS, members=["b"])
    filed = book.appeals.file(objection())
    assert filed.first == ("ann", "bob")
    for first in ("ann", "BOB", "\uff41nn"):  # the last one is full-width
        with pytest.raises(AccessError, match="had a hand"):
            book.appeals.take(filed.id, author=first)
        with pytest.raises(AccessError, match="had a hand"):
            overturn(book, filed.id, first)
    overturn(book, filed.id, "dan")


def test_who_works_on_the_case_or_judges_meanwhile_may_not_decide(book, follow, ring):
    follow(ring("R-1", "abc"))
    book.cases.assign("R-1", "ann", author="lead")
    filed = book.appeals.file(objection())
    book.cases.assign("R-1", None, author="ann")
    book.judgements.judge("R-1", Verdict.FRAUD, "x", author="bob", scope=Scope.MEMBERS, members=["b"])
    for first in ("ann", "bob"):
        with pytest.raises(AccessError, match="had a hand"):
            overturn(book, filed.id, first)
    overturn(book, filed.id, "lead")


def test_who_decided_an_earlier_appeal_may_not_decide_the_next(book):
    first = book.appeals.file(objection())
    book.appeals.take(first.id, author="cid")
    book.appeals.take(first.id, author="rev")
    book.appeals.decide(first.id, AppealState.UPHELD, "No.", author="rev")
    again = book.appeals.file(objection())
    with pytest.raises(AccessError, match="had a hand"):
        overturn(book, again.id, "rev")
    overturn(book, again.id, "cid")


def test_where_there_are_accounts_it_takes_a_reviewers(book):
    for name, role in {"view": Role.VIEWER, "ana": Role.ANALYST, "rev": Role.REVIEWER, "root": Role.ADMIN}.items():
        book.accounts.add(name, role, None, author="root")
    book.accounts.add("gone", Role.REVIEWER, None, author="root")
    book.accounts.disable("gone", author="root")
    number = book.appeals.file(objection()).id
    for nobody in ("view", "ana", "gone", "stranger"):
        with pytest.raises(AccessError, match="role reviewer"):
            book.appeals.take(number, author=nobody)
    book.appeals.take(number, author="REV")
    book.appeals.take(number, author="root")


def test_an_overturned_decision_makes_somebody_in_no_ring_honest_until_it_is_taken_back(book, clock):
    number = book.appeals.file(objection()).id
    clock.time += 10
    overturn(book, number)
    assert labels(book) == {"a": "legit"}
    assert labels(book, clock.time - 1) == {}
    clock.time += 10
    gone = book.appeals.withdraw(number, "Forged papers.", author="bob")
    assert (gone.state, gone.steps[-1].reason) == (AppealState.WITHDRAWN, "Forged papers.")
    assert labels(book) == {}
    assert labels(book, clock.time - 1) == {"a": "legit"}
    assert book.appeal_queue.snoozes(gone) == ()


def test_an_upheld_decision_labels_nobody_and_is_not_taken_back(book):
    number = book.appeals.file(objection()).id
    done = book.appeals.decide(number, AppealState.UPHELD, "No.", author="rev")
    assert labels(book) == {}
    assert book.appeal_queue.snoozes(done) == ()
    with pytest.raises(UsageError, match="is upheld"):
        book.appeals.withdraw(number, "x", author="bob")


def test_the_latest_word_counts_be_it_of_an_appeal_or_of_a_judgement(book, clock, follow, ring):
    follow(ring("R-1", "abc"))
    book.judgements.judge("R-1", Verdict.FRAUD, "x", author="ann")
    overturn(book, book.appeals.file(objection()).id)
    assert labels(book) == {"a": "legit", "b": "fraud", "c": "fraud"}
    clock.time += 1
    again = book.judgements.judge("R-1", Verdict.FRAUD, "x", author="ann", scope=Scope.MEMBERS, members=["a"])
    assert labels(book) == dict.fromkeys("abc", "fraud")
    book.judgements.withdraw(again.id, "x", author="ann")
    assert labels(book)["a"] == "legit"


def test_a_case_is_decided_with_what_appeals_said_of_its_members_and_its_log_tells(book, follow, ring):
    follow(ring("R-1", "ab"), ring("R-2", "bc"))
    overturn(book, book.appeals.file(objection()).id)
    line = book.audit.changes("R-1")[0]
    assert (line.action, line.author, line.after["state"]) == ("appeal", "rev", "overturned")
    assert "appeal" not in {line.action for line in book.audit.changes("R-2")}
    book.judgements.judge("R-1", Verdict.FRAUD, "x", author="ann", scope=Scope.MEMBERS, members=["b"])
    assert book.cases.case("R-1").state == "decided"
    assert book.cases.case("R-2").state == "open"


def test_what_he_shares_is_snoozed_but_no_suspicious_hub(book, clock):
    done = overturn(book, book.appeals.file(objection()).id)
    until = clock.time + 180 * DAY
    found = [(each.rule, each.kind, each.key, each.until) for each in book.appeal_queue.snoozes(done)]
    assert found == [
        ("many_on_wifi", "applicant", "a", until),
        ("many_on_wifi", "wifi", "aa:bb", until),
        ("near_fraud", "applicant", "a", until),
    ]


def test_figures_of_each_rule(book):
    one = overturn(book, book.appeals.file(objection("D-1")).id)
    book.appeals.decide(book.appeals.file(objection("D-2", "b")).id, AppealState.UPHELD, "x", author="rev")
    overturn(book, book.appeals.file(objection("D-3", "c", HITS[1:])).id)
    book.appeals.file(objection("D-4", "d", HITS[:1]))
    figures = [(each.rule, each.overturned, each.upheld, each.waiting) for each in book.appeal_queue.per_rule()]
    assert figures == [("near_fraud", 2, 1, 0), ("many_on_wifi", 1, 1, 1)]
    book.appeals.withdraw(one.id, "x", author="bob")
    counted = {each.rule: each for each in book.appeal_queue.per_rule({"near_fraud": 40, "quiet": 7})}
    assert (counted["near_fraud"].overturned, counted["near_fraud"].decisions) == (1, 40)
    assert (counted["quiet"].overturned, counted["quiet"].decisions) == (0, 7)
    assert counted["many_on_wifi"].decisions == 0


@pytest.mark.parametrize("table", [APPEAL, APPEAL_RULE, APPEAL_STEP], ids=str)
def test_nothing_of_it_can_be_changed(book, table):
    overturn(book, book.appeals.file(objection()).id)
    for change in (table.update().values({table.c[0]: 7}), table.delete()):
        with pytest.raises(Exception, match="append-only"), book._desk.database.writing() as connection:
            connection.execute(change)


def test_what_is_not_there_is_not_found(book):
    for call in (book.appeals.appeal, lambda n: book.appeals.take(n, author="x"), lambda n: overturn(book, n)):
        with pytest.raises(NotFoundError):
            call(99)
