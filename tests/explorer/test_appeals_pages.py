"""The inbox of appeals as reviewers use it: what waits, the decision as it was, what the picture says, decided."""

import re
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from app.explorer.appeals import picture
from app.explorer.frame import session
from cases.appeal_model import Appeal, AppealState, Entity, Hit, Linked, Objection
from cases.casebook import Casebook, open_casebook
from cases.model import Scope, Verdict
from cases.people import Person, Role
from decisions.log.log import open_decision_log
from decisions.log.record import DecisionRecord
from decisions.outcome import Outcome
from graph.store.opening import open_store

Open = Callable[..., AppTest]
NOW = 1_775_000_000  # before the run of the sample
WIFI = Entity(kind="wifi", key="3c:84:6a:12:34:56", hub="campus", applicants=("A-002", "A-003"))
DEVICE = Entity(kind="device", key="a1b2c3d4e5f60710", hub="suspicious", applicants=("A-003",))
HITS = (Hit(rule="many_on_wifi", code="WIFI", told={"en": "Many on it.", "zh": "人数众多。"}, entities=("wifi",)),)
HOSTILE = "<img src=http://canary.example/i.png onerror=alert(1)> ![x](http://canary.example/m.png) \u202e"


@pytest.fixture
def url(publish: Callable[..., str], tmp_path: Path) -> str:
    """A store with a run whose rings have cases."""
    at = publish(f"sqlite:///{tmp_path}/store.db")
    with open_store(at) as store, open_casebook(beside(at, "cases")) as book:
        run, ring = store.runs.current(), store.runs.ring("R-PLAIN")
        assert run
        assert ring
        book.follow(run, [ring])
    return at


def beside(url: str, what: str) -> str:
    return f"{url.removesuffix('.db')}.{what}.db"


@pytest.fixture
def book(url: str) -> Iterator[Casebook]:
    with open_casebook(beside(url, "cases")) as opened:
        yield opened


def objection(**other: object) -> Objection:
    values = {
        "decision_id": "D-1", "applicant_id": "A-001", "application_id": "P-1", "outcome": "reject",
        "decided_at": NOW, "hits": HITS, "entities": (WIFI,), "links": (), "text": "I study there.",
    }  # fmt: skip
    return Objection.model_validate(values | other)


@pytest.fixture
def as_person(monkeypatch: pytest.MonkeyPatch) -> Callable[[str, Role], None]:
    return lambda name, role: monkeypatch.setattr(session, "person", lambda: Person(name, role))


@pytest.fixture
def opened(open_page: Open, url: str, as_person: Callable[[str, Role], None]) -> Open:
    """Opens the explorer at an address as Rev, a reviewer."""
    as_person("rev", Role.REVIEWER)
    return partial(open_page, url)


def texts(page: AppTest) -> str:
    assert not page.exception
    return "\n".join(element.value for element in (*page.text, *page.caption, *page.info, *page.warning))


def click(page: AppTest, key: str) -> AppTest:
    return page.button(key=key).click().run()


def test_the_inbox_has_the_oldest_first_and_tells_their_age(opened: Open, book: Casebook) -> None:
    assert "No appeal waits" in texts(opened(page="appeals"))
    first, second = book.appeals.file(objection()), book.appeals.file(objection(decision_id="D-2", text=HOSTILE))
    book.appeals.take(second.id, author="cid")
    lines = opened(page="appeals").dataframe[0].value
    assert list(lines["Appeal"]) == [str(first.id), str(second.id)]
    assert list(lines["Looked at by"]) == ["", "cid"]
    assert list(lines["Time limit"]) == ["Day 1 of 5"] * 2
    assert list(lines["Rules that hit"]) == ["many_on_wifi"] * 2
    book.appeals.decide(first.id, AppealState.UPHELD, "No.", author="cid")
    page = opened(page="appeals")
    assert list(page.dataframe[0].value["Appeal"]) == [str(second.id)]
    page.segmented_control(key="which appeals").set_value("decided").run()
    assert list(page.dataframe[0].value["State"]) == ["Upheld"]


def test_the_page_shows_the_decision_as_it_was_and_what_the_picture_says(opened: Open, book: Casebook) -> None:
    number = book.appeals.file(objection(text=f"I study there.\n{HOSTILE}")).id
    page = opened(appeal=str(number))
    said = texts(page)
    for text in ("I study there.", "P-1", "Rejected", "many_on_wifi", "2026-03-31", "Nobody has it."):
        assert text in said
    assert "Linked to A-003 (known fraud), A-004." in texts(_opened_with_links(opened, book))
    assert "speaks against the decision: no suspicious link but a shared campus WiFi." in said
    assert "\u202e" not in said
    assert WIFI.key not in said


