"""A real server with a published run, for clients."""

from collections.abc import Iterator

import pytest
from api_server import server
from published_store import KEY, LINE, MEMBERS, add_applicants, publish

from app.settings import Settings
from app.wiring import store_of


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("served")
    settings = Settings(store=f"sqlite:///{folder}/store.db", api_keys=(LINE,))
    with store_of(settings) as store:
        add_applicants(store, MEMBERS)
        publish(store)
    with server(settings, folder / "log") as address:
        yield address


@pytest.fixture(scope="session")
def key() -> str:
    return KEY
