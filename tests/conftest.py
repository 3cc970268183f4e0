"""What all tests share: a real Neo4j server, from wherever there is one, and a real PostgreSQL server."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import NoReturn
from urllib.parse import quote, unquote, urlsplit

import pytest
from neo4j import Driver, GraphDatabase
from neo4j_docker import docker_server
from neo4j_server import CannotStartError, Neo4jServer
from postgresql_server import CannotStartError as NoPostgresqlError
from postgresql_server import PostgresqlServer

MISSING = pytest.StashKey[str]()
MISSING_POSTGRESQL = pytest.StashKey[str]()


@pytest.fixture(scope="session")
def neo4j_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """`bolt://user:password@host:port` of a server whose data the tests may delete: NEO4J_URI, Maven's, or Docker's."""
    with ExitStack() as stack:
        if "NEO4J_URI" in os.environ:
            url = _given(os.environ["NEO4J_URI"])
            stack.callback(_wipe, url)
        else:
            url = _started(request, stack)
        yield url


@pytest.fixture
def wiped_neo4j(neo4j_url: str) -> Callable[[], str]:
    """wiped_neo4j(): the same URL, when everything has been deleted there (constraints stay)."""

    def wipe() -> str:
        _wipe(neo4j_url)
        return neo4j_url

    return wipe


@pytest.fixture
def empty_neo4j(wiped_neo4j: Callable[[], str]) -> str:
    """The URL, when everything has been deleted there before the test."""
    return wiped_neo4j()


@pytest.fixture(scope="session")
def neo4j_server(request: pytest.FixtureRequest) -> Neo4jServer:
    """The server from Maven, to be killed and started again; its data may be deleted too."""
    server = request.getfixturevalue("maven_server")
    if isinstance(server, CannotStartError):
        _missing(request.config, str(server))
    return server


@pytest.fixture(scope="session")
def maven_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Neo4jServer | CannotStartError]:
    """The server, or why there is none."""
    try:
        server = Neo4jServer.at(tmp_path_factory.mktemp("neo4j")).start()
    except CannotStartError as reason:
        yield reason
    else:
        yield server
        server.kill()


@pytest.fixture(scope="session")
def postgresql(request: pytest.FixtureRequest) -> Iterator[PostgresqlServer]:
    """A server; without one the test is skipped, or fails where RINGFENCE_REQUIRE_POSTGRESQL=1 (CI sets it)."""
    try:
        server = PostgresqlServer()
    except NoPostgresqlError as reason:
        request.config.stash[MISSING_POSTGRESQL] = str(reason)
        if os.environ.get("RINGFENCE_REQUIRE_POSTGRESQL") == "1":
            pytest.fail(f"RINGFENCE_REQUIRE_POSTGRESQL=1, but there is no PostgreSQL: {reason}")
        pytest.skip(f"no PostgreSQL: {reason}")
    yield server
    server.stop()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say it loudly when nothing was tested on a server."""
    for key, server in ((MISSING, "NEO4J"), (MISSING_POSTGRESQL, "POSTGRESQL")):
        if reason := config.stash.get(key, None):
            terminalreporter.section(f"NOT TESTED ON {server}", sep="!", red=True, bold=True)
            terminalreporter.line(reason, red=True)


def _started(request: pytest.FixtureRequest, stack: ExitStack) -> str:
    server = request.getfixturevalue("maven_server")
    if isinstance(server, Neo4jServer):
        return server.url
    try:
        return stack.enter_context(docker_server())
    except CannotStartError as no_docker:
        _missing(request.config, f"{server}; {no_docker}")


def _missing(config: pytest.Config, reason: str) -> NoReturn:
    config.stash[MISSING] = reason
    if os.environ.get("RINGFENCE_REQUIRE_NEO4J") == "1":
        pytest.fail(f"RINGFENCE_REQUIRE_NEO4J=1, but there is no Neo4j: {reason}")
    pytest.skip(f"no Neo4j: {reason}")


def _given(url: str) -> str:
    """NEO4J_URI with user and password put in. Refused if it holds anything: the tests delete everything there."""
    parts = urlsplit(url)
    if parts.username is None and "NEO4J_PASSWORD" in os.environ:
        user, password = os.environ.get("NEO4J_USER", "neo4j"), os.environ["NEO4J_PASSWORD"]
        url = parts._replace(netloc=f"{quote(user, safe='')}:{quote(password, safe='')}@{parts.netloc}").geturl()
    with _driver(url) as driver:
        held = driver.execute_query("MATCH (n) RETURN n LIMIT 1").records
    if held:
        pytest.fail(f"The database at {parts.hostname} is not empty: the tests would delete what it holds.")
    return url


def _driver(url: str) -> Driver:
    parts = urlsplit(url)
    bare = parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
    return GraphDatabase.driver(bare, auth=(unquote(parts.username or ""), unquote(parts.password or "")))


def _wipe(url: str) -> None:
    with _driver(url) as driver, driver.session() as session:
        session.run("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS").consume()
