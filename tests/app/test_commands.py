import errno
import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import click
import pytest
import typer

from app.cli.main import app
from app.failures import known
from app.settings import Settings
from app.wiring import store_of
from graph.errors import AccessError, NotFoundError, RingfenceError
from graph.results import Evidence, Reason


def commands(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    for name, command in group.commands.items():
        yield (*path, name)
        if hasattr(command, "commands"):
            yield from commands(command, (*path, name))


ALL = sorted(commands(typer.main.get_group(app)))
GROUPS = {("appeals",), ("cases",), ("export",), ("keys",), ("quarantine",), ("rules",), ("users",)}
WITHOUT_STORE = {("world",), ("keys", "new"), ("rules", "check"), ("rules", "features"), ("rules", "list")}
WITHOUT_ANSWER = {
    ("serve",),
    ("explore",),
    ("cases", "extract"),
    ("cases", "report"),
    ("quarantine", "export"),
    *(path for path in ALL if path[0] == "export" or (path[0] == "users" and path[-1] != "list")),
}
RINGFENCE = Path(sys.executable).parent / "ringfence"


def test_every_command_of_the_service_is_there() -> None:
    mine = {
        ("nightly",),
        ("serve",),
        ("rings",),
        ("ring",),
        ("path",),
        ("runs",),
        ("export", "rings"),
        ("export", "scores"),
    }
    assert mine <= set(ALL)


@pytest.mark.parametrize("path", ALL, ids=" ".join)
def test_every_command_explains_itself_and_its_options(ringfence, path: tuple[str, ...]) -> None:
    said = ringfence(*path, "--help")
    assert said.code == 0
    assert f"Usage: ringfence {' '.join(path)}" in said.out
    command = typer.main.get_group(app)
    for name in path:
        command = command.commands[name]
    assert command.help
    for parameter in command.params:
        assert getattr(parameter, "help", None), f"{parameter.name} has no help"


def options_of(path: tuple[str, ...]) -> set[str]:
    command = typer.main.get_group(app)
    for name in path:
        command = command.commands[name]
    return {option for parameter in command.params for option in parameter.opts}


@pytest.mark.parametrize("path", [path for path in ALL if path not in GROUPS], ids=" ".join)
def test_every_command_takes_the_options_that_are_promised(path: tuple[str, ...]) -> None:
    options = options_of(path)
    assert ("--store" in options) == (path not in WITHOUT_STORE), "a sample world, a key and a file of rules need none"
    assert ("--json" in options) == (path not in WITHOUT_ANSWER)


def test_the_first_page_of_the_help_shows_the_way(ringfence) -> None:
    said = ringfence("--help").out
    steps = ("ringfence world sample", "ringfence ingest sample", "ringfence detect", "ringfence rings")
    places = [said.index(step) for step in steps]
    assert places == sorted(places)
    codes = {kind.exit_code for kind in RingfenceError.__subclasses__()} | {RingfenceError.exit_code}
    assert all(f"{code} " in said for code in codes)


def test_the_version_is_told(ringfence) -> None:
    assert ringfence("--version").out == f"ringfence {version('ringfence')}\n"


def test_rings_are_a_table_and_as_json_a_document(published: Settings, ringfence) -> None:
    table = ringfence("rings", "--store", published.store)
    assert (table.code, table.err) == (0, "")
    assert "R-1" in table.out
    assert "2 of 2 rings of run run-1" in table.out
    assert "2.8 (0 to 11)" in table.out
    top = ringfence("rings", "--top", 1, "--json", "--store", published.store).json
    assert ([ring["ring_id"] for ring in top["rings"]], top["total"], top["run"]["run_id"]) == (["R-1"], 2, "run-1")
    (ring,) = top["rings"]
    harm = (ring["false_kills"], ring["false_kill_share"], ring["false_kills_low"], ring["false_kills_high"])
    assert harm == (2.75, 0.25, 0, 11)


def test_rings_of_older_runs_say_nothing_of_false_kills(settings: Settings, ringfence, world) -> None:
    unknown = dict.fromkeys(("false_kills", "false_kills_low", "false_kills_high"))
    ring = world.ring_of("run-1", "R-1", ("A-1", "A-2"), 0.5).model_copy(update=unknown)
    with store_of(settings) as store:
        store.runs.publish(world.run_of("run-1"), [ring], world.no_scores, keep=3)
    queue, one = (ringfence(*what, "--store", settings.store).out for what in (("rings",), ("ring", "R-1")))
    assert "R-1" in queue
    assert "None" not in queue + one
    assert "Refusing" not in one


def test_one_ring_is_shown_with_its_identifiers_masked(published: Settings, ringfence, world) -> None:
    text = ringfence("ring", "R-1", "--store", published.store).out
    document = ringfence("ring", "R-1", "--json", "--store", published.store)
    assert "2 members used the same device." in text
    assert world.fingerprint not in text + document.out
    assert [member["applicant_id"] for member in document.json["members"]] == list(world.members)


@pytest.fixture
def told(published: Settings, world) -> str:
    """URL of a store with a ring whose reasons are told in figures; A-2 holds A-1 and A-3 together."""
    figures = {"members": 3, "size": 3, "identifiers": 2, "others": 2, "usual": 0.997}
    reason = Reason(
        code="shared_device", text="3 of 3 members share 2 devices among them.", weight=1.0, figures=figures,
        compared="99.7% of customers share no device with 2 other homes or more.",
    )  # fmt: skip
    facts = [(world.fingerprint, ("A-1", "A-2")), ("another-0123456789", ("A-2", "A-3"))]
    evidence = [Evidence(code="shared_device", kind="Device", key=key, applicants=who) for key, who in facts]
    update = {"headline": reason.text, "headline_figures": figures, "reasons": (reason,), "evidence": tuple(evidence)}
    with store_of(published) as store:
        ring = world.ring_of("run-2", "R-1", ("A-1", "A-2", "A-3"), 0.5).model_copy(update=update)
        store.runs.publish(world.run_of("run-2"), [ring], world.no_scores, keep=3)
    return published.store


def test_reasons_are_told_beside_what_is_usual_in_either_language(told: str, ringfence) -> None:
    english, chinese = (ringfence("ring", "R-1", "--lang", lang, "--store", told).out for lang in ("en", "zh"))
    assert "shared_device: 3 of 3 members share 2 devices among them." in english
    assert "    99.7% of customers share no device with 2 other homes or more." in english
    assert "Refusing all 3 members would harm about 1.5 honest people (50% of them), between 0 and 3" in english
    assert "若拒绝全部 3 名成员，预计误伤约 1.5 名正常客户（占 50%），有九成把握在 0 至 3 名之间。" in chinese
    assert "shared_device: 3 名成员中有 3 名之间共有 2 台设备。" in chinese
    assert "    99.7% 的客户没有与其他 2 户以上共同的设备。" in chinese
    assert "3 名成员中有 3 名之间共有 2 台设备。" in ringfence("rings", "--lang", "zh", "--store", told).out
    document = ringfence("ring", "R-1", "--lang", "zh", "--json", "--store", told).json
    assert document["headline"] == "3 名成员中有 3 名之间共有 2 台设备。"


def test_two_members_are_tied_step_by_step(told: str, ringfence, world) -> None:
    said = ringfence("path", "R-1", "A-3", "A-1", "--store", told)
    assert said.out.splitlines() == [
        "1. A-3 and A-2 used the same device (****6789).",
        "2. A-2 and A-1 used the same device (****6789).",
    ]
    document = ringfence("path", "R-1", "A-3", "A-1", "--lang", "zh", "--json", "--store", told)
    assert [(step["from"], step["to"]) for step in document.json] == [("A-3", "A-2"), ("A-2", "A-1")]
    assert document.json[0]["text"] == "A-3 和 A-2 用过同一台设备（****6789）。"
    assert world.fingerprint not in document.out
    assert "Nothing in the evidence joins them." in ringfence("path", "R-1", "A-3", "A-3", "--store", told).out
    stranger = ringfence("path", "R-1", "A-3", "nobody", "--store", told)
    assert (stranger.code, "no such member" in stranger.err) == (66, True)


def test_what_came_with_the_data_cannot_command_the_terminal(published: Settings, ringfence, world) -> None:
    evil = "\x1b]0;owned\x07\u202eid"
    with store_of(published) as store:
        ring = world.ring_of("run-2", "R-9", (evil, "A-1"), 0.9)
        rings = [ring.model_copy(update={"headline": evil})]
        store.runs.publish(world.run_of("run-2"), rings, world.no_scores, keep=3)
    asked = (("ring", "R-9"), ("rings",), ("path", "R-9", evil, "A-1"))
    for said in (ringfence(*words, "--store", published.store) for words in asked):
        assert said.code == 0
        assert not {"\x1b", "\x07", "\u202e"} & set(said.out)


def test_runs_are_listed(published: Settings, ringfence) -> None:
    assert "run-1" in ringfence("runs", "--store", published.store).out
    assert [run["run_id"] for run in ringfence("runs", "--json", "--store", published.store).json] == ["run-1"]


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("rings",), 66, "No run is published yet"),
        (("ring", "R-1"), 66, "No run is published yet"),
        (("detect",), 66, "Nobody is in the store"),
        (("export", "scores", "{tmp}/x.csv"), 66, "No run is published yet"),
        (("export", "rings", "{tmp}/x.xlsx"), 64, ".csv or .parquet"),
        (("nightly", "{tmp}/nowhere", "--reports", "{tmp}/reports"), 65, "nowhere"),
        (("serve",), 78, "No API key is set"),
        (("serve", "--insecure-no-key", "--host", "0.0.0.0"), 64, "too open"),
        (("serve", "--insecure-no-key", "--host", "no such host"), 64, "too open"),
    ],
)
def test_an_error_is_one_line_with_what_where_and_what_to_do(
    settings: Settings, ringfence, tmp_path, monkeypatch, arguments: tuple[str, ...], code: int, message: str
) -> None:
    monkeypatch.delenv("RINGFENCE_API_KEYS", raising=False)
    said = ringfence(*(each.replace("{tmp}", str(tmp_path)) for each in arguments), "--store", settings.store)
    assert said.code == code
    assert message in said.err
    assert said.err.startswith("Error: ")
    assert said.err.count("\n") == 1
    assert "Traceback" not in said.err


