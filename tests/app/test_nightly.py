import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import polars as pl
import pytest
from polars.exceptions import PanicException

from app.nightly.night import Night, Work
from app.nightly.report import NightReport, Status
from app.settings import Settings
from app.wiring import store_of
from graph.ontology.nodes import PHONE

HOLD = """
import sys
from graph.store.opening import open_store
with open_store(sys.argv[1]) as store, store.exclusive(sys.argv[2]):
    print("held", flush=True)
    sys.stdin.read()
"""


@contextmanager
def another_process_holds(work: str, url: str) -> Iterator[None]:
    command = [sys.executable, "-c", HOLD, url, work]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout.readline() == "held\n"
        yield
        holder.stdin.close()


def too_deep_for_a_report(folder: Path) -> Path:
    """A folder that takes files, but none with a name as long as a report's."""
    room = os.pathconf(folder, "PC_PATH_MAX") - len("/nightly.html")
    while len(str(folder)) < room - 2:
        folder /= "x" * min(200, room - len(str(folder)) - 1)
    return folder


@pytest.fixture(params=["sqlite", pytest.param("neo4j", marks=pytest.mark.neo4j)])
def url(request: pytest.FixtureRequest, settings: Settings) -> str:
    """An empty store."""
    return settings.store if request.param == "sqlite" else request.getfixturevalue("empty_neo4j")


@pytest.fixture
def night(ringfence, tmp_path: Path):
    """night(folder, url): one night's exit, and its report."""

    def one(folder: Path, url: str):
        said = ringfence("nightly", folder, "--reports", tmp_path / "reports", "--store", url, "--json")
        return said, NightReport.model_validate_json(said.out) if said.out else None

    return one


def test_the_reasons_of_the_rings_are_told_in_the_language_asked_for(
    small_world: Path, ringfence, settings: Settings, tmp_path: Path
) -> None:
    folder = tmp_path / "reports"
    options = ("--reports", folder, "--store", settings.store, "--lang", "zh", "--json")
    said = ringfence("nightly", small_world / "initial", *options)
    report = NightReport.model_validate_json(said.out)
    assert report.findings
    assert all(ring.headline.endswith("。") for ring in report.findings.top)
    (page,) = folder.glob("*.html")
    assert f'lang="zh">{report.findings.top[0].headline}<' in page.read_text(encoding="utf-8")


def kept_nights(url: str) -> list[NightReport]:
    with store_of(Settings(store=url)) as store:
        return [NightReport.model_validate_json(each.report) for each in store.ledger.nights()]


def run_in_force(url: str) -> str | None:
    with store_of(Settings(store=url)) as store:
        run = store.runs.current()
    return run.run_id if run else None


def test_nights_follow_each_other(small_world: Path, night, url: str, tmp_path: Path) -> None:
    said, first = night(small_world / "initial", url)
    assert (said.code, said.err, first.status, first.failure) == (0, "", Status.DONE, None)
    assert [step.name for step in first.steps] == ["ingest", "detect", "compare"]
    assert first.in_force == run_in_force(url)
    counts = {each.change.value: each.count for each in first.findings.changes}
    assert counts["new"] == len(first.findings.top) == first.findings.run.rings > 0
    assert sum(counts.values()) == counts["new"]
    scored = sum(each.applicants for each in first.findings.scores)
    assert scored > 0
    assert first.findings.clear + scored == first.findings.run.applicants
    assert {table.table for table in first.tables} >= {"applicants", "transfers", "applicant_device"}

    _, second = night(small_world / "night-01", url)
    assert (second.status, second.previous) == (Status.DONE, first.in_force)
    assert second.in_force == run_in_force(url) != first.in_force
    assert second.findings.run.as_of > first.findings.run.as_of
    changes = {each.change.value: each for each in second.findings.changes}
    kept = sum(changes[name].count for name in ("same", "grown", "shrunk", "merged", "split"))
    assert kept > 0
    assert all(len(each.ring_ids) == each.count for name, each in changes.items() if name != "same")

    _, third = night(small_world / "night-01", url)
    assert (third.status, third.tables) == (Status.DONE, ())
    assert {each.change.value for each in third.findings.changes if each.count} == {"same"}


def test_the_report_is_written_in_three_forms_that_agree(
    small_world: Path, night, settings: Settings, tmp_path: Path
) -> None:
    _, report = night(small_world / "initial", settings.store)
    written = {each.suffix: each.read_text(encoding="utf-8") for each in (tmp_path / "reports").iterdir()}
    assert set(written) == {".html", ".md", ".json"}
    assert NightReport.model_validate_json(written[".json"]) == report
    for text in (written[".html"], written[".md"]):
        for ring in report.findings.top:
            assert ring.ring_id in text
    assert written[".html"].count("<svg") == 3


def test_a_second_night_at_the_same_time_ends_at_once(small_world: Path, night, url: str, tmp_path: Path) -> None:
    with another_process_holds("nightly", url):
        said, report = night(small_world / "initial", url)
    assert (said.code, report) == (75, None)
    assert "Traceback" not in said.err
    assert not list((tmp_path / "reports").iterdir())
    assert run_in_force(url) is None


