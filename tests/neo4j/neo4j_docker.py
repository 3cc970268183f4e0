"""Neo4j in Docker, for machines that have a daemon and no Java."""

import secrets
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager

from neo4j_server import START_SECONDS, CannotStartError, answers, free_port

IMAGE = "neo4j:5.26-community"


@contextmanager
def docker_server() -> Iterator[str]:
    """A server in a container that is gone afterwards; its URL with user and password."""
    port, password = free_port(), secrets.token_urlsafe(12)
    published = ["--publish", f"127.0.0.1:{port}:7687", "--env", f"NEO4J_AUTH=neo4j/{password}"]
    container = _docker("run", "--detach", "--rm", *published, IMAGE)
    try:
        _wait(port, password)
        yield f"bolt://neo4j:{password}@127.0.0.1:{port}"
    finally:
        _docker("kill", container)


def _docker(*arguments: str) -> str:
    try:
        done = subprocess.run(["docker", *arguments], capture_output=True, text=True, check=False)
    except FileNotFoundError:
        raise CannotStartError("there is no 'docker' on the path") from None
    if done.returncode:
        raise CannotStartError(f"docker {arguments[0]}: {done.stderr.strip()[-300:]}")
    return done.stdout.strip()


def _wait(port: int, password: str) -> None:
    until = time.monotonic() + START_SECONDS
    while not answers(f"bolt://127.0.0.1:{port}", "neo4j", password):
        if time.monotonic() > until:
            raise CannotStartError("Neo4j did not come up in its container")
        time.sleep(0.5)
