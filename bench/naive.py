"""The pipeline that one would write first: `neo4j` rows into `networkx`, communities by `python-louvain`.

Side by side with Ringfence on the same files: load the observations, read the graph back, project applicants who share
an identifier, find communities, write each applicant's community back. Run as `python -m bench.naive FOLDER BOLT_URL`.
"""

import csv
import itertools
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import community
import networkx as nx
from neo4j import Driver, GraphDatabase

_BATCH = 10_000
_LARGEST_GROUP = 50
"""Pairs within an identifier of more users than this would not fit into memory: even the first version needs a cap."""

TABLES = {
    "applicant_device": ("Device", "USED_DEVICE", "fingerprint"),
    "applicant_wifi": ("Wifi", "ON_WIFI", "bssid"),
    "applicant_ip": ("Ip", "FROM_IP", "ip"),
    "applicant_card": ("Card", "HAS_CARD", "card_hash"),
}


def rows(file: Path) -> Iterator[list[dict[str, str]]]:
    """The rows of a CSV file in batches."""
    with file.open(encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream)
        while batch := list(itertools.islice(reader, _BATCH)):
            yield batch


def load(driver: Driver, folder: Path) -> None:
    """Merge both ends and the relationship of every observation in one statement."""
    driver.execute_query("CREATE CONSTRAINT IF NOT EXISTS FOR (n:Applicant) REQUIRE n.applicant_id IS UNIQUE")
    for table, (label, type_, key) in TABLES.items():
        driver.execute_query(f"CREATE CONSTRAINT IF NOT EXISTS FOR (n:{label}) REQUIRE n.{key} IS UNIQUE")
        for batch in rows(folder / f"{table}.csv"):
            driver.execute_query(
                f"UNWIND $rows AS row MERGE (a:Applicant {{applicant_id: row.applicant_id}}) "
                f"MERGE (i:{label} {{{key}: row.{key}}}) MERGE (a)-[:{type_}]->(i)",
                rows=batch,
            )


def read(driver: Driver) -> "nx.Graph[str]":
    """Applicants who share an identifier, an edge for each pair, weighted by how many they share."""
    users: defaultdict[str, list[str]] = defaultdict(list)
    with driver.session() as session:
        for record in session.run("MATCH (a:Applicant)-->(i) RETURN a.applicant_id AS a, elementId(i) AS i"):
            users[record["i"]].append(record["a"])
    graph: nx.Graph[str] = nx.Graph()
    for sharing in users.values():
        if len(sharing) <= _LARGEST_GROUP:
            for left, right in itertools.combinations(sharing, 2):
                weight = graph.get_edge_data(left, right, {"weight": 0})["weight"]
                graph.add_edge(left, right, weight=weight + 1)
    return graph


def main() -> None:
    """Load, read, find, write back."""
    folder, url = Path(sys.argv[1]), urlsplit(sys.argv[2])
    address = f"{url.scheme}://{url.hostname}:{url.port}"
    with GraphDatabase.driver(address, auth=(url.username or "", url.password or "")) as driver:
        load(driver, folder)
        partition = community.best_partition(read(driver), random_state=1)
        found = [{"id": applicant, "community": number} for applicant, number in partition.items()]
        for begin in range(0, len(found), _BATCH):
            driver.execute_query(
                "UNWIND $rows AS row MATCH (a:Applicant {applicant_id: row.id}) SET a.community = row.community",
                rows=found[begin : begin + _BATCH],
            )
    print(f"{len(set(partition.values()))} communities of {len(partition)} applicants")


if __name__ == "__main__":
    main()
