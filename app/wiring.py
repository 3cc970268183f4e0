"""The only place that chooses implementations: from settings to an open store."""

from app.settings import Settings
from graph.store.contract import Store
from graph.store.opening import open_store


def store_of(settings: Settings) -> Store:
    """Open the store that the settings name."""
    password = settings.store_password
    return open_store(
        settings.store,
        user=settings.store_user or None,
        password=password.get_secret_value() if password else None,
    )


def is_embedded(settings: Settings) -> bool:
    """Is the store a file on this machine, read without a network in between?"""
    return settings.store.startswith("sqlite:")
