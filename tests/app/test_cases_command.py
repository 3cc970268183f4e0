"""`ringfence cases`: every step of the work, as people and programs use it."""

import pytest

from app.settings import Settings
from app.wiring import casebook_of, store_of

RING = "R-1"


@pytest.fixture
def store(published: Settings, world) -> str:
    """A store with a published run whose rings have cases; `R-1` is large."""
    with store_of(published) as store, casebook_of(published) as book:
        run = store.runs.current()
        book.follow(run, [store.runs.ring(each.ring_id) for each in store.runs.rings()])
    return published.store


@pytest.fixture
def cases(ringfence, store, monkeypatch):
    monkeypatch.setenv("RINGFENCE_AUTHOR", "ann")
    return lambda command, *arguments: ringfence("cases", command, *arguments, "--store", store)


def test_the_casebook_goes_with_the_store(cases, tmp_path):
    assert [case["ring_id"] for case in cases("list", "--json").json] == ["R-1", "R/2 <odd>"]
    assert (tmp_path / "store.cases.db").exists()


def test_a_large_ring_is_judged_by_two_and_undone(cases):
    said = cases("judge", RING, "fraud", "--reason", "They met.", "--json").json
    assert (said["id"], said["four_eyes"], said["counts_from"], said["case_state"]) == (1, True, None, "in_review")
    refused = cases("confirm", 1)
    assert refused.code == 77
    assert "Ask somebody else" in refused.err
    assert "counts" in cases("confirm", 1, "--author", "bob").out
    assert cases("list").out.startswith(" ring")
    assert [case["ring_id"] for case in cases("list", "--json").json] == ["R/2 <odd>"]
    assert "withdrawn" in cases("undo", 1, "--reason", "Wrong.").out
    shown = cases("show", RING, "--json").json
    assert [each["withdrawn_why"] for each in shown["judgements"]] == ["Wrong."]
    actions = [change["action"] for change in cases("audit", RING, "--json").json]
    assert [each for each in actions if each != "state"] == ["undo", "confirm", "judge", "open"]


def test_members_and_links_are_judged_alone(cases):
    members = cases("judge", RING, "not_fraud", "--reason", "x", "--member", "A-1", "--member", "A-2", "--json").json
    assert (members["scope"], members["members"]) == ("members", ["A-1", "A-2"])
    link = cases("judge", RING, "household", "--reason", "x", "--link", "A-1", "A-2", "--json").json
    assert (link["scope"], link["members"]) == ("link", ["A-1", "A-2"])
    both = cases("judge", RING, "fraud", "--reason", "x", "--member", "A-1", "--link", "A-1", "A-2")
    assert both.code == 64
    assert cases("judge", RING, "fraud", "--reason", "x", "--member", "stranger").code == 64
    assert cases("judge", RING, "maybe", "--reason", "x").code == 64
    assert cases("judge", "R-9", "fraud", "--reason", "x").code == 66


def test_a_change_needs_an_author(cases, monkeypatch):
    monkeypatch.delenv("RINGFENCE_AUTHOR")
    said = cases("note", RING, "x")
    assert said.code == 64
    assert "RINGFENCE_AUTHOR" in said.err


def test_who_holds_a_case_and_who_saw_an_older_one(cases):
    assert cases("lock", RING, "--author", "bob").code == 0
    assert cases("note", RING, "x").code == 75
    assert cases("release", RING, "--author", "bob").code == 0
    assert cases("assign", RING, "cid", "--seen", "1").code == 75
    assert cases("assign", RING, "cid", "--seen", "3").code == 0
    assert [case["ring_id"] for case in cases("list", "--owner", "cid", "--json").json] == [RING]


def test_notes_and_attachments_come_back_safe_for_a_terminal(cases, world, tmp_path):
    evidence = f"Device:{world.fingerprint}"
    assert cases("note", RING, "Look:\x1b[2J", "--evidence", evidence).code == 0
    assert cases("note", RING, "x", "--evidence", "Spaceship:1").code == 64
    file = tmp_path / "photo\x1b[2J.png"
    file.write_bytes(b"%PDF-1.7")
    assert "application/pdf" in cases("attach", RING, file).out
    shown = cases("show", RING).out
    assert "\x1b" not in shown
    assert world.fingerprint not in shown
    assert world.fingerprint not in cases("show", RING, "--json").out
    assert "photo" in shown
    assert "\x1b" not in cases("audit").out
    target = tmp_path / "copy"
    assert cases("extract", 1, target).code == 0
    assert target.read_bytes() == b"%PDF-1.7"


def test_a_wrong_casebook_is_a_wrong_configuration(cases):
    assert cases("list", "--cases", "mysql://x/y").code == 78
    assert cases("list", "--cases", "postgresql://u:secret@127.0.0.1:1/x").code == 69
