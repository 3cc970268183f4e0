"""Reads a mapping file and checks it against the data contract."""

import tomllib
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from graph.errors import ConfigurationError
from graph.ontology import INPUT_TABLES
from ingest.mapping.model import Mapping

_COLUMNS = {table.name: [column.name for column in table.columns] for table in INPUT_TABLES}


def read_mapping(path: Path) -> Mapping:
    """The mapping of a TOML file. `ConfigurationError` names every place that does not fit."""
    try:
        tables = tomllib.loads(path.read_text("utf-8"))
        mapping = Mapping(tables=tables)
    except ValidationError as error:
        raise _unfit(path, [_told(entry) for entry in error.errors()]) from error
    except ValueError as error:
        raise _unfit(path, [f"it is no TOML: {error}"]) from error
    except OSError as error:
        raise ConfigurationError(
            f"The mapping file cannot be read: {error.strerror}", where=str(path), do="Give the path of a TOML file."
        ) from error
    unknown = _unknown_names(mapping)
    if unknown:
        raise _unfit(path, unknown)
    return mapping


def _unknown_names(mapping: Mapping) -> list[str]:
    """Tables and columns that the contract does not have, each with what it has."""
    problems = []
    for name, table in mapping.tables.items():
        if name not in _COLUMNS:
            problems.append(f"there is no table {name!r}: it is one of {', '.join(_COLUMNS)}")
            continue
        for column in table.columns.keys() - set(_COLUMNS[name]):
            problems.append(f"{name} has no column {column!r}: it has {', '.join(_COLUMNS[name])}")
    return sorted(problems)


def _told(entry: Any) -> str:  # noqa: ANN401 (pydantic's ErrorDetails)
    place = ".".join(str(part) for part in entry["loc"][1:])
    return f"{place}: {entry['msg'].removeprefix('Value error, ')}"


def _unfit(path: Path, problems: list[str]) -> ConfigurationError:
    return ConfigurationError(
        f"The mapping file does not fit: {'; '.join(problems)}", where=str(path), do="Correct it, then run again."
    )
