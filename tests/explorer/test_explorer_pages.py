"""What the pages say, run as Streamlit runs them, without a browser."""

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from app.explorer.queue import searching
from graph.language import Language

SCRIPT = Path("app/explorer/entry.py").resolve()

Open = Callable[..., AppTest]


def texts(page: AppTest) -> str:
    return "\n".join(element.value for element in page.text)


def listed(page: AppTest) -> list[str]:
    return [] if not page.dataframe else list(page.dataframe[0].value["ring"])


def test_the_queue_starts_with_the_largest_expected_loss(open_page: Open, sample_url: str) -> None:
    page = open_page(sample_url)
    assert not page.exception
    assert "73 rings among 622 applicants, by what was known on 2026-04-01 02:00 UTC" in texts(page)
    assert listed(page)[:4] == ["R-PLAIN", "R-HOSTILE", "R-LARGE", "R-00069"]
    assert "1 to 50 of 73 rings" in page.caption[0].value


def test_the_queue_is_filtered_and_sorted_in_the_store(open_page: Open, sample_url: str) -> None:
    page = open_page(sample_url)
    page.multiselect(key="change").select("new").run()
    assert listed(page) == ["R-HOSTILE", "R-LARGE"]
    page.selectbox(key="order").select("size").run()
    assert listed(page) == ["R-LARGE", "R-HOSTILE"]
    page.number_input(key="min_size").set_value(7).run()
    assert listed(page) == ["R-LARGE"]
    page.slider(key="min_score").set_value(0.9).run()
    assert listed(page) == []
    assert page.info[0].value == "No ring fits this search and these filters."


def test_a_ring_that_is_gone_is_shown_on_request(open_page: Open, publish: Callable[..., str], tmp_path: Path) -> None:
    url = publish(f"sqlite:///{tmp_path}/store.db", gone="R-PLAIN")
    page = open_page(url)
    assert "R-PLAIN" not in listed(page)
    assert "1 to 50 of 72 rings" in page.caption[0].value
    page.multiselect(key="change").select("gone").run()
    assert listed(page) == ["R-PLAIN"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("139 2571 6803", "Phone ****803: 3 applicants."),
        ("+86-139-2571-6803", "Phone ****803: 3 applicants."),
        ("3C-84-6A-12-34-56", "WiFi ****34:56: 4 applicants."),
        ("A1B2C3D4E5F60710", "Device ****0710: 3 applicants."),
        (" A-001 ", "Applicant A-001: 1 applicant."),
        ("R-PLAIN", "Ring R-PLAIN: 6 applicants."),
    ],
)
def test_an_identifier_as_an_analyst_writes_it_finds_its_ring(
    open_page: Open, sample_url: str, text: str, found: str
) -> None:
    page = open_page(sample_url)
    page.text_input(key="search").input(text).run()
    assert found in texts(page)
    assert listed(page) == ["R-PLAIN"]


def test_a_search_that_meets_nothing_says_so(open_page: Open, sample_url: str) -> None:
    page = open_page(sample_url)
    page.text_input(key="search").input("nobody at all").run()
    assert "Nothing in the graph is called that." in texts(page)
    assert listed(page) == []


def test_a_placeholder_is_named_as_one(open_page: Open, sample_url: str) -> None:
    page = open_page(sample_url)
    page.text_input(key="search").input("0.0.0.0").run()
    said = [line for line in texts(page).splitlines() if "a placeholder that stands for nobody" in line]
    assert len(said) == 1
    assert "IP address" in said[0]


def test_what_many_share_says_that_there_may_be_more(
    open_page: Open, sample_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(searching, "USERS", 3)
    page = open_page(sample_url)
    page.text_input(key="search").input("+86 139 2571 6803").run()
    assert "Phone ****803: 3 applicants or more" in texts(page)


def test_a_ring_shows_its_figures_and_masks_names(open_page: Open, sample_url: str) -> None:
    page = open_page(sample_url, ring="R-PLAIN")
    assert not page.exception
    figures = {metric.label: metric.value for metric in page.metric}
    assert figures["Ring"] == "R-PLAIN"
    assert figures["Score"] == "0.93"
    assert figures["Expected loss"] == "93,000.00"
    assert "Refusing all 6 members would harm about 1.2 honest people (20% of them), between 0 and 4" in texts(page)
    members, money, *_ = (frame.value for frame in page.dataframe)
    assert list(members["Applicant"]) == [f"A-{number:03}" for number in range(1, 7)]
    assert list(members["Name"])[:2] == ["A****", "王****"]
    assert list(members["Shares"]) == [2, 2, 3, 3, 2, 1]
    assert list(money["Amount"]) == [1250.00, 1250.01, 1250.02, 1250.03, 1250.04, 1250.05]


def test_reasons_are_told_in_chinese_once_chosen(open_page: Open, sample_url: str) -> None:
    page = open_page(sample_url, ring="R-PLAIN")
    assert "Members share what shared_device says." in texts(page)
    page.button_group(key="language").set_value(Language.ZH).run()
    assert not page.exception
    assert "6 名成员中有 4 名之间共有 2 台设备。" in texts(page)
    assert "预计误伤约 1.2 名正常客户（占 20%）" in texts(page)
    page.button(key="to queue").click().run()
    assert page.dataframe[0].value["why"][0] == "6 名成员中有 4 名之间共有 2 台设备。"
    assert page.dataframe[0].value["honest"][0] == pytest.approx(1.2)


def test_any_two_members_are_tied_step_by_step(open_page: Open, sample_url: str) -> None:
    page = open_page(sample_url, ring="R-PLAIN")
    page.selectbox(key="from R-PLAIN").set_value("A-006")
    page.selectbox(key="to R-PLAIN").set_value("A-003").run()
    said = texts(page)
    assert "1. A-006 and A-002 used the same device (****0711) between 2026-03-02 and 2026-03-11." in said
    assert "2. A-002 and A-003 were on the same WiFi (****34:56) between 2026-03-03 and 2026-03-12." in said
    page.selectbox(key="to R-PLAIN").set_value("A-006").run()
    assert page.info[0].value == "Choose two members."


def test_an_unknown_ring_is_told_as_text(open_page: Open, sample_url: str) -> None:
    page = open_page(sample_url, ring="R-<img src=x>")
    assert "There is no such ring" in page.warning[0].value
    assert "R-<img src=x>" in texts(page)


def test_before_the_first_run_the_page_says_what_to_do(open_page: Open, tmp_path: Path) -> None:
    page = open_page(f"sqlite:///{tmp_path}/empty.db")
    assert page.title[0].value == "No rings yet"
    assert "empty.db" in page.text[1].value
    assert page.code[0].value == "ringfence nightly FOLDER"


def test_a_store_that_is_down_is_said_plainly(open_page: Open) -> None:
    page = open_page("bolt://127.0.0.1:1")
    assert not page.exception
    assert "cannot be read right now" in page.error[0].value
    assert page.button[-1].label == "Try again"
