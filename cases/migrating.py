"""Brings a database's tables up to what this program knows, under a lock, in one transaction."""

import os
from contextlib import suppress
from pathlib import Path

from sqlalchemy import Connection, inspect, text

from cases.database import Database
from graph.errors import ConfigurationError

REVISION = "0004"
"""The newest step in `migrations/versions` (said here so that Alembic need not be loaded to find nothing to do)."""

_VERSIONS = "alembic_version"
_LOCK = 0x52494E47
"""`RING` in ASCII: the number of the advisory lock that PostgreSQL holds meanwhile."""


def migrate(database: Database) -> None:
    """Create or update the tables; does not write where nothing is to be changed."""
    with database.reading() as connection:
        if _revision(connection, database.address) == REVISION:
            return
    with database.writing() as connection:
        if not database.file:
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        if _revision(connection, database.address) != REVISION:
            _upgrade(connection, database.address)


def make_private(path: Path) -> None:
    """Make a SQLite file for its owner alone, if there is none. Where that is impossible, SQLite will say why."""
    with suppress(OSError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def _revision(connection: Connection, address: str) -> str | None:
    """The step that the tables have reached, None if there are none; raises on a database of another program."""
    tables = inspect(connection).get_table_names()
    if _VERSIONS in tables:
        found: str | None = connection.execute(text(f"SELECT version_num FROM {_VERSIONS}")).scalar()  # noqa: S608
        return found
    if tables:
        raise ConfigurationError(
            "The database has tables of another program", where=address, do="Give the casebook a database of its own."
        )
    return None


def _upgrade(connection: Connection, address: str) -> None:
    from alembic import command  # noqa: PLC0415 (loads half a second of modules, which is needed once in a version)
    from alembic.config import Config  # noqa: PLC0415
    from alembic.util import CommandError  # noqa: PLC0415

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", "cases:migrations")
    config.set_main_option("path_separator", "os")
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        raise ConfigurationError(
            f"The casebook has a newer schema than this program knows ({REVISION})",
            where=address,
            do="Use the version of Ringfence that wrote it, or a newer one.",
        ) from error
