"""The web chat as an ASGI app: routes, and the guard around all of them."""

from typing import Any

from fastapi import FastAPI
from starlette.requests import Request
from starlette.types import ASGIApp

from adapters.web import about, desk_api, desk_pages, health, messages, pages, pictures, reference, wants
from adapters.web.desk import Site
from adapters.web.errors import HANDLERS
from adapters.web.guard import Guard, host_name
from adapters.web.settings import is_local
from bot import __version__

DESCRIPTION = """\
Ask for pictures, follow how they are painted, fetch them. Everything is JSON in UTF-8; pictures are PNG.

Send `Authorization: Bearer KEY` with a key from the table [adapters.web.keys] of the settings. Every key is a person of
its own, with conversations and pictures that nobody else sees.

Every error has one shape and one clear line. A call that asks for a picture answers 202 at once; follow it by
server-sent events, or ask again until `state` is no longer 'working'."""


def make_app(site: Site) -> ASGIApp:
    """The whole app around one site."""
    app = FastAPI(
        title="Limner's API",
        description=DESCRIPTION,
        version=__version__,
        openapi_url="/api/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        generate_unique_id_function=lambda route: route.name,
        exception_handlers=HANDLERS,
        telemetry={"tracing": False, "metrics": False, "logs": False},
    )
    app.state.site = site
    for router in (about.router, messages.router, pictures.router, wants.router, desk_api.router):
        app.include_router(router)
    app.router.routes += [*pages.routes(), *desk_pages.routes(), *reference.routes()]
    app.router.routes += health.routes(site.limner, lambda request: _may_see(request, site))
    return Guard(app, site.settings)


def _may_see(request: Request, site: Site) -> bool:
    """Whether health and metrics may be read: from this machine itself, not through a proxy on it, or with a key."""
    person: Any = site.doorman.person(request)
    if person and person.how == "key":
        return True
    came_from = request.client.host if request.client else ""
    is_forwarded = "x-forwarded-for" in request.headers or "forwarded" in request.headers
    return is_local(came_from) and is_local(host_name(request.headers.get("host", ""))) and not is_forwarded
