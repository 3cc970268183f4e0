"""The server that the tests use is a real Neo4j 5.26."""

from neo4j import GraphDatabase
from neo4j_server import Neo4jServer, answers


def test_the_server_is_the_version_that_production_runs(neo4j_url: str) -> None:
    head, _, password_host = neo4j_url.removeprefix("bolt://").partition(":")
    password, _, host = password_host.partition("@")
    with GraphDatabase.driver(f"bolt://{host}", auth=(head, password)) as driver:
        version = driver.execute_query("CALL dbms.components() YIELD versions RETURN versions[0]").records[0][0]
    assert version.startswith("5.")


def test_a_server_of_its_own_comes_back_after_it_was_killed(neo4j_server: Neo4jServer) -> None:
    neo4j_server.kill()
    assert not answers(neo4j_server.address, "neo4j", neo4j_server.password)
    neo4j_server.start()
    assert answers(neo4j_server.address, "neo4j", neo4j_server.password)
