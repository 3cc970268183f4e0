"""Triggers that make a table append-only."""

from alembic import op


def guard(table: str) -> None:
    """Let the database refuse to change or delete a row of this table."""
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in _of_sqlite(table) if on_sqlite else _of_postgresql(table):
        op.execute(statement)


def _of_sqlite(table: str) -> list[str]:
    return [
        f'CREATE TRIGGER {table}_no_{what.lower()} BEFORE {what} ON "{table}"'
        f" BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        for what in ("UPDATE", "DELETE")
    ]


def _of_postgresql(table: str) -> list[str]:
    function = (
        "CREATE OR REPLACE FUNCTION ringfence_append_only() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"
    )
    guard = (
        f'CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON "{table}"'
        " FOR EACH STATEMENT EXECUTE FUNCTION ringfence_append_only()"
    )
    return [function, guard]
