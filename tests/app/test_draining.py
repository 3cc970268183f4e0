"""Accepted applications reach the graph: as rows of files would, once, whoever is killed or away."""

import logging
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app import draining
from app.drainer import Drainer
from app.draining import drain, drain_accepted, ledger_line
from app.wiring import decision_log_of
from decisions.application import Application
from decisions.log.log import open_decision_log
from decisions.log.record import DecisionRecord
from decisions.outcome import Outcome
from graph.errors import BusyError, StoreUnavailableError
from graph.ontology import NODE_KINDS, RELATIONSHIP_KINDS
from graph.ontology.nodes import APPLICANT, APPLICATION, CARD, DEVICE, PHONE
from graph.store.opening import open_store
from ingest.options import Options
from ingest.pipeline import load_folder

NOW = 1_700_000_000


def application(number: int, **given) -> Application:
    values = {
        "application_id": f"P-{number}",
        "applicant": {"applicant_id": f"A-{number % 5}", "name": "李 雷", "phone": f"1381234560{number % 5}"},
        "amount": "3000.50",
        "purpose": "phone",
        "term_days": 30,
        "submitted_at": datetime.fromtimestamp(NOW + number, UTC),
        "device": {"fingerprint": "fingerprint-0123456789", "model": "X 1", "mac": "00:11:22:33:44:55"},
        "wifi": {"bssid": "a0:b1:c2:d3:e4:f5", "ssid": "home"},
        "ip": {"ip": "203.0.113.7", "asn": "AS1"},
        "card": {"card_hash": f"card-{number}-0123456789abcdef", "bank": "ICBC"},
        "contacts": [{"contact_phone": "13912345678", "relation": "friend"}, {"contact_phone": "139 1234 5679"}],
    }
    return Application.model_validate(values | given)


def accept(log, number: int, outcome: Outcome = Outcome.APPROVE, **given) -> None:
    one = application(number, **given)
    at = int(one.submitted_at.timestamp())
    log.accept(
        DecisionRecord(
            f"D-{number}", one.application_id, one.applicant.applicant_id, at, at * 1_000_000, outcome, 0.5, "v1", None,
            900, one.model_dump_json().encode(), b"{}",
        )
    )  # fmt: skip


def contents(store) -> dict[str, list]:
    """The whole graph in the lender's keys."""
    keys, found = {}, {}
    for kind in NODE_KINDS:
        names = [each.name for each in kind.properties]
        rows = [row for frame in store.graph.nodes(kind, names) for row in frame.iter_rows(named=True)]
        keys[kind] = {row.pop("node_id"): row["key"] for row in rows}
        found[kind.label] = sorted(map(str, rows))
    for kind in RELATIONSHIP_KINDS:
        names = [each.name for each in kind.properties]
        rows = [row for frame in store.graph.relationships(kind, names) for row in frame.iter_rows(named=True)]
        ends = {"start": keys[kind.start], "end": keys[kind.end]}
        found[kind.type] = sorted(str(row | {end: known[row[end]] for end, known in ends.items()}) for row in rows)
    return {name: rows for name, rows in found.items() if rows}


@pytest.fixture(params=["sqlite", pytest.param("neo4j", marks=pytest.mark.neo4j)])
def store(request, tmp_path):
    """Each of the two stores, empty."""
    url = f"sqlite:///{tmp_path}/graph.db" if request.param == "sqlite" else request.getfixturevalue("empty_neo4j")
    with open_store(url) as opened:
        opened.url = url
        yield opened


@pytest.fixture
def log(tmp_path):
    with open_decision_log(f"sqlite:///{tmp_path}/decisions.db") as opened:
        yield opened


@pytest.fixture
def other(tmp_path):
    """An embedded store to compare with."""
    with open_store(f"sqlite:///{tmp_path}/other.db") as opened:
        yield opened


