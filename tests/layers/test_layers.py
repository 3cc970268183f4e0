"""The arrows between the rooms: app -> ingest, detectors, decisions, cases -> database -> graph."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MAY_IMPORT = {
    "graph": set(),
    "database": {"graph"},
    "ingest": {"graph"},
    "detectors": {"graph"},
    "cases": {"graph", "database"},
    "decisions": {"graph", "database"},
    "ringfence_client": set(),
    "examples": {"ringfence_client"},
    "app": {"graph", "database", "ingest", "detectors", "decisions", "cases"},
    "bench": {"graph", "database", "ingest", "detectors", "decisions", "cases", "app"},
}
OURS = frozenset(MAY_IMPORT)


def imported(file: Path) -> set[str]:
    """Top-level names of everything that the file imports, at any depth of its code."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: imports are absolute"
            names.add(node.module or "")
    return {name.partition(".")[0] for name in names}


def files(room: str) -> list[Path]:
    return sorted((ROOT / room).rglob("*.py"))


@pytest.mark.parametrize("room", sorted(MAY_IMPORT))
def test_a_room_imports_only_what_it_may(room: str) -> None:
    assert files(room), f"{room}/ has no files"
    for file in files(room):
        crossing = imported(file) & OURS - MAY_IMPORT[room] - {room}
        assert not crossing, f"{file.relative_to(ROOT)} may not import {sorted(crossing)}"


def test_every_folder_with_code_is_a_known_room() -> None:
    rooms = {file.parent.name for file in ROOT.glob("*/*.py")} - {"tests", ".venv"}
    assert rooms <= OURS, f"declare in this test what {sorted(rooms - OURS)} may import"


@pytest.mark.parametrize("room", sorted(set(MAY_IMPORT) - {"bench"}))
def test_files_and_functions_stay_small(room: str) -> None:
    for file in files(room):
        text = file.read_text(encoding="utf-8")
        assert len(text.splitlines()) <= 400, f"{file.relative_to(ROOT)} is longer than 400 lines"
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                assert length <= 60, f"{file.relative_to(ROOT)}: {node.name} is {length} lines long"


def test_tests_are_no_packages() -> None:
    assert not list((ROOT / "tests").rglob("__init__.py")), "pytest runs with --import-mode=importlib"
