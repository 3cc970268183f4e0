"""`ringfence explore` from the command line: what it says when it cannot start."""

import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx2
import pytest

PROGRAM = Path(sys.executable).with_name("ringfence")


def explore(*options: str, folder: Path) -> subprocess.CompletedProcess[str]:
    command = [PROGRAM, "explore", "--no-browser", *options]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=60, check=False)


def test_a_port_in_use_is_said_and_can_be_told_from_other_errors(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        answer = explore("--port", str(other.getsockname()[1]), folder=tmp_path)
    assert answer.returncode == 75
    assert "Choose another with --host and --port." in answer.stderr
    assert "Traceback" not in answer.stderr


@pytest.mark.parametrize("host", ["0.0.0.0", "::"])
def test_to_listen_everywhere_needs_a_name(tmp_path: Path, host: str) -> None:
    answer = explore("--host", host, folder=tmp_path)
    assert answer.returncode == 64
    assert "--name NAME" in answer.stderr


def test_a_store_that_does_not_exist_as_a_kind_is_said(tmp_path: Path) -> None:
    answer = explore("--store", "mysql://somewhere", folder=tmp_path)
    assert answer.returncode == 78
    assert "There is no store for the scheme 'mysql'" in answer.stderr


def test_a_store_that_is_down_is_said_within_seconds_and_the_pages_are_served(tmp_path: Path) -> None:
    with socket.socket() as probe, socket.socket() as silent:
        probe.bind(("127.0.0.1", 0))
        silent.bind(("127.0.0.1", 0))  # bound, but it does not listen: whoever connects is refused
        port, down = probe.getsockname()[1], silent.getsockname()[1]
        probe.close()
        command = [PROGRAM, "explore", "--no-browser", "--port", str(port), "--store", f"bolt://127.0.0.1:{down}"]
        began = time.monotonic()
        with subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL) as explorer:
            said = explorer.stderr.readline().decode()
            seconds = time.monotonic() - began
            served = answers(port)
            explorer.terminate()
    assert f"Neo4j does not answer as it should: ServiceUnavailable (bolt://127.0.0.1:{down})" in said
    assert "starts all the same" in said
    assert seconds < 20, "mostly the start of the program, on a machine with other work"
    assert served


def answers(port: int) -> bool:
    """Does the server answer within half a minute?"""
    end = time.monotonic() + 30
    while time.monotonic() < end:
        try:
            return httpx2.get(f"http://127.0.0.1:{port}/").is_success
        except httpx2.TransportError:
            time.sleep(0.1)
    return False