@pytest.mark.parametrize("arguments", [("rings", "--top", "0"), ("nonsense",), ()])
def test_a_wrong_call_has_the_exit_code_that_the_help_promises(ringfence, arguments: tuple[str, ...]) -> None:
    assert ringfence(*arguments).code == 64


@pytest.mark.parametrize("form", [(), ("--json",)])
def test_an_answer_that_finds_no_room_is_an_error(published: Settings, form: tuple[str, ...]) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [RINGFENCE, "runs", *form, "--store", published.store], stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert done.returncode == 74
    assert done.stderr == b"Error: No space left on device. Make room or choose another place, then run again.\n"


@pytest.mark.parametrize("form", [(), ("--json",)])
def test_a_reader_that_has_enough_is_no_error(published: Settings, form: tuple[str, ...]) -> None:
    end, start = os.pipe()
    os.close(end)
    with os.fdopen(start, "wb") as pipe:
        done = subprocess.run(
            [RINGFENCE, "runs", *form, "--store", published.store], stdout=pipe, stderr=subprocess.PIPE, check=False
        )
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_missing_right_is_said_with_its_file() -> None:
    told = known(PermissionError(errno.EACCES, "Permission denied", "/data/q.csv"))
    assert isinstance(told, AccessError)
    assert "(/data/q.csv)" in str(told)
    assert known(OSError(errno.EINVAL, "Invalid argument")) is known(ValueError()) is None


