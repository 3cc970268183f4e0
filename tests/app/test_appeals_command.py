"""`ringfence appeals`: looked at again in the terminal, and what was overturned rests in the decision log."""

from pathlib import Path

import pytest

from app.objecting import objection_of
from app.wiring import casebook_of, decision_log_of
from cases.appeal_model import AppealState
from cases.appeal_queue import APPLICANT
from cases.desk import now


@pytest.fixture
def appeals(ringfence, published, monkeypatch):
    monkeypatch.setenv("RINGFENCE_AUTHOR", "rev")
    return lambda command, *arguments: ringfence("appeals", command, *arguments, "--store", published.store)


@pytest.fixture
def number(published, world) -> int:
    """An appeal that was filed."""
    decision_id = world.keep_decision(published)
    with decision_log_of(published) as log, casebook_of(published) as book:
        return book.appeals.file(objection_of(log.decision(decision_id), "I study.\x1b[2J")).id


def resting(published, at) -> set[tuple[str, str, str]]:
    """What rests at a moment, each once."""
    with decision_log_of(published) as log:
        found = {(each.rule, each.entity_kind, each.entity_key) for each in log.snoozes(at)}
        assert len(found) == len(log.snoozes(at))
        return found


def test_the_queue_and_one_appeal_safe_for_a_terminal_and_masked(appeals, number, world):
    assert [each["id"] for each in appeals("list", "--json").json] == [number]
    assert "1 of 1 appeals" in appeals("list").out
    shown = appeals("show", number).out
    for text in ("Many on this WiFi.", "campus", "Linked to A-2 (known fraud)", "I study."):
        assert text in shown
    assert "人数众多" in appeals("show", number, "--lang", "zh").out
    assert "\x1b" not in shown
    for out in (shown, appeals("show", number, "--json").out):
        assert world.fingerprint not in out
        assert "3c:84:6a:12:34:56" not in out


def test_an_overturn_lets_the_rules_rest_until_it_is_taken_back(appeals, number, published):
    assert appeals("take", number).code == 0
    assert appeals("decide", number, "--overturn", "--reason", "x", "--author", "bob").code == 75
    said = appeals("decide", number, "--overturn", "--reason", "A campus.", "--json").json
    assert said["state"] == "overturned"
    rests = {
        ("many_on_wifi", APPLICANT, "A-1"),
        ("many_on_wifi", "wifi", "3c:84:6a:12:34:56"),
        ("linked", APPLICANT, "A-1"),
    }
    assert resting(published, now()) == rests
    assert appeals("decide", number, "--overturn", "--reason", "Again.").code == 0
    assert resting(published, now()) == rests
    assert [each["rule"] for each in appeals("figures", "--json").json] == ["linked", "many_on_wifi"]
    assert "many_on_wifi" in appeals("figures").out
    assert appeals("undo", number, "--reason", "Forged.").code == 0
    assert resting(published, now()) == set()
    assert appeals("list", "--json").json == []
    assert [each["state"] for each in appeals("list", "--state", "withdrawn", "--json").json] == ["withdrawn"]


def test_figures_tell_in_how_many_decisions_each_rule_hit(appeals, number, published, world):
    for _ in range(3):
        world.keep_decision(published, applicant_id="A-9")
    assert appeals("decide", number, "--overturn", "--reason", "A campus.").code == 0
    found = appeals("figures", "--json").json
    assert [(each["rule"], each["overturned"], each["decisions"]) for each in found] == [
        ("linked", 1, 4),
        ("many_on_wifi", 1, 4),
    ]
    assert "25.00%" in appeals("figures").out


def test_figures_need_no_decision_log(appeals, published):
    said = appeals("figures", "--json")
    assert (said.code, said.json) == (0, [])
    assert not Path(f"{published.store.removeprefix('sqlite:///').removesuffix('.db')}.decisions.db").exists()


def test_upheld_nothing_rests(appeals, number, published):
    assert appeals("decide", number, "--uphold", "--reason", "It stands.").code == 0
    assert resting(published, now()) == set()


def test_what_could_not_rest_the_first_time_does_when_it_is_overturned_again(appeals, number, published):
    with casebook_of(published) as book:
        book.appeals.decide(number, AppealState.OVERTURNED, "The log was down.", author="rev")
    assert resting(published, now()) == set()
    assert appeals("decide", number, "--overturn", "--reason", "x").code == 0
    assert len(resting(published, now())) == 3


def test_a_log_that_is_down_leaves_the_appeal_undecided(appeals, number, published, monkeypatch):
    monkeypatch.setenv("RINGFENCE_DECISIONS", "postgresql://u:secret@127.0.0.1:1/x")
    said = appeals("decide", number, "--overturn", "--reason", "x")
    assert said.code == 69
    assert "secret" not in said.err
    with casebook_of(published) as book:
        assert book.appeals.appeal(number).state == "open"


def test_wrong_calls(appeals, number, monkeypatch):
    assert appeals("decide", number, "--reason", "x").code == 64
    assert appeals("decide", number, "--overturn", "--reason", " ").code == 64
    assert appeals("show", 99).code == 66
    assert appeals("take", number, "--seen", "3").code == 75
    monkeypatch.delenv("RINGFENCE_AUTHOR")
    assert appeals("take", number).code == 64
