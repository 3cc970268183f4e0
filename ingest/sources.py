"""Finds the tables of a source folder: files named after a table, folders of parts, or what a mapping file says."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from graph.errors import BadInputError
from graph.ontology import INPUT_TABLES, InputTable
from ingest.mapping import Mapping, TableMapping
from ingest.reading import format_of


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file of a table. `name` is its path inside the source folder."""

    table: InputTable
    path: Path
    name: str
    mapping: TableMapping | None = None


@dataclass(frozen=True, slots=True)
class Sources:
    """The files of each table, tables in the contract's order, files by name; and files that belong to no table."""

    tables: tuple[tuple[SourceFile, ...], ...]
    unknown: tuple[str, ...]


def find_sources(folder: Path, mapping: Mapping | None = None) -> Sources:
    """What there is to load. `BadInputError` where the folder holds nothing that can be loaded."""
    if not folder.is_dir():
        what = "This is no folder" if folder.exists() else "There is no such folder"
        raise BadInputError(what, where=str(folder), do="Give the folder that holds the tables.")
    given = mapping.tables if mapping else {}
    tables = tuple(files for table in INPUT_TABLES if (files := tuple(_files(folder, table, given.get(table.name)))))
    if not tables:
        names = ", ".join(table.name for table in INPUT_TABLES)
        raise BadInputError(
            "The folder holds no known table",
            where=str(folder),
            do=f"A table is a file NAME.csv, .jsonl (also .gz, .zst) or .parquet, or a folder NAME of such; "
            f"NAME is one of {names}. If yours are named otherwise, write a mapping file.",
        )
    used = {file.path for files in tables for file in files}
    return Sources(tables, tuple(sorted(_unused(folder, used))))


def _files(folder: Path, table: InputTable, mapping: TableMapping | None) -> Iterable[SourceFile]:
    if mapping is not None:
        entries = sorted(folder.glob(mapping.file))
        if not entries:
            raise BadInputError(
                f"No file fits {mapping.file!r} of table {table.name}", where=str(folder), do="Check the mapping."
            )
    else:
        entries = sorted(entry for entry in folder.iterdir() if entry.name.partition(".")[0] == table.name)
    for path in sorted(part for entry in entries for part in _parts(entry)):
        yield SourceFile(table, path, path.relative_to(folder).as_posix(), mapping)


def _parts(entry: Path) -> Iterable[Path]:
    """The file itself, or the files of a folder; only those of a known format."""
    files = [entry] if entry.is_file() else [path for path in entry.rglob("*") if path.is_file()]
    return (path for path in files if format_of(path) and not _hidden(path))


def _unused(folder: Path, used: set[Path]) -> Iterable[str]:
    """Names of files that were not recognised; a folder without any recognised file counts as one."""
    for entry in folder.iterdir():
        inside = [entry] if entry.is_file() else list(entry.rglob("*"))
        if not _hidden(entry) and not used.intersection(inside):
            yield entry.name
        elif entry.is_dir():
            yield from (
                path.relative_to(folder).as_posix()
                for path in inside
                if path.is_file() and path not in used and not _hidden(path)
            )


def _hidden(path: Path) -> bool:
    """Markers of other programs, such as `_SUCCESS` and `.part.crc`."""
    return path.name.startswith((".", "_"))
