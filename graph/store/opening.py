"""Opens a store from its URL: the one place that knows which stores there are."""

from urllib.parse import urlsplit

from graph.errors import ConfigurationError
from graph.store.contract import Store

_NEO4J_SCHEMES = frozenset({"neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc"})


def open_store(url: str, *, user: str | None = None, password: str | None = None) -> Store:
    """Open `sqlite:///relative.db`, `sqlite:////absolute.db`, `neo4j://user:password@host:7687` or `bolt://...`.

    The TLS forms `+s` and `+ssc` are those of the driver. Creates or migrates the schema. `user` and `password` are
    used where the URL has none.
    """
    scheme = _scheme(url)
    if scheme == "sqlite":
        from graph.store.sqlite.store import open_sqlite  # noqa: PLC0415 (only the store in use is loaded)

        return open_sqlite(url)
    if scheme in _NEO4J_SCHEMES:
        from graph.store.neo4j.store import open_neo4j  # noqa: PLC0415 (only the store in use is loaded)

        return open_neo4j(url, user=user, password=password)
    raise ConfigurationError(
        f"There is no store for the scheme {scheme!r}",
        do="Use sqlite:///file.db, neo4j://host:7687 or bolt://host:7687 (with +s for TLS).",
    )


def _scheme(url: str) -> str:
    """The URL's scheme; `ConfigurationError` where it is no URL, without repeating it: a password may be in it."""
    try:
        parts = urlsplit(url)
        _ = parts.port  # a port that is no number is only found by asking for it
    except ValueError:
        raise ConfigurationError(
            "The store's URL has no valid host or port", do="Write it as neo4j://host:7687 or sqlite:///file.db."
        ) from None
    return parts.scheme
