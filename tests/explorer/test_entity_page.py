"""The pages of a person and of an identifier."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from app.settings import Settings
from app.wiring import casebook_of
from cases.model import Scope, Verdict
from graph.language import Language
from graph.results import LIVING
from graph.store.contract import RingFilter
from graph.store.opening import open_store

SCRIPT = Path("app/explorer/entry.py").resolve()
PHONE = "+8613925716803"

Open = Callable[..., AppTest]


@pytest.fixture
def opened(open_page: Open, sample_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Open:
    """Opens the explorer at an address."""
    monkeypatch.setenv("RINGFENCE_CASES", f"sqlite:///{tmp_path}/cases.db")
    return partial(open_page, sample_url)


def texts(page: AppTest) -> str:
    return "\n".join(element.value for element in (*page.text, *page.caption))


def click(page: AppTest, key: str, label: str) -> AppTest:
    """As the browser tells of a click on a button of a table."""
    page.session_state[f"{key} clicked"] = {"label": label}
    return page.run()


def test_a_person_is_shown_from_all_sides(opened: Open) -> None:
    page = opened(person="A-003")
    assert not page.exception
    assert not page.error
    assert "A-003 B***" in texts(page)
    assert "By what was known on 2026-04-01 02:00 UTC" in texts(page)
    things = next(frame.value for frame in page.dataframe if "Identifier" in frame.value)
    assert {"****0710", "****34:56", "****803"} <= set(things["Identifier"])
    phone = things[things["Identifier"] == "****803"].iloc[0]
    assert (phone["Applicants"], phone["First seen"]) == ("3", "2026-03-01")
    assert phone["Weight in rings"] == "3.0"
    money = next(frame.value for frame in page.dataframe if "Out" in frame.value)
    assert sorted(money["With"]) == ["A-002", "A-004"]
    assert PHONE not in str([frame.value for frame in page.dataframe])


def test_from_a_person_to_what_he_has_and_on_to_who_shares_it(opened: Open) -> None:
    page = click(opened(person="A-003"), "things", "****803")
    assert not page.exception
    assert page.query_params["person"] == "A-003"
    assert PHONE[-8:] not in str(page.query_params)
    assert page.title[0].value == "Phone"
    assert "****803: 3 applicants" in texts(page)
    users = next(frame.value for frame in page.dataframe if "How" in frame.value)
    assert sorted(users["Applicant"]) == ["A-003", "A-004", "A-005"]
    assert list(users["Rings"]) == ["R-PLAIN"] * 3
    assert "Seen together." in texts(page)
    onward = click(page, "users", "A-005")
    assert "A-005 C***" in texts(onward)


def test_a_member_of_a_ring_opens_his_page(opened: Open) -> None:
    page = click(opened(ring="R-PLAIN"), "members", "A-002")
    assert page.query_params["person"] == "A-002"
    assert "A-002 王****" in texts(page)


def test_a_link_to_a_thing_works_again_and_for_nobody_else(opened: Open) -> None:
    page = click(opened(person="A-003"), "things", "****803")
    thing = page.query_params["thing"]
    assert opened(person="A-004", thing=thing).title[0].value == "Phone"
    assert "nothing that the link stands for" in opened(person="A-001", thing=thing).warning[0].value
    assert "nothing that the link stands for" in opened(person="A-003", thing="长").warning[0].value
    assert "Nobody in the graph has this id" in opened(person="nobody").warning[0].value


def test_what_was_said_of_a_person_is_there(opened: Open, sample_url: str, tmp_path: Path) -> None:
    with open_store(sample_url) as store, casebook_of(Settings(cases=f"sqlite:///{tmp_path}/cases.db")) as book:
        run = store.runs.current()
        book.follow(run, [store.runs.ring(one.ring_id) for one in store.runs.rings(RingFilter(change=LIVING))])
        text = "Two brothers, [seen](http://canary.example)"
        members = ["A-003", "A-004"]
        book.judgements.judge("R-PLAIN", Verdict.HOUSEHOLD, text, author="ann", members=members, scope=Scope.MEMBERS)
    page = opened(person="A-003")
    said = next(frame.value for frame in page.dataframe if "Verdict" in frame.value)
    assert said[["Verdict", "State", "By", "Ring"]].to_numpy().tolist() == [["Household", "Counts", "ann", "R-PLAIN"]]
    assert not any("Verdict" in frame.value for frame in opened(person="A-001").dataframe)


def test_hostile_names_are_text(opened: Open, sample_url: str) -> None:
    with open_store(sample_url) as store:
        members = [member.applicant_id for member in store.runs.ring("R-HOSTILE").members]
    for who in members:
        page = opened(person=who)
        assert not page.exception
        assert not page.error
        assert not page.markdown or all("canary" not in element.value for element in page.markdown)


def test_the_page_speaks_chinese(opened: Open) -> None:
    page = opened(person="A-003")
    page.button_group(key="language").set_value(Language.ZH).run()
    assert not page.exception
    assert page.title[0].value == "申请人"


def test_names_that_are_there_twice_open_what_they_are_about() -> None:
    def script() -> None:
        import streamlit  # noqa: PLC0415

        from app.explorer.table import show as table  # noqa: PLC0415

        chosen = table({"key": ["****1", "****1"]}, ["first", "second"], key="twins")
        streamlit.text(chosen or "none")

    page = AppTest.from_function(script).run()
    assert page.text[0].value == "none"
    assert list(page.dataframe[0].value["key"]) == ["****1", "****1 (2)"]
    assert click(page, "twins", "****1 (2)").text[0].value == "second"
