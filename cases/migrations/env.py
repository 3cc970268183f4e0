"""Alembic runs this: the steps go over the connection that `cases.migrating` has opened, in its transaction."""

from alembic import context

from cases.schema import TABLES

context.configure(connection=context.config.attributes["connection"], target_metadata=TABLES, transactional_ddl=True)
context.run_migrations()
