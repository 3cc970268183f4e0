"""SQL text that is derived from declarations, without a database."""

from graph.ontology import Keep, NodeKind, Property, RelationshipKind
from graph.ontology.nodes import APPLICANT, PHONE
from graph.store.sqlite.schema import indexes, node_table, relationship_table
from graph.store.sqlite.upserts import insert_new, merge_known, row_columns
from graph.values import TextType, TimestampType

ESIM = NodeKind(
    label='E"sim', key=Property("eid", TextType()), properties=(Property("order", TextType()),), identifier=True
)  # fmt: skip
HAS_ESIM = RelationshipKind(
    "HAS_ESIM", APPLICANT, ESIM, (Property("since", TimestampType(), Keep.EARLIEST),), time="since", extras=True
)


def test_a_new_kind_is_a_declaration_and_its_names_are_quoted():
    assert node_table(ESIM) == (
        'CREATE TABLE "e""sim" (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, "order" TEXT) STRICT'
    )
    assert (
        insert_new(ESIM, ("key", "order"))
        == 'INSERT INTO "e""sim" ("key", "order") VALUES (?, ?) ON CONFLICT DO NOTHING'
    )
    assert merge_known(ESIM, ("key", "order")) == (
        'INSERT INTO "e""sim" ("key", "order") VALUES (?, ?) ON CONFLICT ("key") DO UPDATE SET'
        ' "order" = coalesce(excluded."order", "e""sim"."order")'
        ' WHERE "e""sim"."order" IS NOT coalesce(excluded."order", "e""sim"."order")'
    )


def test_a_kind_with_a_base_shares_its_ids():
    assert 'id INTEGER PRIMARY KEY REFERENCES "account" (id)' in node_table(APPLICANT)
    assert "key" not in row_columns(APPLICANT)
    assert row_columns(APPLICANT)[0] == "id"


def test_relationships_are_clustered_by_their_ends_and_found_from_the_other_side():
    table = relationship_table(HAS_ESIM)
    assert table.endswith('PRIMARY KEY (start, "end")) STRICT, WITHOUT ROWID')
    assert '"since" INTEGER, "extras" TEXT, "extras_at" INTEGER' in table
    assert indexes(HAS_ESIM) == {"has_esim_end": 'CREATE INDEX "has_esim_end" ON "has_esim" ("end", "since")'}


def test_what_has_no_values_is_never_updated():
    assert merge_known(PHONE, ("key",)) is None
    assert merge_known(ESIM, ("key",)) is None