FILES = {
    "applicants": "applicant_id,name,phone,created_at\nA-1,李 雷,13812345601,{at}",
    "applications": "application_id,applicant_id,amount,purpose,term_days,submitted_at,status\n"
    "P-1,A-1,3000.5,phone,30,{at},reject",
    "devices": "fingerprint,model,mac\nfingerprint-0123456789,X 1,00:11:22:33:44:55",
    "wifi": "bssid,ssid\na0:b1:c2:d3:e4:f5,home",
    "ips": "ip,asn\n203.0.113.7,AS1",
    "cards": "card_hash,bank\ncard-1-0123456789abcdef,ICBC",
    "applicant_device": "applicant_id,fingerprint,first_seen,last_seen\nA-1,fingerprint-0123456789,{at},{at}",
    "applicant_wifi": "applicant_id,bssid,first_seen,last_seen\nA-1,a0:b1:c2:d3:e4:f5,{at},{at}",
    "applicant_ip": "applicant_id,ip,first_seen,last_seen\nA-1,203.0.113.7,{at},{at}",
    "applicant_card": "applicant_id,card_hash,bound_at\nA-1,card-1-0123456789abcdef,{at}",
    "contacts": "applicant_id,contact_phone,relation\nA-1,13912345678,friend\nA-1,13912345679,",
}


def test_an_application_becomes_what_rows_of_files_become(store, log, other, tmp_path):
    folder = tmp_path / "files"
    folder.mkdir()
    for table, text in FILES.items():
        (folder / f"{table}.csv").write_text(text.format(at=NOW + 1), encoding="utf-8")
    assert not load_folder(other, folder, Options(tmp_path / "work")).refused
    accept(log, 1, Outcome.REJECT)
    assert drain(store, log, "CN") == 1
    assert contents(store) == contents(other)


def test_half_an_application_is_enough(store, log):
    nothing = dict.fromkeys(("amount", "purpose", "term_days", "device", "wifi", "ip", "card"))
    accept(log, 1, applicant={"applicant_id": "A-1"}, contacts=[], **nothing)
    assert drain(store, log, "CN") == 1
    assert store.graph.node(APPLICATION, "P-1").properties == {"submitted_at": NOW + 1, "status": "approve"}
    assert store.graph.node(APPLICANT, "A-1").properties == {"created_at": NOW + 1}


def test_who_was_known_before_stays_as_old_as_he_is(store, log):
    accept(log, 11)
    accept(log, 1, applicant={"applicant_id": "A-1", "name": "Earlier"})
    accept(log, 21, applicant={"applicant_id": "A-1", "phone": "13812345699"})
    drain(store, log, "CN")
    found = store.graph.node(APPLICANT, "A-1").properties
    assert (found["created_at"], found["name"], found["phone"][-2:]) == (NOW + 1, "李 雷", "99")
    assert len(store.graph.keys(CARD, "card-")) == 3


