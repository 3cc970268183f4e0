from pathlib import Path

from graph.ontology import INPUT_TABLES, NODE_KINDS, RELATIONSHIP_KINDS, NodeKind, Property
from graph.ontology.markdown import ontology_page
from graph.values import ChoiceType, TokenType

PAGE = Path(__file__).parents[3] / "docs" / "ontology.md"


def test_the_page_is_up_to_date():
    assert PAGE.read_text(encoding="utf-8") == ontology_page(), (
        "run: python -m graph.ontology.markdown > docs/ontology.md"
    )


def test_everything_declared_is_on_the_page():
    page = ontology_page()
    for name in [kind.label for kind in NODE_KINDS] + [table.name for table in INPUT_TABLES]:
        assert f"### `{name}`\n" in page
    for kind in RELATIONSHIP_KINDS:
        assert f"### `(:{kind.start.label})-[:{kind.type}]->(:{kind.end.label})`\n" in page


def test_a_new_identifier_is_one_declaration():
    profile = Property("profile", ChoiceType(("test|ing", "live")))
    esim = NodeKind("Esim", Property("eid", TokenType()), (profile,), identifier=True, doc="An eSIM, by its EID.")
    page = ontology_page(nodes=(esim,), relationships=(), tables=())
    assert "### `Esim`\n\nAn eSIM, by its EID. People can be linked through it.\n" in page
    assert "| `eid` | token | key |\n| `profile` | `test\\|ing` or `live` | latest |\n" in page
    assert "| token | A token of" in page
