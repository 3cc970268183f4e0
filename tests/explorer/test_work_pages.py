"""The work on cases as the pages do it: taken, judged, noted, confirmed, undone, merged, split, reported."""

import sqlite3
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from app.explorer.frame import session
from app.explorer.queue.order import NOBODY
from cases.casebook import Casebook, open_casebook
from cases.desk import Rules
from cases.model import Mention, Scope, State, Verdict
from cases.people import Person, Role
from graph.language import Language
from graph.store.opening import open_store

SCRIPT = Path("app/explorer/entry.py").resolve()
Open = Callable[..., AppTest]
HOSTILE = (
    "<img src=http://canary.example/i.png onerror=alert(1)>",
    "</script><script>alert(2)</script>",
    "[click](javascript:alert(3)) ![look](http://canary.example/m.png)",
)


@pytest.fixture
def url(publish: Callable[..., str], tmp_path: Path) -> str:
    """A store whose rings have cases."""
    at = publish(f"sqlite:///{tmp_path}/store.db")
    with open_store(at) as store, open_casebook(at.removesuffix(".db") + ".cases.db") as book:
        run = store.runs.current()
        assert run
        ids = [ring.ring_id for ring in store.runs.rings(limit=1000)]
        book.follow(run, [ring for each in ids if (ring := store.runs.ring(each))])
    return at


@pytest.fixture
def book(url: str) -> Iterator[Casebook]:
    with open_casebook(url.removesuffix(".db") + ".cases.db", Rules(four_eyes=10)) as opened:
        yield opened


@pytest.fixture
def as_person(monkeypatch: pytest.MonkeyPatch) -> Callable[[str, Role], None]:
    """as_person("ann", Role.ANALYST): from now on, she looks."""
    return lambda name, role: monkeypatch.setattr(session, "person", lambda: Person(name, role))


@pytest.fixture
def opened(open_page: Open, url: str, as_person: Callable[[str, Role], None]) -> Open:
    """Opens the explorer at an address as Ann, an analyst."""
    as_person("ann", Role.ANALYST)
    return partial(open_page, url)


def texts(page: AppTest) -> str:
    assert not page.exception
    return "\n".join(element.value for element in (*page.text, *page.caption))


def downloads(page: AppTest) -> list[str]:
    """What the panel offers to save: the picture's own button is always there."""
    labels = [each.proto.label for each in page.get("download_button")]
    assert labels.count("Picture as a file") == 1
    return [label for label in labels if label != "Picture as a file"]


def queue(page: AppTest) -> list[str]:
    return list(page.dataframe[0].value["ring"]) if page.dataframe else []


def click(page: AppTest, key: str) -> AppTest:
    return page.button(key=key).click().run()


def test_the_queue_tells_state_owner_and_time_limit(opened: Open, book: Casebook) -> None:
    book.cases.assign("R-PLAIN", HOSTILE[2], author="bob")
    book.locks.take("R-HOSTILE", "bob")
    line = opened().dataframe[0].value
    assert list(line["state"])[:3] == ["In review", "Open", "Open"]
    assert list(line["age"])[:2] == ["Day 1 of 5", "Day 1 of 5"]
    assert line["owner"][0].startswith("[click](javascript")
    assert line["owner"][1] == " (held by bob)"


def test_overdue_cases_are_marked_and_asked_for(opened: Open, url: str) -> None:
    with sqlite3.connect(url.removeprefix("sqlite:///").removesuffix(".db") + ".cases.db") as database:
        database.execute("UPDATE ring_case SET due_at = opened_at - 86401 WHERE ring_id IN ('R-LARGE', 'R-00001')")
    page = opened()
    assert "Overdue by 2 days" in list(page.dataframe[0].value["age"])
    page.toggle(key="overdue").set_value(True).run()
    assert queue(page) == ["R-LARGE", "R-00001"]


