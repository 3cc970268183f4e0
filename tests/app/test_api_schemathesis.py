"""Everything that the description allows, and much that it does not, asked of a real server.

Whatever is described is asked: new routes take part by themselves.
"""

from collections.abc import Iterator

import pytest
import schemathesis
from api_server import server
from hypothesis import HealthCheck, settings
from published_store import KEY, LINE, add_applicants, ring_of, run_of, scores_of

from app.api.application import create_app
from app.settings import Settings
from app.wiring import store_of

RUN, RING, MEMBERS = "20261122T010000Z", "R-7f3a90c1", ("A-000017", "A-000018")
"""Those of the examples in the description, so that there is something to be found."""


schema = schemathesis.openapi.from_dict(create_app(Settings(api_keys=(LINE,))).openapi())


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("described")
    given = Settings(store=f"sqlite:///{folder}/store.db", api_keys=(LINE,))
    with store_of(given) as store:
        add_applicants(store, MEMBERS)
        store.runs.publish(run_of(RUN), [ring_of(RUN, RING, MEMBERS, 0.5)], scores_of(MEMBERS, 0.5, RING), keep=3)
    with server(given, folder / "log") as address:
        yield address
    assert '"defect' not in (folder / "log").read_text()


@schema.parametrize()
@settings(max_examples=15, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
def test_the_api_does_what_its_description_says(case: schemathesis.Case, address: str) -> None:
    case.call_and_validate(base_url=address, headers={"X-API-Key": KEY})
