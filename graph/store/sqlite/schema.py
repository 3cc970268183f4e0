"""SQL of the tables: those of the graph derived from the ontology, those of the ledger and of the runs as they stand.

A node kind has a table of its keys and properties. A kind with a base has a table of properties only, whose `id` is
that of the base's row. A relationship kind is clustered by its ends, or, where it has a key, by the order of arrival.
"""

from graph.ontology import NODE_KINDS, RELATIONSHIP_KINDS, NodeKind, RelationshipKind
from graph.store.collapse import Kind
from graph.store.sqlite.names import key_table_of, listed, quoted, reverse_index_of, table_of, value_columns

KINDS: tuple[Kind, ...] = (*NODE_KINDS, *RELATIONSHIP_KINDS)


def node_table(kind: NodeKind) -> str:
    """CREATE TABLE for a node kind."""
    if kind.base is None:
        identity = ["id INTEGER PRIMARY KEY", "key TEXT NOT NULL UNIQUE"]
    else:
        identity = [f"id INTEGER PRIMARY KEY REFERENCES {key_table_of(kind)} (id)"]
    return f"CREATE TABLE {table_of(kind)} ({_body(identity, kind)}) STRICT"


def relationship_table(kind: RelationshipKind) -> str:
    """CREATE TABLE for a relationship kind."""
    start = f"start INTEGER NOT NULL REFERENCES {table_of(kind.start)} (id)"
    end = f'"end" INTEGER NOT NULL REFERENCES {table_of(kind.end)} (id)'
    if kind.key is not None:
        identity = ["id INTEGER PRIMARY KEY", "key TEXT NOT NULL UNIQUE", start, end]
        return f"CREATE TABLE {table_of(kind)} ({_body(identity, kind)}) STRICT"
    body = _body([start, end], kind) + ', PRIMARY KEY (start, "end")'
    return f"CREATE TABLE {table_of(kind)} ({body}) STRICT, WITHOUT ROWID"


def indexes(kind: RelationshipKind) -> dict[str, str]:
    """CREATE INDEX by name, the most recent last: from the end, and from the start where no primary key serves that."""
    recent = (kind.time,) if kind.time else ()
    ends = {reverse_index_of(kind): ("end", *recent)}
    if kind.key is not None:
        ends[f"{kind.table}_start"] = ("start", *recent)
    return {
        name: f"CREATE INDEX {quoted(name)} ON {table_of(kind)} ({listed(columns)})" for name, columns in ends.items()
    }


def graph_changes(existing: dict[str, frozenset[str]]) -> list[str]:
    """What brings the graph's tables (name to columns) up to the ontology: new kinds and new properties."""
    changes: list[str] = []
    for kind in KINDS:
        if kind.table in existing:
            changes += _added_columns(kind, existing[kind.table])
        else:
            changes += _created(kind)
    return changes


def _created(kind: Kind) -> list[str]:
    if isinstance(kind, NodeKind):
        return [node_table(kind)]
    return [relationship_table(kind), *indexes(kind).values()]


def _added_columns(kind: Kind, existing: frozenset[str]) -> list[str]:
    return [
        f"ALTER TABLE {table_of(kind)} ADD COLUMN {quoted(name)} {type_}"
        for name, type_ in value_columns(kind).items()
        if name not in existing
    ]


def _body(identity: list[str], kind: Kind) -> str:
    return ", ".join([*identity, *(f"{quoted(name)} {type_}" for name, type_ in value_columns(kind).items())])


LEDGER = (
    "CREATE TABLE load (load_id TEXT PRIMARY KEY, started_at TEXT NOT NULL, body TEXT NOT NULL) STRICT, WITHOUT ROWID",
    """CREATE TABLE quarantine (
        load_id TEXT NOT NULL, line INTEGER NOT NULL, "column" TEXT NOT NULL, "table" TEXT NOT NULL, body TEXT NOT NULL,
        PRIMARY KEY (load_id, line, "column")) STRICT, WITHOUT ROWID""",
)

RUNS = (
    """CREATE TABLE run (
        number INTEGER PRIMARY KEY, run_id TEXT NOT NULL UNIQUE, published INTEGER NOT NULL, body TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE ring (
        id INTEGER PRIMARY KEY, run INTEGER NOT NULL, ring_id TEXT NOT NULL, score REAL NOT NULL, size INTEGER NOT NULL,
        change TEXT NOT NULL, kind TEXT NOT NULL, exposure INTEGER NOT NULL, expected_loss INTEGER NOT NULL,
        first_seen INTEGER, last_seen INTEGER, headline TEXT NOT NULL, body TEXT NOT NULL, UNIQUE (run, ring_id)
    ) STRICT""",
    """CREATE TABLE ring_member (
        run INTEGER NOT NULL, applicant_id TEXT NOT NULL, ring_id TEXT NOT NULL, score REAL NOT NULL,
        PRIMARY KEY (run, applicant_id, ring_id)) STRICT, WITHOUT ROWID""",
    """CREATE TABLE applicant_score (
        run INTEGER NOT NULL, applicant INTEGER NOT NULL, score REAL NOT NULL, ring_id TEXT,
        parts TEXT NOT NULL, reasons TEXT NOT NULL, PRIMARY KEY (run, applicant)) STRICT, WITHOUT ROWID""",
)

BODIES_APART = (
    """CREATE TABLE ring_body (
        run INTEGER NOT NULL, ring_id TEXT NOT NULL, body TEXT NOT NULL, UNIQUE (run, ring_id)) STRICT""",
    "INSERT INTO ring_body (run, ring_id, body) SELECT run, ring_id, body FROM ring",
    "ALTER TABLE ring DROP COLUMN body",
)
"""The queue reads every line of a run; with the whole ring beside it, that was a page of the file for each."""

JOURNAL = (
    """CREATE TABLE change (
        upto INTEGER PRIMARY KEY, mark INTEGER NOT NULL, kind TEXT NOT NULL, rows BLOB NOT NULL) STRICT""",
    "INSERT INTO change (upto, mark, kind, rows) VALUES (0, random(), '', x'')",
)
"""How many rows merges have written up to here, and which (`journal.py`). A later step that changes rows of the graph
has to empty it and to begin anew, as here.
"""

HEADLINE_FIGURES = ("ALTER TABLE ring ADD COLUMN headline_figures TEXT NOT NULL DEFAULT '{}'",)
"""What the headline is made of in any language. Those of older runs are there in the language they were written in."""

NIGHTS = ("CREATE TABLE night (started_at TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT, WITHOUT ROWID",)

LEARNED = (
    """CREATE TABLE learned (
        run INTEGER NOT NULL, piece INTEGER NOT NULL, bytes BLOB NOT NULL, UNIQUE (run, piece)) STRICT""",
)

FALSE_KILLS = (
    "ALTER TABLE ring ADD COLUMN false_kills REAL",
    "ALTER TABLE ring ADD COLUMN false_kills_low INTEGER",
    "ALTER TABLE ring ADD COLUMN false_kills_high INTEGER",
)
"""Unknown of rings of older runs, whose scores were no probabilities."""