def _opened_with_links(opened: Open, book: Casebook) -> AppTest:
    links = (Linked(applicant_id="A-003", fraud=True), Linked(applicant_id="A-004"))
    return opened(appeal=str(book.appeals.file(objection(decision_id="D-2", links=links)).id))


def test_the_page_of_the_person_tells_of_his_appeals(opened: Open, book: Casebook) -> None:
    book.appeals.decide(book.appeals.file(objection()).id, AppealState.OVERTURNED, "x", author="cid")
    assert "Appeal 1: Overturned, " in texts(opened(person="A-001"))
    assert "Appeal" not in texts(opened(person="A-002"))


def test_it_is_taken_and_overturned_and_what_had_hit_rests(opened: Open, book: Casebook, url: str) -> None:
    number = book.appeals.file(objection()).id
    page = click(opened(appeal=str(number)), "take appeal")
    assert "The appeal is yours." in texts(page)
    page = click(page, "overturn")
    assert "empty" in texts(page)
    page.text_area(key=f"why appeal {number}").set_value("A campus.")
    page = click(page, "overturn")
    assert "The decision is overturned." in texts(page)
    assert "A campus." in texts(page)
    assert book.appeals.appeal(number).state is AppealState.OVERTURNED
    assert book.standing(2**40).labels.rows()[0][:2] == ("A-001", "legit")
    with open_decision_log(beside(url, "decisions")) as log:
        at = book.appeals.appeal(number).steps[-1].at
        assert {each.entity_kind for each in log.snoozes(at)} == {"applicant", "wifi"}
        assert {each.author for each in log.snoozes(at)} == {"rev"}
        page.text_input(key=f"why appeal {number}").set_value("Forged.")
        assert "taken back" in texts(click(page, "withdraw"))
        assert log.snoozes(book.appeals.appeal(number).steps[-1].at) == []


def test_who_had_a_hand_in_it_is_told_and_refused(
    opened: Open, book: Casebook, as_person: Callable[[str, Role], None]
) -> None:
    number = book.appeals.file(objection()).id
    page = opened(appeal=str(number))
    book.judgements.judge("R-PLAIN", Verdict.FRAUD, "x", author="rev", scope=Scope.MEMBERS, members=["A-002"])
    page.text_area(key=f"why appeal {number}").set_value("x")
    assert "had no hand in the decision" in texts(click(page, "overturn"))
    assert "somebody else decides this appeal" in texts(opened(appeal=str(number)))
    assert book.appeals.appeal(number).state is AppealState.OPEN


def test_one_that_somebody_else_has_is_taken_over_first(opened: Open, book: Casebook) -> None:
    number = book.appeals.file(objection()).id
    book.appeals.take(number, author="cid")
    page = opened(appeal=str(number))
    assert "cid is looking at it" in texts(page)
    assert "overturn" not in {button.key for button in page.button}
    book.appeals.take(number, author="dan")
    assert "Somebody changed this appeal" in texts(click(page, "take appeal"))
    click(page, "take appeal")
    assert book.appeals.appeal(number).owner == "rev"


@pytest.mark.parametrize("role", [Role.VIEWER, Role.ANALYST])
def test_it_is_for_reviewers(
    open_page: Open, url: str, book: Casebook, as_person: Callable[[str, Role], None], role: Role
) -> None:
    number = book.appeals.file(objection()).id
    as_person("ann", role)
    for query in ({"page": "appeals"}, {"appeal": str(number)}):
        page = open_page(url, **query)
        assert "takes the role reviewer" in texts(page)
        assert "I study there." not in texts(page)
        assert not page.dataframe
    assert "to appeals" not in {button.key for button in open_page(url).button}


def test_a_role_that_is_lost_meanwhile_is_asked_for_again(
    opened: Open, book: Casebook, as_person: Callable[[str, Role], None]
) -> None:
    number = book.appeals.file(objection()).id
    page = opened(appeal=str(number))
    as_person("rev", Role.ANALYST)
    click(page, "take appeal")
    assert book.appeals.appeal(number).owner is None


@pytest.mark.parametrize("asked", ["0", "99", "-1", "x", "1" * 40, "١"])
def test_an_appeal_that_is_not_there(opened: Open, asked: str) -> None:
    assert "There is no such appeal." in texts(opened(appeal=asked))


def test_figures_of_each_rule(opened: Open, book: Casebook) -> None:
    assert "count here as a false kill" in texts(opened(page="appeals"))
    for n, how in enumerate((AppealState.OVERTURNED, AppealState.OVERTURNED, AppealState.UPHELD)):
        book.appeals.decide(book.appeals.file(objection(decision_id=f"D-{n}")).id, how, "x", author="cid")
    lines = opened(page="appeals").dataframe[-1].value
    assert lines.iloc[0].tolist() == ["many_on_wifi", 2, 1, 0, 66.67]


