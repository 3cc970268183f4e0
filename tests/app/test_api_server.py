"""`ringfence serve` as a process of its own, asked over real connections."""

import json
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import quote, urlsplit

import httpx2
import pytest
from api_server import server

from app.settings import Settings
from app.wiring import decision_log_of, store_of
from graph.ontology.nodes import APPLICATION


def raw(address: str, target: bytes, key: str) -> tuple[int, bytes]:
    """Status and body of a request whose target no client has tidied up."""
    host, port = address.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=10) as connection:
        head = b"GET %s HTTP/1.1\r\nHost: localhost\r\nX-API-Key: %s\r\nConnection: close\r\n\r\n" % (
            target,
            key.encode(),
        )
        connection.sendall(head)
        answer = b"".join(iter(lambda: connection.recv(65536), b""))
    head, _, body = answer.partition(b"\r\n\r\n")
    return int(head.split()[1]), body


def test_the_server_answers_whatever_is_asked(published: Settings, world, tmp_path: Path) -> None:
    log = tmp_path / "log"
    with server(published, log) as address:
        for each in world.hostile:
            status, body = raw(address, b"/v1/scores/" + quote(each, safe="").encode(), world.key)
            assert (status, json.loads(body)["applicant_id"]) == (200, each)
        assert raw(address, b"/v1/scores/.", world.key)[0] == 200
        for odd in (b"../x", b"%00", b"%ff%fe", b"%", b"A-1/", b"x" * 10_000, quote("🕵" * 4_000).encode()):
            status, body = raw(address, b"/v1/scores/" + odd, world.key)
            assert (status, json.loads(body)["reason"]) == (404, "unknown_applicant"), odd[:40]
        assert raw(address, b"/v1/scores/A-1", "wrong")[0] == 401
        assert httpx2.get(f"{address}/ready").json()["run"]["run_id"] == "run-1"
    lines = log.read_text()
    told = [json.loads(line) for line in lines.splitlines()]
    assert ("GET", "/v1/scores/{applicant_id}", 200) in {
        (line.get("method"), line.get("route"), line.get("status")) for line in told
    }
    assert "A-1" not in lines
    assert world.key not in lines
    assert "Traceback" not in lines


def test_several_workers_see_a_new_run_at_once(published: Settings, world, tmp_path: Path) -> None:
    with server(published, tmp_path / "log", "--workers", "2") as address:

        def score(_: int) -> float:
            return httpx2.get(f"{address}/v1/scores/A-1", headers={"X-API-Key": world.key}).json()["score"]

        with ThreadPoolExecutor(8) as callers:
            assert set(callers.map(score, range(32))) == {0.75}
            with store_of(published) as store:
                world.publish(store, "run-2", 0.5)
            assert set(callers.map(score, range(32))) == {0.5}


def test_without_keys_it_serves_this_machine_when_told_to(published: Settings, tmp_path: Path) -> None:
    with server(published.model_copy(update={"api_keys": ()}), tmp_path / "log", "--insecure-no-key") as address:
        assert httpx2.get(f"{address}/v1/scores/A-1").status_code == 200
        assert httpx2.get(f"{address}/v1/scores/A-1", headers={"Host": "evil.example"}).status_code == 403


@pytest.mark.neo4j
def test_the_server_waits_for_its_store(neo4j_server, published: Settings, world, tmp_path: Path) -> None:
    """It starts while Neo4j is down, says so, and answers once Neo4j is there; the same when Neo4j goes away."""
    settings = published.model_copy(update={"store": neo4j_server.url})
    neo4j_server.start()
    with store_of(settings) as store:
        world.add_applicants(store, world.members)
        world.publish(store)
    neo4j_server.kill()
    with server(settings, tmp_path / "log") as address:
        asked = {"url": f"{address}/v1/scores/A-1", "headers": {"X-API-Key": world.key}, "timeout": 30}
        begun = time.monotonic()
        assert (httpx2.get(**asked).status_code, httpx2.get(f"{address}/ready", timeout=30).status_code) == (503, 503)
        assert time.monotonic() - begun < 20, "whoever waits for an answer does not wait long"
        neo4j_server.start()
        deadline = time.monotonic() + 90
        while httpx2.get(**asked).status_code != 200:
            assert time.monotonic() < deadline
            time.sleep(0.5)
        neo4j_server.kill()
        gone = httpx2.get(**asked)
        neo4j_server.start()  # other tests use it as well
        assert (gone.status_code, gone.json()["recommendation"]) == (503, "review")


def head_of(connection: socket.socket) -> bytes:
    """What the server has sent, up to the end of the head."""
    received = b""
    while b"\r\n\r\n" not in received:
        received += connection.recv(65536)
    return received


