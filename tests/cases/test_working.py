"""Working on cases: owners, locks, notes, attachments, the audit log, and two people at once."""

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError

from cases.appeal_model import Hit, Objection
from cases.attachments import MOST_BYTES
from cases.casebook import open_casebook
from cases.errors import ChangedError, LockedError
from cases.model import Mention, State, Verdict
from cases.schema import APPEND_ONLY
from graph.errors import BadInputError, NotFoundError, UsageError


@pytest.fixture(autouse=True)
def rings(follow, ring) -> None:
    follow(ring("R-1", "abc"), ring("R-2", "de"))


def test_a_case_is_given_to_somebody_and_back(book):
    case = book.cases.assign("R-1", "ann", author="lead")
    assert (case.owner, case.state) == ("ann", State.IN_REVIEW)
    assert [case.ring_id for case in book.cases.list(owner="ann")] == ["R-1"]
    assert book.cases.assign("R-1", None, author="lead").owner is None
    assert [case.ring_id for case in book.cases.list(states=[State.OPEN])] == ["R-2"]


def test_only_the_holder_writes_until_the_lease_has_run_out(book, clock):
    case = book.locks.take("R-1", "ann")
    assert (case.locked_by, case.locked_until) == ("ann", clock.time + 600)
    writes = [
        lambda author: book.locks.take("R-1", author),
        lambda author: book.locks.release("R-1", author),
        lambda author: book.cases.assign("R-1", "cid", author=author),
        lambda author: book.notes.add("R-1", "x", author=author),
        lambda author: book.attachments.add("R-1", "x", b"x", author=author),
        lambda author: book.judgements.judge("R-1", Verdict.WATCH, "x", author=author),
    ]
    before = book.audit.changes()
    for write in writes:
        with pytest.raises(LockedError, match="ann is working"):
            write("bob")
    assert book.audit.changes() == before
    book.notes.add("R-2", "Another case.", author="bob")
    book.notes.add("R-1", "Mine.", author="Ann")
    clock.time += 300
    assert book.locks.take("R-1", "ann").locked_until == clock.time + 600
    clock.time += 600
    assert book.cases.case("R-1").locked_by is None
    assert book.locks.take("R-1", "bob").locked_by == "bob"
    with pytest.raises(LockedError):
        book.notes.add("R-1", "x", author="ann")
    assert book.locks.release("R-1", "bob").locked_by is None
    book.notes.add("R-1", "Free.", author="ann")


def test_detection_goes_on_whoever_holds_a_case(book, follow, ring):
    book.locks.take("R-1", "ann")
    follow(ring("R-1", "abcd"))
    assert book.cases.members("R-1") == ("a", "b", "c", "d")


def test_who_looked_at_an_older_version_is_told(book):
    seen = book.cases.case("R-1").version
    book.notes.add("R-1", "First.", author="ann", seen=seen)
    with pytest.raises(ChangedError):
        book.judgements.judge("R-1", Verdict.FRAUD, "x", author="bob", seen=seen)
    assert book.judgements.of(["R-1"]) == []


def test_of_many_who_saw_the_same_version_one_wins(book, url):
    seen = book.cases.case("R-1").version

    def assign(number: int) -> bool:
        with open_casebook(url) as own:
            try:
                own.cases.assign("R-1", f"owner {number}", author=f"author {number}", seen=seen)
            except ChangedError:
                return False
            return True

    with ThreadPoolExecutor(8) as threads:
        won = list(threads.map(assign, range(8)))
    assert won.count(True) == 1
    case = book.cases.case("R-1")
    assert case.owner == f"owner {won.index(True)}"
    assert case.version == seen + 1


WRITER = """
import sys
from cases.casebook import open_casebook
from cases.errors import LockedError
with open_casebook(sys.argv[1]) as book:
    for number in range(10):
        book.notes.add("R-1", f"{sys.argv[2]} {number}", author=sys.argv[2])
    try:
        book.locks.take("R-2", sys.argv[2])
        print("held")
    except LockedError:
        print("refused")
"""


def test_processes_lose_nothing_of_each_other(book, url):
    before = book.cases.case("R-1").version
    others = [
        subprocess.Popen([sys.executable, "-c", WRITER, url, name], stdout=subprocess.PIPE, text=True)
        for name in ("ann", "bob", "cid")
    ]
    said = [other.communicate()[0].strip() for other in others]
    assert [other.returncode for other in others] == [0, 0, 0]
    assert sorted(said) == ["held", "refused", "refused"]
    assert len({note.text for note in book.notes.of(["R-1"])}) == 30
    assert book.cases.case("R-1").version == before + 30
    assert sum(change.action == "note" for change in book.audit.changes("R-1")) == 30


def test_casebooks_that_are_opened_at_once_are_made_once(url):
    def opened(_: int) -> list[object]:
        with open_casebook(url) as own:
            return own.cases.list()

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(opened, range(4)))


