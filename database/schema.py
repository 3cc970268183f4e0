"""What this program keeps in a database, and how far it knows its tables."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Schema:
    """`name`: what errors call the database; `setting`: the variable that holds its URL.

    `migrations`: where Alembic finds the steps, as `package:folder`; `revision`: the newest of them, said here so that
    Alembic need not be loaded to find nothing to do; `versions`: the table that says which was done last.
    `flushed`: in SQLite each commit waits for the disk. If not, what is committed outlives the process at once, and a
    power failure after the next `Database.flush`.
    """

    name: str
    setting: str
    migrations: str
    revision: str
    versions: str
    flushed: bool = True