def test_nothing_is_drained_twice(store, log, monkeypatch):
    monkeypatch.setattr(draining, "ROWS", store.graph.chunk_rows // 2)  # two applications in one transaction
    for number in range(5):
        accept(log, number)
    assert drain(store, log, "CN") == 5
    before, line = contents(store), ledger_line(store, log)
    assert (line.rows_read, line.chunks_done) == (5, 3)
    assert drain(store, log, "CN") == 0
    accept(log, 5)
    assert drain(store, log, "CN") == 1
    assert contents(store) != before
    assert ledger_line(store, log).rows_read == 6


def test_a_store_made_anew_gets_everything_again(store, log, other):
    for number in range(3):
        accept(log, number)
    assert drain(other, log, "CN") == 3
    assert drain(store, log, "CN") == 3
    assert contents(store) == contents(other)


def test_rows_that_the_checks_refuse_go_to_quarantine(store, log):
    accept(log, 1, contacts=[{"contact_phone": "12"}, {"contact_phone": "13"}, {"contact_phone": "13912345678"}])
    accept(log, 2, applicant={"applicant_id": "A-2", "phone": "12"}, ip={"ip": "no address"})
    accept(log, 3)
    assert drain(store, log, "CN") == 3
    found = [(row.table, row.column) for row in store.ledger.quarantine()]
    assert sorted(found) == [
        ("applicant_ip", "ip"),
        ("applicants", "phone"),
        ("contacts", "contact_phone"),
        ("contacts", "contact_phone"),
        ("ips", "ip"),
    ]
    assert ledger_line(store, log).quarantined == 5
    assert {row.line // 64 for row in store.ledger.quarantine(table="contacts")} == {1}
    assert store.graph.node(APPLICATION, "P-2") is not None
    assert len(store.graph.users(DEVICE, "fingerprint-0123456789")) == 3
    assert store.graph.users(PHONE, "+8613912345678") == []  # listed, not owned


KILLED = """
import os, signal, sys
from app import draining
from decisions.log.log import open_decision_log
from graph.store.opening import open_store

store, log = open_store(sys.argv[1]), open_decision_log(sys.argv[2])
draining.ROWS = store.graph.chunk_rows // 3  # three applications in one transaction
merge, left = store.graph.merge, [int(sys.argv[3])]

def merge_and_die(*given):
    counts = merge(*given)
    left[0] -= 1
    if not left[0]:
        os.kill(os.getpid(), signal.SIGKILL)
    return counts

store.graph.merge = merge_and_die
draining.drain(store, log, "CN")
"""


def test_who_is_killed_after_a_merge_goes_on_where_he_was(store, log, other, tmp_path):
    for number in range(20):
        accept(log, number, contacts=[{"contact_phone": "12"}])
    for died in (1, 2):
        done = subprocess.run(
            [sys.executable, "-c", KILLED, store.url, f"sqlite:///{tmp_path}/decisions.db", str(died)], check=False
        )
        assert done.returncode == -signal.SIGKILL
    assert ledger_line(store, log).rows_read == 9
    assert drain(store, log, "CN") == 11
    assert drain(other, log, "CN") == 20
    assert contents(store) == contents(other)
    assert len(list(store.ledger.quarantine())) == ledger_line(store, log).quarantined == 20


def test_one_drains_at_a_time_and_the_night_waits_for_him(settings, tmp_path):
    with decision_log_of(settings) as log, open_store(settings.store) as store:
        accept(log, 1)
        with ThreadPoolExecutor(1) as aside:
            with open_store(settings.store) as busy, busy.exclusive("drain"):
                with pytest.raises(BusyError):
                    drain(store, log, "CN")
                waiting = aside.submit(drain_accepted, store, settings)
            assert waiting.result() == 1
        assert store.graph.node(APPLICANT, "A-1") is not None


def test_where_nothing_was_accepted_no_log_is_made(settings, tmp_path):
    with open_store(settings.store) as store:
        assert drain_accepted(store, settings) == 0
    assert [path.name for path in tmp_path.glob("*decisions*")] == []


def test_detection_sees_what_was_accepted(settings, ringfence):
    with decision_log_of(settings) as log:
        for number in range(5):
            accept(log, number)
    said = ringfence("detect", "--store", settings.store, "--json")
    assert said.code == 0
    assert said.json["run"]["applicants"] == 5
    assert Path(settings.store.removeprefix("sqlite:///")).with_name("store.decisions.db").exists()


def test_a_thread_drains_while_applications_come(store, log):
    drainer = Drainer(lambda: store, log, "CN")
    drainer.start()
    for number in range(40):
        accept(log, number)
    until(lambda: ledger_line(store, log).rows_read == 40)
    drainer.stop()
    assert len(store.graph.users(DEVICE, "fingerprint-0123456789")) == 5


def test_the_thread_waits_for_a_store_that_is_away(log, other, caplog):
    answers = iter([StoreUnavailableError("away"), RuntimeError("of fingerprint-0123456789")])

    def store():
        if (error := next(answers, None)) is not None:
            raise error
        return other

    accept(log, 1)
    drainer = Drainer(store, log, "CN")
    with caplog.at_level(logging.WARNING, "ringfence.draining"):
        drainer.start()
        until(lambda: ledger_line(other, log).rows_read == 1)
        drainer.stop()
    assert drainer.behind == 0
    assert [record.getMessage().rpartition(": ")[2] for record in caplog.records] == [
        "the store or the log does not answer",
        "RuntimeError",
    ]


def test_a_thread_that_was_never_started_can_be_stopped(log, other):
    Drainer(lambda: other, log, "CN").stop()


def until(condition) -> None:
    while not condition():
        time.sleep(0.02)
