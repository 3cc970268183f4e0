"""The server refuses, is away, or is killed in the middle of a load."""

import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime

import polars as pl
import pytest
from neo4j import Driver
from neo4j_server import Neo4jServer

from graph.chunk import Chunk, RelationshipRows
from graph.errors import AccessError, ConfigurationError, StoreUnavailableError
from graph.ledger import Load, LoadStatus
from graph.ontology.relationships import TRANSFERRED
from graph.store.contract import Part
from graph.store.neo4j.connection import BRIEF_SECONDS
from graph.store.neo4j.schema import SCHEMA_VERSION, constraints
from graph.store.neo4j.store import Neo4jStore, open_neo4j

CHUNKS, ROWS = 30, 800


def chunk(number: int) -> Chunk:
    """Transfers between 50 accounts, every chunk with keys of its own."""
    rows = (
        pl.int_range(ROWS, eager=True)
        .to_frame("row")
        .select(
            key=pl.format("t{}-{}", pl.lit(number), "row"),
            start=pl.format("a{}", pl.col("row") % 50),
            end=pl.format("a{}", pl.col("row") % 49),
            amount=pl.lit(100),
            ts=pl.col("row"),
        )
    )
    return Chunk(relationships=(RelationshipRows(TRANSFERRED, rows),))


def test_a_load_goes_on_when_the_server_was_killed_and_comes_back(
    neo4j_server: Neo4jServer, caplog: pytest.LogCaptureFixture
) -> None:
    under_way = threading.Event()
    done_at_the_cut: list[int] = []

    def power_cut() -> None:
        under_way.wait()
        time.sleep(0.05)
        neo4j_server.kill()
        done_at_the_cut.append(load.chunks_done)
        neo4j_server.start()

    restarting = threading.Thread(target=power_cut)
    restarting.start()
    load = Load(load_id="l", table="transfers", file="t.csv", status=LoadStatus.LOADING, started_at=datetime.now(UTC))
    with open_neo4j(neo4j_server.url) as store:
        for line in store.graph.merge_all((Part(chunk(number)) for number in range(CHUNKS)), load):
            load = line
            assert (load.loaded, load.merged) == (ROWS * load.chunks_done, 0)
            if load.chunks_done == CHUNKS // 3:
                under_way.set()
        restarting.join()
        assert CHUNKS // 3 <= done_at_the_cut[0] < CHUNKS
        assert store.graph.counts()["TRANSFERRED"] == CHUNKS * ROWS
        assert store.graph.counts()["Account"] == 50
        assert store.ledger.load("l") == load
    assert (load.loaded, load.merged, load.chunks_done) == (CHUNKS * ROWS, 0, CHUNKS)
    told = {(record.name, record.message) for record in caplog.records if record.name.startswith("ringfence")}
    assert told == {
        ("ringfence.store", f"Neo4j does not answer ({neo4j_server.address}). It is asked again for up to 180 s.")
    }


def test_a_load_goes_on_when_somebody_ends_its_transactions(store: Neo4jStore, driver: Driver) -> None:
    ended = []

    def parts() -> Iterator[Part]:
        for number in range(CHUNKS):
            yield Part(chunk(number))
            if number % 7 == 3:
                ended.append(end_one(driver))

    load = Load(load_id="l", table="transfers", file="t.csv", status=LoadStatus.LOADING, started_at=datetime.now(UTC))
    *_, last = store.graph.merge_all(parts(), load)
    assert any(ended)
    assert (last.loaded, last.merged, last.chunks_done) == (CHUNKS * ROWS, 0, CHUNKS)
    assert store.graph.counts()["TRANSFERRED"] == CHUNKS * ROWS
    assert store.ledger.load("l") == last


def end_one(driver: Driver) -> bool:
    """End a transaction of somebody's, as an operator can; the load has one open most of the time."""
    for _ in range(50):
        found = driver.execute_query(
            "SHOW TRANSACTIONS YIELD transactionId AS id, currentQuery AS query RETURN id, query"
        )
        for id_, query in found.records:
            if "SHOW" not in query:
                done = driver.execute_query("TERMINATE TRANSACTIONS $id YIELD message RETURN message", id=id_)
                if done.records[0]["message"] == "Transaction terminated.":
                    return True
    return False


def test_a_server_that_is_away_is_said_to_be_soon(neo4j_server: Neo4jServer) -> None:
    with open_neo4j(neo4j_server.url) as store:
        neo4j_server.kill()
        began = time.monotonic()
        with pytest.raises(StoreUnavailableError, match="does not answer"):
            store.ping()
        with pytest.raises(StoreUnavailableError):
            store.runs.score("a1")
        with pytest.raises(StoreUnavailableError) as refused:
            open_neo4j(neo4j_server.url)
        assert time.monotonic() - began < 3 * BRIEF_SECONDS
        assert neo4j_server.password not in str(refused.value)
        neo4j_server.start()
        store.ping()


def test_a_wrong_password_is_refused_at_once(neo4j_url: str) -> None:
    began = time.monotonic()
    with pytest.raises(AccessError, match="password") as refused:
        open_neo4j(neo4j_url.replace("neo4j:", "neo4j:not"))
    assert time.monotonic() - began < BRIEF_SECONDS
    assert "not" not in refused.value.where


@pytest.mark.parametrize("scheme", ["neo4j", "bolt+ssc", "neo4j+ssc"])
def test_routing_and_encryption_work(store: Neo4jStore, neo4j_server: Neo4jServer, scheme: str) -> None:
    with open_neo4j(neo4j_server.url.replace("bolt:", f"{scheme}:")) as opened:
        assert opened.graph.counts() == store.graph.counts()
        assert opened.address == f"{scheme}://127.0.0.1:{neo4j_server.port}"


@pytest.mark.parametrize("scheme", ["neo4j+s", "bolt+s"])
def test_a_certificate_that_nobody_vouches_for_is_not_trusted(neo4j_server: Neo4jServer, scheme: str) -> None:
    with pytest.raises(ConfigurationError, match=r"certificate is not trusted: self-signed certificate .*\+ssc"):
        open_neo4j(neo4j_server.url.replace("bolt:", f"{scheme}:"))


@pytest.mark.parametrize("scheme", ["neo4j", "bolt"])
def test_a_database_that_is_not_there_is_a_wrong_setting(neo4j_server: Neo4jServer, scheme: str) -> None:
    with pytest.raises(ConfigurationError, match="no database 'elsewhere'"):
        open_neo4j(neo4j_server.url.replace("bolt:", f"{scheme}:") + "/elsewhere")


def test_a_newer_schema_is_not_touched(store: Neo4jStore, driver: Driver, neo4j_url: str) -> None:
    driver.execute_query("MATCH (s:RingfenceSchema) SET s.version = s.version + 1")
    with pytest.raises(ConfigurationError, match=f"version {SCHEMA_VERSION + 1}, .* up to {SCHEMA_VERSION}"):
        open_neo4j(neo4j_url)


def test_an_older_schema_is_brought_up_to_date(store: Neo4jStore, driver: Driver, neo4j_url: str) -> None:
    dropped = next(iter(constraints()))
    driver.execute_query(f"DROP CONSTRAINT {dropped}")
    driver.execute_query("MATCH (s:RingfenceSchema) SET s.version = 0")
    open_neo4j(neo4j_url).close()
    names = driver.execute_query("SHOW CONSTRAINTS YIELD name RETURN collect(name)").records[0][0]
    versions = driver.execute_query("MATCH (s:RingfenceSchema) RETURN collect(s.version)").records[0][0]
    assert dropped in names
    assert versions == [SCHEMA_VERSION]
