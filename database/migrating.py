"""Brings a database's tables up to what this program knows, under a lock, in one transaction."""

import os
from contextlib import suppress
from pathlib import Path

from sqlalchemy import Connection, inspect, text

from database.connecting import Database
from database.schema import Schema
from graph.errors import ConfigurationError

_LOCK = 0x52494E47
"""`RING` in ASCII: the number of the advisory lock that PostgreSQL holds meanwhile."""


def migrate(database: Database) -> None:
    """Create or update the tables; does not write where nothing is to be changed."""
    schema = database.schema
    with database.reading() as connection:
        if _revision(connection, schema, database.address) == schema.revision:
            return
    with database.writing() as connection:
        if not database.file:
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        if _revision(connection, schema, database.address) != schema.revision:
            _upgrade(connection, schema, database.address)


def make_private(path: Path) -> None:
    """Make a SQLite file for its owner alone, if there is none. Where that is impossible, SQLite will say why."""
    with suppress(OSError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def _revision(connection: Connection, schema: Schema, address: str) -> str | None:
    """The step that the tables have reached, None if there are none; raises on a database of another program."""
    tables = inspect(connection).get_table_names()
    if schema.versions in tables:
        found: str | None = connection.execute(text(f"SELECT version_num FROM {schema.versions}")).scalar()  # noqa: S608
        return found
    if tables:
        raise ConfigurationError(
            "The database has tables of another program",
            where=address,
            do=f"Give the {schema.name} a database of its own.",
        )
    return None


def _upgrade(connection: Connection, schema: Schema, address: str) -> None:
    from alembic import command  # noqa: PLC0415 (loads half a second of modules, which is needed once in a version)
    from alembic.config import Config  # noqa: PLC0415
    from alembic.util import CommandError  # noqa: PLC0415

    config = Config(attributes={"connection": connection, "versions": schema.versions})
    config.set_main_option("script_location", schema.migrations)
    config.set_main_option("path_separator", "os")
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        raise ConfigurationError(
            f"The {schema.name} has a newer schema than this program knows ({schema.revision})",
            where=address,
            do="Use the version of Ringfence that wrote it, or a newer one.",
        ) from error
