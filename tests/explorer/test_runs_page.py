"""The page of runs, over nights that really ran."""

import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from app.explorer.runs.correction import corrected
from app.explorer.runs.honest import judged
from app.settings import Settings
from app.wiring import casebook_of, store_of
from cases.model import Scope, Verdict
from graph.language import Language
from graph.ontology.nodes import APPLICANT

SCRIPT = Path("app/explorer/entry.py").resolve()
RINGFENCE = Path(sys.executable).parent / "ringfence"


@pytest.fixture(scope="module")
def lender(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A store after three nights that went well, the last with a bad row, and a fourth that found no folder."""
    folder = tmp_path_factory.mktemp("runs")
    settings = Settings(store=f"sqlite:///{folder}/store.db")
    (folder / "late").mkdir()
    good = "".join(f"late-{number},1\n" for number in range(30))
    (folder / "late" / "applicants.csv").write_text(f"applicant_id,created_at\n{good}late-30,<b>yesterday</b>\n")
    night = ("nightly", "--store", settings.store, "--reports", folder / "reports")
    for *call, code in (
        ("world", folder / "world", "--applicants", "1500", "--nights", "1", 0),
        (*night, folder / "world" / "initial", 0),
        (*night, folder / "world" / "night-01", 0),
        (*night, folder / "late", 0),
        (*night, folder / "nowhere", 65),
    ):
        assert subprocess.run([RINGFENCE, *call], check=False, cwd=folder, capture_output=True).returncode == code
    return settings


@pytest.fixture
def page(open_page: Callable[..., AppTest], lender: Settings) -> Callable[[], AppTest]:
    """Opens the page."""
    return lambda: open_page(lender.store, page="runs")


def texts(page: AppTest) -> str:
    return "\n".join(element.value for element in (*page.text, *page.caption))


def test_the_nights_are_there_and_the_failed_one_says_how_to_go_on(page: Callable[[], AppTest]) -> None:
    opened = page()
    assert not opened.exception
    nights = opened.dataframe[0].value
    assert list(nights["Ended as"]) == ["Failed", "Done", "Done", "Done"]
    assert (nights["Detection, s"].dropna() > 0).all()
    assert nights["Rows read"][3] > nights["Rows read"][2] > nights["Rows read"][1] == 31
    assert opened.error[0].value == "The last night failed in its step Loading."
    assert "still in force" in texts(opened)


def test_runs_are_compared(page: Callable[[], AppTest], lender: Settings) -> None:
    table = page().dataframe[1].value
    with store_of(lender) as store:
        runs = store.runs.runs()
    assert list(table["Run"]) == [run.run_id for run in runs]
    assert table["New"][2] == table["Rings"][2] == runs[2].rings
    living = ["New", "Same", "Grown", "Shrunk", "Merged", "Split"]
    assert table[living].sum(axis=1)[0] == table["Rings"][0]
    assert 0 < table["Drift of scores"][1] < 0.1


def test_the_data_and_its_quarantine_are_shown_masked(page: Callable[[], AppTest], lender: Settings) -> None:
    opened = page()
    tables = opened.dataframe[2].value.set_index("Table")
    with store_of(lender) as store:
        (row,) = store.ledger.quarantine()
        read = sum(load.rows_read for load in store.ledger.loads() if load.table == "applicants")
    assert (tables["Rows read"]["applicants"], tables["Quarantined"]["applicants"]) == (read, 1)
    shown = opened.dataframe[4].value
    assert shown[["Table", "Line", "Column"]].to_numpy().tolist() == [["applicants", 31, "created_at"]]
    assert list(shown["Value"]) == [row.value]


def test_rows_are_taken_out_for_a_purpose_corrected_and_loaded_again(
    page: Callable[[], AppTest], lender: Settings
) -> None:
    opened = page()
    purpose = next(field for field in opened.text_input if "taken out for" in field.label)
    take_out = next(button for button in opened.button if button.label == "Take out the rows")
    take_out.click().run()
    assert "quarantine taken" not in opened.session_state, "not without a purpose"
    purpose.set_value("Correct the date.").run()
    next(button for button in opened.button if button.label == "Take out the rows").click().run()
    assert not opened.exception
    taken = opened.session_state["quarantine taken"]
    assert b"<b>yesterday</b>" in taken
    with casebook_of(lender) as book:
        line = book.access.lines()[0]
    assert (line.action, line.what, line.purpose) == ("export", "quarantine", "Correct the date.")
    with store_of(lender) as store:
        bad = corrected(store, taken)
        assert (bad.released, len(bad.still_bad)) == (0, 1)
        done = corrected(store, taken.replace(b"<b>yesterday</b>", b"2026-06-01"))
        assert (done.released, len(done.still_bad)) == (1, 0)
        assert list(store.ledger.quarantine()) == []
        assert store.graph.node(APPLICANT, "late-30") is not None


def test_false_kills_are_told_as_expected_and_as_found(page: Callable[[], AppTest], lender: Settings) -> None:
    opened = page()
    assert "honest people of" in texts(opened)
    assert "Nobody has been judged yet" in opened.info[-1].value
    with store_of(lender) as store, casebook_of(lender) as book:
        ring = store.runs.ring(store.runs.rings()[0].ring_id)
        members = [member.applicant_id for member in ring.members[:2]]
        for verdict, who in zip((Verdict.NOT_FRAUD, Verdict.WATCH), members, strict=True):
            book.judgements.judge(ring.ring_id, verdict, "Seen.", author="ann", members=[who], scope=Scope.MEMBERS)
    found = page().dataframe[-1].value
    assert list(found["Honest"]) == [1, 1, 1, 1]
    assert list(found["Fraud"]) == [0, 0, 0, 0]


def test_judgements_are_counted_by_when_they_were_made() -> None:
    now = datetime(2026, 3, 1, tzinfo=UTC)
    at = [int((now - timedelta(days=days)).timestamp()) for days in (1, 20, 60, 400)]
    labels = pl.DataFrame({"label": ["fraud", "legit", "legit", "fraud"], "decided_at": at})
    found = judged(labels, now)
    assert found["Fraud"].to_list() == [1, 1, 1, 2]
    assert found["Honest"].to_list() == [0, 1, 2, 2]
    assert found["Honest, %"].to_list() == [0.0, 50.0, 66.7, 50.0]


def test_the_page_speaks_chinese(page: Callable[[], AppTest]) -> None:
    opened = page()
    opened.button_group(key="language").set_value(Language.ZH).run()
    assert not opened.exception
    assert opened.title[0].value == "运行记录"
    assert list(opened.dataframe[0].value["结果"]) == ["失败", "完成", "完成", "完成"]
