"""What may stand in a mapping file.

    [transfers]                                      # a table of the data contract
    file = "transactions*.csv"                       # files (or a folder of parts) in the source folder
    ignore = ["branch"]                              # source columns to leave out

    [transfers.columns]
    from_id = "sourceNodeId"                         # a source column; short for { column = "sourceNodeId" }
    transfer_id = { format = "{file}-{row}" }        # made of source columns, the row's number, the file's name
    ts = { column = "day", unit = "days", origin = "2017-01-01" }

    [labels]
    file = "accounts.csv"

    [labels.columns]
    applicant_id = "nodeid"
    label = { column = "isFraud", values = { 0 = "legit", 1 = "fraud" } }
    source = { constant = "simulation" }

Columns that are not named are taken from the source column of the same name.
"""

from datetime import UTC, date, datetime, time
from enum import StrEnum
from pathlib import PurePath
from string import Formatter
from typing import Annotated, Any, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

ROW = "row"
FILE = "file"


class Unit(StrEnum):
    """What a number of time counts."""

    MILLISECONDS = "milliseconds"
    SECONDS = "seconds"
    MINUTES = "minutes"
    HOURS = "hours"
    DAYS = "days"


def _as_text(value: Any) -> Any:  # noqa: ANN401 (whatever TOML holds)
    """Numbers and dates of TOML as the text they would be in a CSV file."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, int | float) else value


def _as_moment(value: Any) -> Any:  # noqa: ANN401 (whatever TOML holds)
    """A date means its first moment, a time without zone is UTC."""
    if isinstance(value, str):
        value = datetime.fromisoformat(value)
    if isinstance(value, date) and not isinstance(value, datetime):
        value = datetime.combine(value, time())
    return value.replace(tzinfo=UTC) if isinstance(value, datetime) and value.tzinfo is None else value


def _short_form(value: Any) -> Any:  # noqa: ANN401 (whatever TOML holds)
    return {"column": value} if isinstance(value, str) else value


def _checked_format(value: str) -> str:
    """Only plain names in braces: no attribute, index, conversion or width."""
    for _, name, spec, conversion in Formatter().parse(value):
        if name is not None and (not name or spec or conversion):
            raise ValueError("write {row}, {file} or {source column} only")
    return value


def _inside(value: str) -> str:
    if PurePath(value).is_absolute() or ".." in PurePath(value).parts:
        raise ValueError("must be inside the source folder")
    if any("**" in part and part != "**" for part in PurePath(value).parts):
        raise ValueError("** can only stand for whole folders, as in **/part*.csv")
    return value


Text = Annotated[str, BeforeValidator(_as_text)]


class ColumnMapping(BaseModel):
    """Where the values of one column come from: exactly one of `column`, `constant`, `format`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    column: str | None = None
    constant: Text | None = None
    format: Annotated[str, AfterValidator(_checked_format)] | None = None
    values: dict[str, Text] | None = Field(None, description="Source value to value of the contract; others are kept")
    unit: Unit | None = Field(None, description="The source counts these since `origin`; becomes unix seconds")
    origin: Annotated[datetime, BeforeValidator(_as_moment)] = datetime.fromtimestamp(0, UTC)

    @model_validator(mode="after")
    def _one_source(self) -> Self:
        given = [name for name in ("column", "constant", "format") if getattr(self, name) is not None]
        if len(given) != 1:
            raise ValueError("give exactly one of column, constant, format")
        if self.column is None and (self.values or self.unit):
            raise ValueError("values and unit go with column")
        if "origin" in self.model_fields_set and self.unit is None:
            raise ValueError("origin needs a unit")
        return self

    @property
    def sources(self) -> frozenset[str]:
        """The source columns that it reads."""
        return frozenset({self.column}) if self.column is not None else self.names - {ROW, FILE}

    @property
    def names(self) -> frozenset[str]:
        """The names in the format's braces."""
        return frozenset(name for _, name, _, _ in Formatter().parse(self.format or "") if name)


class TableMapping(BaseModel):
    """One table: its files, and those of its columns that are named otherwise."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    file: Annotated[str, Field(min_length=1), AfterValidator(_inside)]
    ignore: tuple[str, ...] = ()
    columns: dict[str, Annotated[ColumnMapping, BeforeValidator(_short_form)]] = Field(default_factory=dict)

    @property
    def sources(self) -> frozenset[str]:
        """The source columns that it reads."""
        return frozenset().union(*(column.sources for column in self.columns.values()))

    @property
    def uses_file_name(self) -> bool:
        """Does a value depend on the file's name?"""
        return any(FILE in column.names for column in self.columns.values())


class Mapping(BaseModel):
    """A whole mapping file: tables by name."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    tables: dict[str, TableMapping] = Field(default_factory=dict)