def test_nothing_is_read_of_the_body_of_somebody_without_a_key(published: Settings, world, tmp_path: Path) -> None:
    """The answer is there although nothing of the body was sent; who has a key is asked for it."""
    ask = b"POST /v1/scores:lookup HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\nX-API-Key: %s\r\n"
    ask += b"Content-Type: application/json\r\nExpect: 100-continue\r\n\r\n"
    with server(published, tmp_path / "log") as address:
        place = urlsplit(address)
        for length, key, status in (
            (10_000_000, "wrong", b"401"),
            (99_000_000, world.key, b"413"),
            (99, world.key, b"100"),
        ):
            with socket.create_connection((place.hostname, place.port), timeout=10) as connection:
                connection.sendall(ask % (length, key.encode()))
                assert head_of(connection).split()[1] == status


def test_probes_answer_heads_without_a_body(published: Settings, settings: Settings, tmp_path: Path) -> None:
    with server(published, tmp_path / "log") as address:
        for path in ("/health", "/ready"):
            answer = httpx2.head(f"{address}{path}")
            assert (answer.status_code, answer.content) == (200, b"")
    nothing = settings.model_copy(update={"store": f"sqlite:///{tmp_path}/nothing.db"})
    with server(nothing, tmp_path / "log") as address:
        answer = httpx2.head(f"{address}/ready")
        assert (answer.status_code, answer.content) == (503, b"")


@pytest.mark.parametrize("workers", [1, 2])
def test_who_is_being_answered_when_the_server_is_told_to_stop_gets_the_answer(
    published: Settings, world, tmp_path: Path, workers: int
) -> None:
    """Each caller was asked for his body, so that his request is under way, and sends it after the signal only."""
    log, body = tmp_path / "log", json.dumps({"applicant_ids": ["A-1"]}).encode()
    head = b"POST /v1/scores:lookup HTTP/1.1\r\nHost: localhost\r\nX-API-Key: %s\r\nContent-Length: %d\r\n"
    head += b"Content-Type: application/json\r\nExpect: 100-continue\r\n\r\n"
    with ExitStack() as stack:
        stopping = stack.enter_context(ExitStack())
        place = urlsplit(stopping.enter_context(server(published, log, "--workers", str(workers))))
        callers = [stack.enter_context(socket.create_connection((place.hostname, place.port), 60)) for _ in range(100)]
        for caller in callers:
            caller.sendall(head % (world.key.encode(), len(body)))
        assert {head_of(caller).split()[1] for caller in callers} == {b"100"}
        with ThreadPoolExecutor(1) as operator:
            stopped = operator.submit(stopping.close)
            deadline = time.monotonic() + 30
            while log.read_text().count('"Shutting down"') < workers:
                assert time.monotonic() < deadline
                time.sleep(0.01)
            for caller in callers:
                caller.sendall(body)
            assert {head_of(caller).split()[1] for caller in callers} == {b"200"}
            stopped.result()
    assert "defect" not in log.read_text()


def test_who_never_sends_his_body_does_not_keep_the_server_from_stopping(
    published: Settings, world, tmp_path: Path
) -> None:
    head = b"POST /v1/scores:lookup HTTP/1.1\r\nHost: localhost\r\nX-API-Key: %s\r\nContent-Length: 9\r\n"
    with ExitStack() as stack:
        address = stack.enter_context(server(published, tmp_path / "log"))
        place = urlsplit(address)
        with socket.create_connection((place.hostname, place.port), 60) as caller:
            caller.sendall(head % world.key.encode() + b"Expect: 100-continue\r\n\r\n")
            assert head_of(caller).split()[1] == b"100"
            begun = time.monotonic()
            stack.close()
            assert time.monotonic() - begun < 30


def test_what_is_accepted_is_kept_once_and_reaches_the_graph(published: Settings, world, tmp_path: Path) -> None:
    """By two workers, whichever is asked; the second answer to a key is the first, and SIGTERM loses nothing."""
    made: dict[str, str] = {}
    with server(published, tmp_path / "log", "--workers", "2") as address, store_of(published) as store:

        def decide(number: int) -> None:
            name = f"P-{number % 20}"
            answer = httpx2.post(
                f"{address}/v1/decisions",
                json={"application_id": name, "applicant": {"applicant_id": f"N-{number % 20}"}},
                headers={"X-API-Key": world.key, "Idempotency-Key": name},
                timeout=30,
            ).json()
            assert answer["kept"]
            assert made.setdefault(name, answer["decision_id"]) == answer["decision_id"]

        with ThreadPoolExecutor(8) as callers:
            list(callers.map(decide, range(20)))
            list(callers.map(decide, range(40)))
        deadline = time.monotonic() + 60
        while store.graph.node(APPLICATION, "P-19") is None:
            assert time.monotonic() < deadline, (tmp_path / "log").read_text()
            time.sleep(0.2)
    with decision_log_of(published) as kept:
        assert {each.application_id: each.decision_id for each in kept.after(0, 100)} == made
