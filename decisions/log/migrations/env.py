"""Alembic runs this: the steps go over the connection that `database.migrating` has opened, in its transaction."""

from alembic import context

from decisions.log.schema import TABLES

given = context.config.attributes
context.configure(
    connection=given["connection"],
    target_metadata=TABLES,
    transactional_ddl=True,
    version_table=given["versions"],
)
context.run_migrations()
