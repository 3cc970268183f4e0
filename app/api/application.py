"""The application, put together: settings in, ASGI application out."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

from fastapi import FastAPI, Security
from starlette.concurrency import run_in_threadpool

from app.api import appeals, health, problems, rings, scores
from app.api.appeals import AppealDesk
from app.api.description import Api
from app.api.keys import Keys, require_key
from app.api.limits import BodyLimit
from app.api.lookups import Lookups
from app.api.watch import Watch
from app.settings import Settings, load_settings
from app.wiring import is_embedded, store_of


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    lookups: Lookups = app.state.lookups
    await lookups.open()
    yield
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
    app.state.keys = Keys(key.get_secret_value() for key in settings.api_keys)
    app.state.lookups = Lookups(partial(store_of, settings), embedded=is_embedded(settings))
    app.state.appeals = AppealDesk(settings)
    app.include_router(health.router)
    for router in (scores.router, rings.router, appeals.router):
        app.include_router(router, dependencies=[Security(require_key)])
    problems.install(app)
    app.add_middleware(BodyLimit)
    app.add_middleware(Watch)
    return app


def create_app_from_environment() -> FastAPI:
    """For servers that start several processes, each of which makes its own application."""
    return create_app(load_settings())