def test_the_queue_is_filtered_by_state_and_owner(opened: Open, book: Casebook) -> None:
    book.cases.assign("R-PLAIN", "ann", author="ann")
    book.judgements.judge("R-LARGE", Verdict.NOT_FRAUD, "x", author="bob")
    page = opened()
    page.selectbox(key="owner").set_value("mine").run()
    assert queue(page) == ["R-PLAIN"]
    page.selectbox(key="owner").set_value(NOBODY).run()
    assert queue(page)[:2] == ["R-HOSTILE", "R-LARGE"]
    page.multiselect(key="state").set_value([State.OPEN]).run()
    assert queue(page)[:2] == ["R-HOSTILE", "R-00069"]
    page.selectbox(key="owner").set_value("")
    page.multiselect(key="state").set_value([State.DECIDED]).run()
    assert queue(page) == ["R-LARGE"]
    page.multiselect(key="state").set_value([])
    page.toggle(key="overdue").set_value(True).run()
    assert queue(page) == []


def test_an_id_is_found_by_its_beginning_and_nothing_else_is(opened: Open) -> None:
    page = opened()
    page.text_input(key="search").input("R-0006").run()
    assert queue(page) == [f"R-{number:05}" for number in range(69, 59, -1)]
    page.text_input(key="search").input("M-003").run()
    assert queue(page) == ["R-00003"]
    page.text_input(key="search").input("+8613925").run()
    assert queue(page) == []
    page.text_input(key="search").input("a1b2c3d4e5f607").run()
    assert queue(page) == []


def test_a_view_is_kept_for_whoever_kept_it(opened: Open, as_person: Callable[[str, Role], None]) -> None:
    page = opened()
    page.number_input(key="min_size").set_value(7)
    page.selectbox(key="order").select("size").run()
    page.text_input(key="view name").input(HOSTILE[0][:70])
    click(page, "keep view")
    page.number_input(key="min_size").set_value(0)
    page.selectbox(key="order").select("score").run()
    assert len(queue(page)) == 50
    page.selectbox(key="view").set_value(HOSTILE[0][:70]).run()
    assert queue(page) == ["R-LARGE"]
    click(page, "forget view")
    assert "view" not in {each.key for each in page.selectbox}
    as_person("bob", Role.ANALYST)
    assert "view" not in {each.key for each in opened().selectbox}


def test_a_case_is_taken_held_and_given_back(opened: Open, book: Casebook) -> None:
    page = opened(ring="R-PLAIN")
    assert "Nobody has it." in texts(page)
    click(page, "take R-PLAIN")
    assert "The case is yours." in texts(page)
    assert book.cases.case("R-PLAIN").owner == "ann"
    click(page, "hold R-PLAIN")
    assert "You hold it until" in texts(page)
    assert book.cases.case("R-PLAIN").locked_by == "ann"
    click(page, "release R-PLAIN")
    click(page, "give back R-PLAIN")
    case = book.cases.case("R-PLAIN")
    assert (case.owner, case.locked_by) == (None, None)


def test_who_holds_a_case_is_told_to_whoever_tries_to_change_it(opened: Open, book: Casebook) -> None:
    page = opened(ring="R-PLAIN")
    book.locks.take("R-PLAIN", "bob")
    page.text_area(key="why R-PLAIN").input("Seen before.")
    click(page, "judge R-PLAIN")
    assert "bob holds this case until" in texts(page)
    assert book.judgements.of(["R-PLAIN"]) == []
    assert page.text_area(key="why R-PLAIN").value == "Seen before.", "nothing that was written is lost"


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(opened: Open, book: Casebook) -> None:
    page = opened(ring="R-PLAIN")
    book.notes.add("R-PLAIN", "New.", author="bob")
    page.text_area(key="why R-PLAIN").input("Seen before.")
    click(page, "judge R-PLAIN")
    assert "Somebody changed this case since you looked at it." in texts(page)
    click(page, "judge R-PLAIN")
    assert [one.reason for one in book.judgements.of(["R-PLAIN"])] == ["Seen before."]


