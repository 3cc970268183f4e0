"""The application, put together: settings in, ASGI application out."""

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from functools import partial

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool

from app.api import appeals, decisions, health, problems, rings, scores, scraping
from app.api.appeals import AppealDesk
from app.api.description import Api
from app.api.gate import Gate
from app.api.keys import Keys, rate_of
from app.api.lazily import Lazily
from app.api.limits import BodyLimit
from app.api.lookups import Lookups
from app.api.metrics import Metrics
from app.api.rates import Rates
from app.api.watch import Watch
from app.deciding.opening import Desk
from app.settings import Settings, load_settings, variable_of
from app.wiring import is_embedded, store_of
from decisions.guard import Guard
from graph.errors import StoreUnavailableError


SWITCH_SECONDS = 0.0002
"""For so long a thread keeps the interpreter while another waits. By Python's own 5 ms, whoever answers would lose it to
the thread that keeps decisions at each read of a file.
"""


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    lookups: Lookups = app.state.lookups
    desk: Lazily[Desk] = app.state.desk
    await lookups.open()
    with suppress(StoreUnavailableError):  # the first application after it came back opens it
        await run_in_threadpool(desk.get)
    yield
    await run_in_threadpool(desk.close)
    await lookups.close()
    await run_in_threadpool(app.state.appeals.close)


def create_app(settings: Settings) -> FastAPI:
    """The API on the store that the settings name. Without `api_keys` it serves callers on this machine only."""
    app = Api(
        title="Ringfence",
        summary="What is known about an applicant, and which fraud rings there are.",
        version="1",
        lifespan=_lifespan,
        docs_url=None,  # these pages load scripts from another host
        redoc_url=None,
        redirect_slashes=False,  # a slash at the end may belong to an id
        telemetry={"tracing": False, "metrics": False, "logs": False, "auto_configure": False},
    )
    metrics = app.state.metrics = Metrics()
    app.state.lookups = Lookups(
        partial(store_of, settings), Guard("store", on_change=metrics.set_breaker), embedded=is_embedded(settings)
    )
    app.state.desk = Lazily(lambda: Desk(settings, app.state.lookups.store, metrics.set_breaker))
    app.state.appeals = AppealDesk(settings)
    for module in (health, scores, rings, decisions, appeals, scraping):
        app.include_router(module.router)
    problems.install(app)
    app.add_middleware(BodyLimit)
    rates = Rates(rate_of(settings.rate_limit, variable_of("rate_limit")), metrics.refuse_often)
    app.add_middleware(Gate, keys=Keys(settings.api_keys), rates=rates)
    app.add_middleware(Watch, metrics=metrics)
    return app


def create_app_from_environment() -> FastAPI:
    """For servers that start several processes, each of which makes its own application."""
    sys.setswitchinterval(SWITCH_SECONDS)
    return create_app(load_settings())