def test_a_note_mentions_evidence(book):
    note = book.notes.add(
        "R-1", "The tablet of the shop.", author="ann", evidence=[Mention(kind="Device", key="<b>'x'</b>")]
    )
    assert book.notes.of(["R-1"]) == [note]
    assert note.evidence == (Mention(kind="Device", key="<b>'x'</b>"),)
    for bad in (Mention(kind="Spaceship", key="x"), Mention(kind="Device", key=""), Mention(kind="Device", key="\0")):
        with pytest.raises(UsageError):
            book.notes.add("R-1", "x", author="ann", evidence=[bad])


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (b"%PDF-1.7 ...", "application/pdf"),
        (b"\x89PNG\r\n\x1a\n...", "image/png"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"<svg onload=alert(1)>", "text/plain"),
        (b"<html>", "text/plain"),
        ("客户".encode(), "text/plain"),
        ("客户".encode("gb18030"), "application/octet-stream"),
        (b"MZ\x00\x01", "application/octet-stream"),
        (b"a\x1b[2J", "application/octet-stream"),
    ],
)
def test_an_attachment_is_what_its_bytes_are(book, content, media_type):
    kept = book.attachments.add("R-1", "photo.png", content, author="ann")
    assert (kept.media_type, kept.size, kept.sha256) == (media_type, len(content), sha256(content).hexdigest())
    assert book.attachments.of(["R-1"]) == [kept]
    assert book.attachments.content(kept.id) == content


def test_the_name_of_an_attachment_is_data(book, tmp_path):
    before = sorted(tmp_path.rglob("*"))
    kept = book.attachments.add("R-1", "../../../etc/cron.d/x\n<script>", b"x", author="ann")
    assert kept.name == "../../../etc/cron.d/x\n<script>"
    assert sorted(tmp_path.rglob("*")) == before
    assert len(book.attachments.add("R-1", "n" * 1000, b"x", author="ann").name) == 255


def test_attachments_have_a_size(book):
    for content in (b"", bytes(MOST_BYTES + 1)):
        with pytest.raises(BadInputError):
            book.attachments.add("R-1", "x", content, author="ann")
    assert (
        len(book.attachments.content(book.attachments.add("R-1", "x", bytes(MOST_BYTES), author="ann").id))
        == MOST_BYTES
    )
    with pytest.raises(NotFoundError):
        book.attachments.content(99)


def test_every_change_is_written_down_with_what_was_before_and_after(book, clock):
    clock.time += 5
    book.cases.assign("R-1", "ann", author="lead")
    latest = book.audit.changes("R-1")[0]
    assert (latest.action, latest.author, latest.at) == ("assign", "lead", clock.time)
    assert latest.before == {"owner": None, "state": "open"}
    assert latest.after == {"owner": "ann", "state": "in_review"}
    book.cases.assign("R-1", "ann", author="lead")
    assert book.audit.changes("R-1")[0] == latest
    assert json.dumps(latest.model_dump(mode="json"))
    assert {change.ring_id for change in book.audit.changes()} == {"R-1", "R-2"}
    assert len(book.audit.changes(limit=1)) == 1


def test_what_fails_leaves_no_trace(book):
    before = book.audit.changes(), book.cases.case("R-1")
    with pytest.raises(UsageError):
        book.judgements.judge("R-1", Verdict.FRAUD, "x", author="ann", members=["a"])
    assert (book.audit.changes(), book.cases.case("R-1")) == before


@pytest.mark.parametrize("table", [table.name for table in APPEND_ONLY])
def test_the_database_itself_refuses_to_change_what_was_said(book, url, follow, ring, table):
    said = book.judgements.judge("R-1", Verdict.FRAUD, "x", author="ann")
    book.judgements.withdraw(said.id, "x", author="ann")
    follow(ring("R-2", "abcde"))
    book.judgements.confirm(book.judgements.judge("R-2", Verdict.FRAUD, "x", author="ann").id, author="bob")
    book.notes.add("R-1", "x", author="ann")
    book.attachments.add("R-1", "x", b"x", author="ann")
    follow(ring("R-1", "abcde", "merged", ("R-1", "R-2")))
    book.regroupings.undo(book.regroupings.split("R-1", ["a"], "x", author="ann").id, "x", author="ann")
    book.access.record("export", "quarantine", purpose="x", author="ann")
    hit = Hit(rule="r", code="C")
    appealed = Objection(
        decision_id="D", applicant_id="z", application_id="P", outcome="review", decided_at=1, hits=(hit,), text="x"
    )
    book.appeals.take(book.appeals.file(appealed).id, author="bob")
    engine = create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    column = next(iter(APPEND_ONLY[[each.name for each in APPEND_ONLY].index(table)].c)).name
    try:
        with engine.connect() as connection:
            assert connection.execute(text(f'SELECT count(*) FROM "{table}"')).scalar_one() > 0
        for statement in (f'UPDATE "{table}" SET {column} = {column}', f'DELETE FROM "{table}"'):
            with engine.connect() as connection, pytest.raises(DBAPIError, match="append-only"):
                connection.execute(text(statement))
    finally:
        engine.dispose()
