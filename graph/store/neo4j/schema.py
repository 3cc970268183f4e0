"""Constraints and indexes, derived from the ontology, and the version of what this program writes."""

from neo4j import ManagedTransaction

from graph.errors import ConfigurationError
from graph.ontology import NODE_KINDS, RELATIONSHIP_KINDS
from graph.store.neo4j.connection import Connection
from graph.store.neo4j.cypher import quoted

SCHEMA_VERSION = 1

STEPS: dict[int, tuple[str, ...]] = {
    0: ("CREATE INDEX ringfence_ring_run IF NOT EXISTS FOR (x:RingRecord) ON (x.run)",),
}
"""Cypher that leads from a version to the next. The constraints need none: those that are missing are made."""

_UNIQUE: dict[str, tuple[str, ...]] = {
    "RingfenceSchema": ("name",),
    "Load": ("load_id",),
    "QuarantinedRow": ("load_id", "line", "column"),
    "Night": ("started_at",),
    "Lock": ("work",),
    "Published": ("name",),
    "Run": ("number",),
    "RingRecord": ("run", "ring_id"),
    "Score": ("run", "applicant_id"),
    "Learned": ("run", "piece"),
}
_SECONDS_TO_INDEX = 600
_VERSION = "MATCH (s:RingfenceSchema {name: 'ringfence'}) RETURN s.version AS version"
_SET_VERSION = "MERGE (s:RingfenceSchema {name: 'ringfence'}) SET s.version = $version"


def constraints() -> dict[str, str]:
    """Name of each constraint to the statement that makes it."""
    nodes = {kind.label: (kind.key.name,) for kind in NODE_KINDS} | _UNIQUE
    made = {_name(label): _unique(f"(x:{quoted(label)})", _name(label), keys) for label, keys in nodes.items()}
    for kind in RELATIONSHIP_KINDS:
        if kind.key is not None:
            name = _name(kind.type)
            made[name] = _unique(f"()-[x:{quoted(kind.type)}]-()", name, (kind.key.name,))
    return made


def prepare(connection: Connection) -> None:
    """Make the database a store of the current version. Writes nothing where nothing is to be changed."""
    version, present = connection.look_up(_state)
    if version > SCHEMA_VERSION:
        raise ConfigurationError(
            f"The store has schema version {version}, this program knows up to {SCHEMA_VERSION}",
            where=connection.address,
            do="Use the version of Ringfence that wrote it, or a newer one.",
        )
    missing = [statement for name, statement in constraints().items() if name not in present]
    for statement in missing:
        connection.run_in_batches(statement)
    for number in range(version, SCHEMA_VERSION):
        for statement in STEPS[number]:
            connection.run_in_batches(statement)
    if missing or version < SCHEMA_VERSION:
        connection.run_in_batches(f"CALL db.awaitIndexes({_SECONDS_TO_INDEX})")
        connection.write(lambda tx: tx.run(_SET_VERSION, version=SCHEMA_VERSION).consume())


def _state(tx: ManagedTransaction) -> tuple[int, frozenset[str]]:
    """The stored version (0 before the first) and the names of the constraints that exist."""
    record = tx.run(_VERSION).single()
    names = [row["name"] for row in tx.run("SHOW CONSTRAINTS YIELD name")]
    return (record["version"] if record else 0), frozenset(names)


def _name(name: str) -> str:
    return f"ringfence_{name.lower()}"


def _unique(pattern: str, name: str, keys: tuple[str, ...]) -> str:
    columns = ", ".join(f"x.{quoted(key)}" for key in keys)
    return f"CREATE CONSTRAINT {quoted(name)} IF NOT EXISTS FOR {pattern} REQUIRE ({columns}) IS UNIQUE"