def test_fraud_in_a_large_ring_is_confirmed_by_a_second_person(
    opened: Open, book: Casebook, as_person: Callable[[str, Role], None]
) -> None:
    page = opened(ring="R-LARGE")
    page.button_group(key="verdict R-LARGE").set_value(Verdict.FRAUD).run()
    assert "From 10 members on, fraud counts only" in texts(page)
    page.text_area(key="why R-LARGE").input(HOSTILE[1])
    click(page, "judge R-LARGE")
    (said,) = book.judgements.of(["R-LARGE"])
    assert said.counts_from is None
    assert "waits for a second person" in texts(page)
    assert f"confirm {said.id}" not in {each.key for each in page.button}
    as_person("bob", Role.ANALYST)
    page = opened(ring="R-LARGE")
    assert f"confirm {said.id}" not in {each.key for each in page.button}, "an analyst is no reviewer"
    as_person("bob", Role.REVIEWER)
    page = click(opened(ring="R-LARGE"), f"confirm {said.id}")
    assert "counts, confirmed by bob" in texts(page)
    page.text_input(key=f"why undo {said.id}").input("Wrong ring.")
    click(page, f"undo {said.id}")
    assert "taken back by bob: Wrong ring." in texts(page)
    assert book.judgements.judgement(said.id).withdrawn_by == "bob"


def test_nobody_acts_beyond_his_role(opened: Open, book: Casebook, as_person: Callable[[str, Role], None]) -> None:
    page = opened(ring="R-PLAIN")
    page.text_area(key="why R-PLAIN").input("x")
    as_person("ann", Role.VIEWER)  # the page still has the button: the server says no
    click(page, "judge R-PLAIN")
    assert "You may not do this" in texts(page)
    assert book.judgements.of(["R-PLAIN"]) == []
    keys = {each.key for each in opened(ring="R-PLAIN").button}
    assert not {"judge R-PLAIN", "take R-PLAIN", "merge R-PLAIN", "attach R-PLAIN"} & keys


def test_one_link_and_some_members_are_judged(opened: Open, book: Casebook) -> None:
    page = opened(ring="R-PLAIN")
    page.button_group(key="verdict R-PLAIN").set_value(Verdict.HOUSEHOLD)
    page.button_group(key="scope R-PLAIN").set_value(Scope.LINK).run()
    page.multiselect(key="judged link R-PLAIN").set_value(["A-001", "A-002"])
    page.text_area(key="why R-PLAIN").input("Married.")
    click(page, "judge R-PLAIN")
    (said,) = book.judgements.of(["R-PLAIN"])
    assert (said.scope, said.members, said.verdict) == (Scope.LINK, ("A-001", "A-002"), Verdict.HOUSEHOLD)


def test_a_note_mentions_masked_evidence(opened: Open, book: Casebook) -> None:
    page = opened(ring="R-PLAIN")
    page.text_area(key="note R-PLAIN").input("Called.\nNobody answers.")
    page.multiselect(key="mentions R-PLAIN").set_value([0, 6])
    click(page, "add note R-PLAIN")
    (note,) = book.notes.of(["R-PLAIN"])
    assert note.evidence[0] == Mention(kind="Applicant", key="A-001")
    assert len(note.evidence) == 2
    assert note.evidence[1].key not in texts(page)
    assert "Called.\nNobody answers." in texts(page)
    assert "About: Applicant A-001, " in texts(page)


def test_a_file_comes_out_for_a_purpose_that_is_kept(opened: Open, book: Casebook) -> None:
    kept = book.attachments.add("R-PLAIN", HOSTILE[1], b"<script>alert(1)</script>", author="bob")
    page = opened(ring="R-PLAIN")
    click(page, f"take out {kept.id}")
    assert downloads(page) == []
    page.text_input(key=f"purpose {kept.id}").input("Complaint 12")
    click(page, f"take out {kept.id}")
    assert "Your purpose is in the log." in texts(page)
    assert book.audit.changes("R-PLAIN")[0].after == {"attachment": kept.id, "purpose": "Complaint 12"}
    assert downloads(page) == ["Save the file"]


