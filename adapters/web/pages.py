"""The pages: the chat itself, the login, and the files that both are made of."""

import asyncio
import html
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from adapters.web.desk import Site, check_same_site, language_of_browser, site_of
from adapters.web.errors import Refused
from adapters.web.identity import anonymous_id, clean_name
from adapters.web.sessions import COOKIE, DAY_S
from bot import RequestError

STATIC = Path(__file__).parent / "static"
NO_CACHE = {"Cache-Control": "no-cache"}
FORM = "application/x-www-form-urlencoded"
# Links from other sites bring no SameSite=Strict cookie along; a page of ours that leads on does.
LEADING_ON = '<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="0;url=/"><title>Limner</title>'


async def chat(request: Request) -> Response:
    """The chat; who needs no login gets a session, who needs one is led to it."""
    site = site_of(request)
    person = site.doorman.person(request)
    if person is None and request.headers.get("sec-fetch-site") in ("cross-site", "same-site"):
        return HTMLResponse(LEADING_ON)
    if person is None and site.settings.anonymous:
        return _with_session(request, _page(), site.sessions.begin(anonymous_id()))
    if person is None and site.settings.has_login:
        return RedirectResponse("/login", 303)
    if person is None:
        raise Refused("There is no page for you here", "Come through the proxy that logs people in.", 403, "forbidden")
    if person.opened and person.opened.age_s > DAY_S:
        return _with_session(request, _page(), site.sessions.renew(person.opened.session))
    return _page()


async def show_login(request: Request) -> Response:
    """The form."""
    site = site_of(request)
    person = site.doorman.person(request)
    if (person and person.name) or not site.settings.has_login:
        return RedirectResponse("/", 303)
    return _form(request)


async def log_in(request: Request) -> Response:
    """Compare the passphrase and begin a session under the name; whoever is wrong again and again waits longer."""
    site = site_of(request)
    check_same_site(request, site)
    if not site.settings.has_login:
        return RedirectResponse("/", 303)
    passphrase, typed = await _typed(request)
    address = site.doorman.address(request)
    if wait_s := site.logins.wait_s(address):
        response = _form(request, f"Too many wrong passphrases. Wait {int(wait_s) + 1} s.", typed, 429)
        response.headers["Retry-After"] = str(int(wait_s) + 1)
        return response
    try:
        name = clean_name(typed)
    except RequestError as error:
        return _form(request, str(error), typed, 422)
    person = site.doorman.logged_in(name, passphrase)
    if person is None:
        site.logins.failed(address)
        return _form(request, "This is not the passphrase. Ask whoever runs Limner for it.", typed, 403)
    site.logins.succeeded(address)
    await _end_session(request, site)
    led = RedirectResponse("/desk" if site.doorman.may_decide(person) else "/", 303)
    return _with_session(request, led, site.sessions.begin(person.id, person.name))


async def log_out(request: Request) -> Response:
    """End the session, wherever its cookie was copied to."""
    site = site_of(request)
    check_same_site(request, site)
    await _end_session(request, site)
    response = RedirectResponse("/login", 303)
    response.delete_cookie(COOKIE, httponly=True, samesite="strict", secure=site.doorman.is_secure(request))
    return response


class Files(StaticFiles):
    """Files that a browser asks for anew each time, and gets only if they have changed."""

    def file_response(self, *arguments: object, **more: object) -> Response:
        """A file, or that it is the same."""
        response: Response = super().file_response(*arguments, **more)  # type: ignore[arg-type]
        response.headers.update(NO_CACHE)
        return response


def routes() -> list[BaseRoute]:
    """All pages."""
    return [
        Route("/", chat),
        Route("/login", show_login),
        Route("/login", log_in, methods=["POST"]),
        Route("/logout", log_out, methods=["POST"]),
        Mount("/static", Files(directory=STATIC)),
    ]


def _page() -> Response:
    return FileResponse(STATIC / "index.html", headers=NO_CACHE)


def _form(request: Request, problem: str = "", name: str = "", status: int = 200) -> Response:
    filled = (STATIC / "login.html").read_text(encoding="utf-8")
    fields = {"problem": problem, "name": name[:200], "language": language_of_browser(request)}
    for field, value in fields.items():
        # An opening brace must not stay one: a name could be taken for the next field.
        filled = filled.replace(f"{{{{{field}}}}}", html.escape(value).replace("{", "&#123;"))
    return HTMLResponse(filled, status)


async def _typed(request: Request) -> tuple[str, str]:
    if request.headers.get("content-type", "").partition(";")[0].strip() != FORM:
        raise Refused("This is no form", f"Send {FORM}.", 415, "request")
    async with request.form(max_fields=10) as form:
        return str(form.get("passphrase", "")), str(form.get("name", ""))


def _with_session(request: Request, response: Response, cookie: str) -> Response:
    site = site_of(request)
    response.set_cookie(
        COOKIE,
        cookie,
        max_age=site.sessions.max_age_s,
        secure=site.doorman.is_secure(request) or site.settings.public_url.startswith("https:"),
        httponly=True,
        samesite="strict",
    )
    return response


async def _end_session(request: Request, site: Site) -> None:
    if opened := site.sessions.open(request.cookies.get(COOKIE, "")):
        await asyncio.to_thread(site.sessions.end, opened.session)
