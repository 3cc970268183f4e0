"""How far the casebook's tables have come."""

from database.schema import Schema

REVISION = "0004"
"""The newest step in `migrations/versions` (said here so that Alembic need not be loaded to find nothing to do)."""

CASEBOOK = Schema(
    name="casebook",
    setting="RINGFENCE_CASES",
    migrations="cases:migrations",
    revision=REVISION,
    versions="alembic_version",
)