def test_figures_of_each_rule_beside_its_decisions(opened: Open, book: Casebook, url: str) -> None:
    book.appeals.decide(book.appeals.file(objection()).id, AppealState.OVERTURNED, "x", author="cid")
    with open_decision_log(beside(url, "decisions")) as log:
        for n in range(8):
            log.accept(decision(n, rules=("many_on_wifi", "quiet") if n < 3 else ("many_on_wifi",)))
    lines = opened(page="appeals").dataframe[-1].value
    assert lines.columns.tolist()[-3:] == ["Decisions", "Overturned of appeals, %", "Overturned of decisions, %"]
    assert lines.iloc[0].tolist() == ["many_on_wifi", 1, 0, 0, 8, 100.0, 12.5]
    assert lines.iloc[1].tolist()[:5] == ["quiet", 0, 0, 0, 3]


def decision(number: int, rules: tuple[str, ...]) -> DecisionRecord:
    return DecisionRecord(
        decision_id=f"D-{number}", application_id="P", applicant_id="A-001", at=NOW, decided_at=NOW * 1_000_000,
        outcome=Outcome.REJECT, score=0.9, rules_version="1", run_id=None, latency_us=1, application=b"{}", body=b"{}",
        rules=rules,
    )  # fmt: skip


def test_a_log_that_is_down_leaves_the_appeals_as_they_are(
    opened: Open, book: Casebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    book.appeals.file(objection())
    monkeypatch.setenv("RINGFENCE_DECISIONS", "postgresql://u:secret@127.0.0.1:1/x")
    page = opened(page="appeals")
    assert "does not answer" in texts(page)
    assert "secret" not in str(page)
    assert list(page.dataframe[0].value["Appeal"]) == ["1"]
    assert page.dataframe[-1].value.iloc[0].tolist()[:4] == ["many_on_wifi", 0, 0, 1]


@pytest.mark.parametrize("decided", [False, True])
def test_in_chinese_nothing_is_left_in_english(opened: Open, book: Casebook, decided: bool) -> None:
    number = book.appeals.file(objection(links=(Linked(applicant_id="A-003", fraud=True),))).id
    if decided:
        book.appeals.decide(number, AppealState.OVERTURNED, "误判。", author="李娜")
    page = opened(appeal=str(number))
    page.session_state["language"] = "zh"
    page.run()
    said = [*texts(page).splitlines(), *(button.label for button in page.button)]
    words = {word for text in said for word in re.findall("[A-Za-z]{4,}", text)} - {"WiFi", "English"}
    assert words <= {"many", "wifi", "study", "there"}  # what the customer and the rules are called


@pytest.mark.parametrize(
    ("entities", "links", "words"),
    [
        ((), (), "speaks against the decision: nothing of this application is shared"),
        ((WIFI, WIFI), (), "no suspicious link but a shared campus WiFi."),
        ((WIFI, Entity(kind="ip", key="1.2.3.4", hub="carrier_nat")), (), "shared campus WiFi, carrier IP address."),
        ((WIFI, DEVICE), (), "speaks for the decision: the application came with a suspicious device."),
        ((WIFI,), (Linked(applicant_id="x"),), "settles nothing: one applicant is linked"),
        ((WIFI,), (Linked(applicant_id="x", fraud=True), Linked(applicant_id="y")), "confirms the decision"),
        ((Entity(kind="contact", key="+8613", hub="public"),), (), "shared public contact."),
        ((Entity(kind="spaceship", key="7", hub="new_kind"),), (), "but a shared spaceship."),
    ],
)
def test_what_the_picture_says(entities: tuple[Entity, ...], links: tuple[Linked, ...], words: str) -> None:
    assert words in picture.finding(appeal(entities=entities, links=links))


def test_the_picture_has_everybody_whom_the_decision_named_and_each_reason_lights_its_evidence(url: str) -> None:
    whole = Hit(rule="linked", code="LINKED", told={"en": "Linked."})
    filed = appeal(entities=(WIFI, DEVICE), links=(Linked(applicant_id="A-004"),), hits=(*HITS, whole))
    with open_store(url) as store:
        ring = picture.as_ring(store, filed)
    assert [each.applicant_id for each in ring.members] == ["A-001", "A-004", "A-002", "A-003"]
    assert {(each.code, each.kind, each.applicants) for each in ring.evidence} == {
        ("WIFI", "Wifi", ("A-001", "A-002", "A-003")),
        ("shared_otherwise", "Device", ("A-001", "A-003")),
    }
    told = {each["code"]: each for each in picture.reasons(filed)["reasons"]}
    assert told["WIFI"]["text"] == "Many on it."
    assert told["LINKED"]["unseen"]
    assert WIFI.key not in str(told)


def appeal(**other: object) -> Appeal:
    values = objection(**other).model_dump()
    return Appeal.model_validate(values | {"id": 1, "round": 0, "first": (), "at": 1, "due_at": 2, "overdue": False})