def test_a_failed_step_leaves_the_last_result_in_force_and_says_how_to_go_on(
    small_world: Path, night, url: str, tmp_path: Path
) -> None:
    _, first = night(small_world / "initial", url)
    with another_process_holds("detect", url):
        said, failed = night(small_world / "night-01", url)
    assert said.code == 75
    assert (failed.status, failed.failure.step, failed.failure.exit_code) == (Status.FAILED, "detect", 75)
    assert failed.in_force == run_in_force(url) == first.in_force
    assert f"Run {first.in_force} is still in force" in failed.failure.go_on
    assert failed.findings is None
    assert failed.tables, "what was ingested is told"
    assert [report.status for report in kept_nights(url)] == [Status.FAILED, Status.DONE]
    assert kept_nights(url)[0] == failed
    assert len(list((tmp_path / "reports").glob("*.html"))) == 2

    said, again = night(small_world / "night-01", url)
    assert (said.code, again.status, again.tables) == (0, Status.DONE, ())
    assert again.previous == first.in_force


def test_a_refused_table_stops_the_night_before_detection(
    small_world: Path, night, settings: Settings, tmp_path: Path
) -> None:
    day = tmp_path / "day"
    shutil.copytree(small_world / "initial", day)
    table = next(day.glob("applicants.*"))
    rows = pl.read_parquet(table)
    table.unlink()
    rows.with_columns(created_at=pl.lit("<b>never</b>")).write_csv(day / "applicants.csv")
    said, report = night(day, settings.store)
    assert said.code == 65
    assert (report.failure.step, report.failure.exit_code) == ("ingest", 65)
    assert "applicants" in report.failure.error
    refused = {each.table: each.refused for each in report.tables if each.refused}
    assert list(refused) == ["applicants"]
    assert run_in_force(settings.store) is None

    (day / "applicants.csv").unlink()
    rows.write_parquet(table)
    said, report = night(day, settings.store)
    assert (said.code, report.status) == (0, Status.DONE)
    assert [each.table for each in report.tables] == ["applicants"]


def test_a_folder_that_is_not_there_is_reported_too(night, settings: Settings, tmp_path: Path) -> None:
    said, report = night(tmp_path / "nowhere", settings.store)
    assert (said.code, report.failure.step, report.failure.exit_code) == (65, "ingest", 65)
    assert "No run is published yet" in report.failure.go_on


def test_a_folder_that_cannot_hold_the_report_stops_the_night_before_its_first_step(
    small_world: Path, ringfence, settings: Settings, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("in the way")
    reports = tmp_path / "file" / "reports"
    said = ringfence("nightly", small_world / "initial", "--reports", reports, "--store", settings.store)
    assert (said.code, str(reports) in said.err) == (74, True)
    with store_of(settings) as store:
        assert (store.ledger.loads(), store.runs.current()) == ([], None)


def test_a_report_that_cannot_be_written_in_the_end_names_the_run_in_force(
    small_world: Path, ringfence, settings: Settings, tmp_path: Path
) -> None:
    folder = too_deep_for_a_report(tmp_path)
    said = ringfence("nightly", small_world / "initial", "--reports", folder, "--store", settings.store)
    assert said.code == 74
    assert f"Run {run_in_force(settings.store)} is in force, but its report is not there" in said.err


def test_a_report_that_cannot_be_written_does_not_hide_why_the_night_failed(
    ringfence, settings: Settings, tmp_path: Path
) -> None:
    folder = too_deep_for_a_report(tmp_path)
    said = ringfence("nightly", tmp_path / "nowhere", "--reports", folder, "--store", settings.store)
    assert said.code == 65
    assert "No report was written." in said.err
    assert "There is no such folder" in said.err


def test_a_panic_of_the_engine_is_reported_as_a_defect(settings: Settings, tmp_path: Path) -> None:
    def panic(*_: object) -> NoReturn:
        raise PanicException("what the engine says")

    with store_of(settings) as store:
        night = Night(store, tmp_path, Work(panic, panic))
        report = night.run()
    assert (report.failure.step, report.failure.exit_code) == ("ingest", 70)
    assert "what the engine says" not in report.model_dump_json()
    assert isinstance(night.error, PanicException)


def test_the_night_takes_the_options_of_loading(ringfence, settings: Settings, tmp_path: Path) -> None:
    day = tmp_path / "day"
    day.mkdir()
    rows = "applicant_id,phone,created_at\na1,020 7946 0958,1\na2,,yesterday\n"
    (day / "applicants.csv").write_text(rows)
    call = ("nightly", day, "--reports", tmp_path, "--store", settings.store)
    assert ringfence(*call, "--region", "XX").code == 64
    assert ringfence(*call).code == 65
    assert ringfence(*call, "--region", "GB", "--max-bad-share", "0.5").code == 0
    with store_of(settings) as store:
        assert store.graph.node(PHONE, "+442079460958") is not None


def test_the_summary_for_people_names_the_report(
    small_world: Path, ringfence, settings: Settings, tmp_path: Path
) -> None:
    said = ringfence("nightly", small_world / "initial", "--reports", tmp_path, "--store", settings.store)
    assert (said.code, said.err) == (0, "")
    assert "is published" in said.out
    assert ".html" in said.out
    with pytest.raises(json.JSONDecodeError):
        json.loads(said.out)
