"""What the database's errors mean for the caller. They are not repeated whole: they hold what people wrote."""

from sqlalchemy.exc import DBAPIError, OperationalError, SQLAlchemyError

from database.schema import Schema
from graph.errors import AccessError, ConfigurationError, OutputError, RingfenceError, StoreUnavailableError

_NO_RIGHT = ("42501",)
_FULL = ("53100",)
"""PostgreSQL's codes. Where it refuses a connection the driver tells no code, and SQLite has none: words must do."""

_REFUSED = ("authentication failed", "no password supplied", "not permitted to log in", "no pg_hba.conf entry", "role ")
_NOT_THERE = ("does not exist",)


def explained(error: SQLAlchemyError, schema: Schema, address: str) -> RingfenceError:
    """The error as one that says what to do."""
    if not isinstance(error, DBAPIError):
        return RingfenceError(f"The {schema.name} failed: {type(error).__name__}", where=address)
    code, said = getattr(error.orig, "sqlstate", None), str(error.orig).strip().partition("\n")[0]
    refused = "FATAL" in said and any(words in said for words in _REFUSED)
    if code in _NO_RIGHT or refused or "readonly database" in said:
        return AccessError(f"The {schema.name} refuses: {said}", where=address, do="Check user, password and rights.")
    if code in _FULL or "disk is full" in said:
        return OutputError(f"The {schema.name} has no room", where=address, do="Make room, then run again.")
    if "FATAL" in said and any(words in said for words in _NOT_THERE):
        return ConfigurationError(
            f"The {schema.name} is not there: {said}", where=address, do="Make the database first."
        )
    if isinstance(error, OperationalError):
        return StoreUnavailableError(f"The {schema.name} does not answer: {said}", where=address, do="Try again later.")
    return ConfigurationError(f"The {schema.name} cannot do this: {said}", where=address, do=f"Check {schema.setting}.")
