"""The first start: an empty store says what to do, and one button makes a sample lender for an administrator."""

from collections.abc import Callable
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from app.explorer.frame import sample
from app.settings import Settings
from app.wiring import casebook_of
from cases.people import Role
from graph.store.opening import open_store

SCRIPT = Path("app/explorer/entry.py").resolve()
Open = Callable[[], AppTest]


@pytest.fixture
def store(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/first.db"


@pytest.fixture
def opened(store: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> AppTest:
    monkeypatch.setenv("RINGFENCE_STORE", store)
    monkeypatch.setenv("RINGFENCE_WORK_DIR", str(tmp_path / "work"))
    st.cache_resource.clear()
    st.cache_data.clear()
    page = AppTest.from_file(str(SCRIPT), default_timeout=200).run()
    assert not page.exception
    return page


def shown(page: AppTest) -> str:
    return "\n".join(str(each.value) for each in [*page.text, *page.info, *page.error, *page.markdown, *page.title])


def test_one_button_leads_from_nothing_to_a_queue(
    opened: AppTest, store: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(sample, "APPLICANTS", 1_000)
    opened.button(key="sample").click().run()
    assert not opened.exception
    assert [title.value for title in opened.title] == ["Fraud rings"]
    with open_store(store) as made:
        run = made.runs.current()
        assert run is not None
        assert run.rings > 0
    with casebook_of(Settings(store=store)) as book:
        assert len(book.cases.list()) > 0
    assert list((tmp_path / "work").glob("sample-*")) == []


def test_what_went_wrong_is_said_and_nothing_is_left_behind(
    opened: AppTest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("RINGFENCE_MAX_BAD_SHARE", "no number")
    opened.button(key="sample").click().run()
    assert "The sample lender was not made." in shown(opened)
    assert "RINGFENCE_MAX_BAD_SHARE" in shown(opened)
    assert list((tmp_path / "work").glob("sample-*")) == []


def test_a_store_with_data_is_never_filled_up(opened: AppTest, store: str, publish: Callable[..., str]) -> None:
    publish(store)
    opened.button(key="sample").click().run()
    assert [title.value for title in opened.title] == ["Fraud rings"]
    with open_store(store) as kept:
        assert [run.run_id for run in kept.runs.runs()] == ["RUN-1"]


def test_only_an_administrator_is_offered_it(opened: AppTest, store: str) -> None:
    with casebook_of(Settings(store=store)) as book:
        book.accounts.add("Ann", Role.ANALYST, "four quiet green herons", author="test")
        ann = next(each for each in book.accounts.list() if each.name == "Ann")
        token = book.logins.begin(ann)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("app.explorer.frame.session.token", lambda: token)
        opened.run()
        assert "No rings yet" in shown(opened)
        assert [each.key for each in opened.button if each.key == "sample"] == []
