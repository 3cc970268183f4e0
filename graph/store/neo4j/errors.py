"""The driver's errors in the words of `graph.errors`."""

from collections.abc import Iterator
from ssl import SSLCertVerificationError

from neo4j.exceptions import (
    AuthError,
    ClientError,
    ConstraintError,
    DriverError,
    Neo4jError,
    ServiceUnavailable,
)
from neo4j.exceptions import ConfigurationError as DriverConfigurationError

from graph.errors import AccessError, ConfigurationError, StoreUnavailableError


def may_pass(error: BaseException) -> bool:
    """Is it worth another attempt? A constraint is violated only by somebody who writes the same at the same time."""
    if isinstance(error, AuthError):
        return False
    if isinstance(error, (ConstraintError, ServiceUnavailable)):
        return True
    return isinstance(error, (Neo4jError, DriverError)) and error.is_retryable()


def translation(error: Neo4jError | DriverError, address: str, database: str | None) -> Exception:
    """What the caller can act on. A mistake of ours stays what it is."""
    if isinstance(error, AuthError) or code_of(error).startswith("Neo.ClientError.Security"):
        return AccessError(
            "Neo4j refuses the user or the password",
            where=address,
            do="Set RINGFENCE_STORE_USER and RINGFENCE_STORE_PASSWORD.",
        )
    if isinstance(error, DriverConfigurationError):
        return ConfigurationError("The URL does not fit the driver", where=address, do=str(error))
    if code_of(error) == "Neo.ClientError.Database.DatabaseNotFound":
        return ConfigurationError(
            f"The server has no database {database!r}", where=address, do="Correct the end of the store's URL."
        )
    if untrusted := next((cause for cause in _causes(error) if isinstance(cause, SSLCertVerificationError)), None):
        return ConfigurationError(
            f"The server's certificate is not trusted: {untrusted.verify_message}",
            where=address,
            do="Have this machine trust its issuer, or write +ssc for +s in the store's URL to take it unchecked.",
        )
    if isinstance(error, ClientError) and not may_pass(error):
        return error
    return StoreUnavailableError(
        f"Neo4j does not answer as it should: {code_of(error) or type(error).__name__}",
        where=address,
        do="Nothing was lost. See that the server runs and has room on its disk, then run again.",
    )


def code_of(error: BaseException) -> str:
    """The server's code, empty where the error is the driver's own."""
    return (error.code or "") if isinstance(error, Neo4jError) else ""


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """The error and what led to it, also what is grouped."""
    while error is not None:
        yield error
        if isinstance(error, BaseExceptionGroup):
            for part in error.exceptions:
                yield from _causes(part)
        error = error.__cause__