@pytest.mark.parametrize("url", ["neo4j://host:secret", "neo4j://user:sec/ret@host", "bolt://[secret"])
def test_a_url_that_is_none_is_a_configuration_error_that_does_not_repeat_it(ringfence, url: str) -> None:
    said = ringfence("rings", "--store", url)
    assert (said.code, "no valid host or port" in said.err, "sec" in said.err) == (78, True, False)


def test_keys_that_are_no_list_are_a_configuration_error(settings: Settings, ringfence, monkeypatch) -> None:
    monkeypatch.setenv("RINGFENCE_API_KEYS", "not-json-not-a-list")
    said = ringfence("serve", "--store", settings.store)
    assert said.code == 78
    assert "RINGFENCE_API_KEYS" in said.err
    assert "not-json-not-a-list" not in said.err


def test_a_port_that_is_taken_is_said_so(published: Settings, ringfence, world, monkeypatch) -> None:
    monkeypatch.setenv("RINGFENCE_API_KEYS", json.dumps([world.line]))
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        said = ringfence("serve", "--port", taken.getsockname()[1], "--store", published.store)
    assert (said.code, "Address already in use" in said.err) == (64, True)


def test_the_trace_is_shown_on_request(settings: Settings, ringfence) -> None:
    with pytest.raises(NotFoundError):
        ringfence("--debug", "rings", "--store", settings.store)