def test_rings_are_merged_split_and_put_back(opened: Open, book: Casebook) -> None:
    page = opened(ring="R-PLAIN")
    page.multiselect(key="split off R-PLAIN").set_value(["A-005", "A-006"])
    page.text_input(key="why split R-PLAIN").input("Another broker.")
    click(page, "split R-PLAIN")
    assert "a ring and a case of their own" in texts(page)
    assert "2 members of R-PLAIN became R-PLAIN.1 by ann" in texts(page)
    page = opened()
    assert "R-PLAIN.1: 2 members of R-PLAIN. In review." in texts(page)
    click(page, "open R-PLAIN.1")
    assert "Ring R-PLAIN.1: 2 members, split off by hand from R-PLAIN" in texts(page)
    page.text_input(key="merge into R-PLAIN.1").input("R-00001")
    page.text_input(key="why merge R-PLAIN.1").input("The same device.")
    click(page, "merge R-PLAIN.1")
    assert "The rings are one" in texts(page)
    assert set(book.cases.members("R-00001")) >= {"A-005", "A-006"}
    first, second = sorted(book.regroupings.standing(), key=lambda one: one.id)
    for number in (second.id, first.id):
        page = opened(ring="R-PLAIN.1")
        page.text_input(key=f"why regroup {number}").input("No.")
        click(page, f"regroup {number}")
        assert "It is taken back." in texts(page)
    assert book.cases.members("R-PLAIN") == tuple(f"A-{number:03}" for number in range(1, 7))


def test_a_ring_merged_by_hand_leaves_the_queue(opened: Open, book: Casebook) -> None:
    book.regroupings.merge("R-PLAIN", "R-LARGE", "One.", author="ann")
    assert queue(opened())[:2] == ["R-HOSTILE", "R-LARGE"]
    assert "By hand, this ring is one with R-LARGE" in texts(opened(ring="R-PLAIN"))


def test_the_next_ring_follows_in_the_order_that_was_asked_for(opened: Open) -> None:
    page = opened()
    page.selectbox(key="order").select("size").run()
    click(page, "first ring")
    assert page.query_params["ring"] == "R-LARGE"
    click(page, "next ring")
    assert page.query_params["ring"] == "R-HOSTILE"


def test_reports_are_masked_unless_a_reviewer_says_why(
    opened: Open, book: Casebook, as_person: Callable[[str, Role], None]
) -> None:
    page = opened(ring="R-PLAIN")
    assert "whole R-PLAIN" not in {each.key for each in page.toggle}
    click(page, "make R-PLAIN")
    assert page.session_state["report"][2].startswith(b"%PDF-")
    assert page.get("download_button")
    as_person("rita", Role.REVIEWER)
    page = opened(ring="R-PLAIN")
    page.toggle(key="whole R-PLAIN").set_value(True)
    page.button_group(key="form R-PLAIN").set_value("csv").run()
    click(page, "make R-PLAIN")
    assert "report" not in page.session_state, "no purpose, no report"
    page.text_input(key="purpose R-PLAIN").input("Court")
    click(page, "make R-PLAIN")
    assert "王伟" in page.session_state["report"][2].decode()
    newest = book.audit.changes("R-PLAIN")[0]
    assert (newest.author, newest.after) == ("rita", {"form": "csv", "purpose": "Court"})


def test_the_work_is_told_in_chinese(opened: Open, book: Casebook) -> None:
    page = opened()
    page.button_group(key="language").set_value(Language.ZH).run()
    assert page.dataframe[0].value["state"][0] == "待处理"
    assert page.dataframe[0].value["age"][0] == "第 1 天，限 5 天"
    page = click(page, "first ring")
    assert "无人负责。" in texts(page)
    click(page, "take R-PLAIN")
    assert "案件已由您领取。" in texts(page)
