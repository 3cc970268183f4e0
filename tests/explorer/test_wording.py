"""Every text of the pages is in both languages: none is written where it is drawn, none is left in English."""

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from app.explorer.names import NAMES
from detectors.reasons import CODES
from detectors.sentences import APPLICANT_PARTS, PARTS
from graph.ontology import NODE_KINDS, RELATIONSHIP_KINDS

EXPLORER = Path("app/explorer")
DRAWING = frozenset({"st", "alt"})
WIDGETS = frozenset(name for name in vars(st) if not name.startswith("_"))
NO_TEXT = frozenset({"key", "type", "width", "height", "format", "gap", "layout", "language", "text_alignment", "sort",
                     "vertical_alignment", "label_visibility", "persist_state", "scheme", "mode"})  # fmt: skip
SAME_IN_BOTH = frozenset({"code", "query_params", "session_state", "_log"})
"""A command is typed as it is, and some things never meet the analyst's eye."""
NO_WORDS = frozenset({"Ringfence"})


def drawn(tree: ast.AST) -> Iterator[ast.Call]:
    """Calls that draw: of Streamlit or Altair, or a method of what one of theirs returned."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            parts = ast.unparse(node.func).split(".")
            method = parts[-1]
            if SAME_IN_BOTH.isdisjoint(parts) and (parts[0] in DRAWING or method in WIDGETS):
                yield node


def literals(call: ast.Call) -> Iterator[str]:
    """Texts written into the call itself; what is handed to a function inside it is that function's business."""
    waiting: list[ast.AST] = [*call.args, *(each.value for each in call.keywords if each.arg not in NO_TEXT)]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Call):
            continue
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield re.sub(r"<[^>]*>?", "", node.value)
        waiting += ast.iter_child_nodes(node)


def is_wording(text: str) -> bool:
    """A sentence, or a word as a label has it; not the name of a field or an option."""
    return text.strip() not in NO_WORDS and bool(re.search(r"[A-Za-z]{2,} [A-Za-z]|\b[A-Z][a-z]+", text))


@pytest.mark.parametrize("file", sorted(EXPLORER.rglob("*.py")), ids=lambda file: str(file.relative_to(EXPLORER)))
def test_no_text_is_written_where_it_is_drawn(file: Path) -> None:
    found = [
        f"{file}:{call.lineno}: {text!r}"
        for call in drawn(ast.parse(file.read_text("utf-8")))
        for text in literals(call)
        if is_wording(text)
    ]
    assert not found, "say it as a Saying: " + "; ".join(found)


def test_the_walk_finds_what_it_is_for() -> None:
    code = "st.text('Nothing here')\nleft.selectbox('From', x, key='From here')\nst.text(said(X), width='a b')\n"
    code += "st.tabs(['Members', 'b'])\nst.text(f'By {x} what was')\nst.code('ringfence users add NAME')\n"
    found = [text for call in drawn(ast.parse(code)) for text in literals(call) if is_wording(text)]
    assert sorted(found) == [" what was", "By ", "From", "Members", "Nothing here"]


def test_everything_that_the_graph_knows_has_a_name_in_both_languages() -> None:
    kinds = [*NODE_KINDS, *RELATIONSHIP_KINDS]
    known = {kind.label for kind in NODE_KINDS} | {kind.type for kind in RELATIONSHIP_KINDS} | set(CODES)
    known |= {*PARTS, *APPLICANT_PARTS} | {one.name for kind in kinds for one in kind.properties}
    assert known - set(NAMES) == set()
    english = [name for name, saying in NAMES.items() if saying.zh == saying.en]
    assert set(english) <= {"Wifi", "asn", "ssid"}


WORD = re.compile(r"[A-Za-z]?[a-z]{2,}")
SAID_SO = frozenset({"WiFi", "English", "Fi", "nightly", "ringfence", "detect"})
"""Words that Chinese takes over, and commands."""
ADDRESSES = ({"ring": "R-PLAIN"}, {"ring": "R-NONE"}, {"person": "A-001"}, {"person": "A-404"}, {"page": "runs"},
             {"page": "people"}, {"page": "appeals"}, {"appeal": "9"}, {})  # fmt: skip


@pytest.fixture
def in_chinese(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., AppTest]:
    """Opens the explorer on a store, in Chinese."""

    def run(store: str, **query: str) -> AppTest:
        monkeypatch.setenv("RINGFENCE_STORE", store)
        monkeypatch.setenv("RINGFENCE_WORK_DIR", str(tmp_path / "work"))
        monkeypatch.setenv("RINGFENCE_AUTHOR", "王伟")
        st.cache_resource.clear()
        st.cache_data.clear()
        page = AppTest.from_file(str(EXPLORER.resolve() / "entry.py"), default_timeout=20)
        page.session_state["language"] = "zh"
        for name, value in query.items():
            page.query_params[name] = value
        page.run()
        assert not page.exception
        return page

    return run


def seen(page: AppTest) -> Iterator[str]:
    """Every text that the page shows apart from what stands in the cells of tables."""
    for element in page.main:
        yield from _of(element)


def _of(element: object) -> Iterator[str]:
    for child in getattr(element, "children", {}).values():
        yield from _of(child)
    if getattr(element, "type", "") in {"code", "vega_lite_chart", "button_group"}:
        return
    proto = getattr(element, "proto", None)
    for name in ("label", "body", "help", "placeholder", "alt", "options"):
        value = getattr(proto, name, "")
        yield from [value] if isinstance(value, str) else map(str, value)
    if getattr(element, "type", "") == "arrow_data_frame":
        yield from map(str, element.value.columns)


@pytest.mark.parametrize("query", ADDRESSES, ids=str)
def test_in_chinese_nothing_is_left_in_english(
    in_chinese: Callable[..., AppTest], sample_url: str, query: dict[str, str]
) -> None:
    texts = list(seen(in_chinese(sample_url, **query)))
    assert any(re.search("[\u4e00-\u9fff]", text) for text in texts)
    assert english(texts) == {}


def test_before_the_first_run_everything_is_in_chinese(in_chinese: Callable[..., AppTest], tmp_path: Path) -> None:
    texts = [text for text in seen(in_chinese(f"sqlite:///{tmp_path}/e.db")) if str(tmp_path) not in text]
    assert english(texts) == {}


def english(texts: list[str]) -> dict[str, set[str]]:
    """Texts with English words in them."""
    found = {text: set(WORD.findall(text)) - SAID_SO for text in texts}
    return {text: words for text, words in found.items() if words}
