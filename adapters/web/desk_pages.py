"""The pages for a desk's colleagues: drafts and what is decided of them, waiting knowledge, and figures."""

import html
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from adapters.web import desk_figures, desk_views
from adapters.web.desk import SAFE, Site, check_same_site, language_of_browser, site_of
from adapters.web.desk_api import STRANGER, decide, found
from adapters.web.desk_markup import Html, Speaker, page
from adapters.web.desk_views import SENT, STATES, Shown
from adapters.web.errors import Refused, not_found
from adapters.web.identity import Person
from bot import RequestError
from bot.desk.draft import Draft, Illustration, Status
from bot.desk.events import Verdict
from bot.desk.office import key
from bot.knowledge.conversations import Pair
from bot.knowledge.rows import WAITING

COOKIE = "limner_desk_language"
PNG = {"Cache-Control": "private, max-age=86400"}
LEADING_ON = '<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="0;url={}"><title>Limner</title>'


@dataclass(frozen=True, slots=True)
class Visit:
    """A colleague's request."""

    request: Request
    site: Site
    person: Person
    say: Speaker

    @property
    def draft_id(self) -> str:
        """The draft that its address names."""
        return str(self.request.path_params["draft"])

    def answer(self, title: str, here: str, main: Html, status: int = 200) -> Response:
        """A page; a language that was just chosen stays."""
        response = HTMLResponse(page(self.say, title, here, main), status)
        if "lang" in self.request.query_params:
            response.set_cookie(COOKIE, self.say.language, httponly=True, samesite="strict", path="/desk")
        return response


Show = Callable[[Visit], Awaitable[Response]]


def _for_colleagues(show: Show) -> Callable[[Request], Awaitable[Response]]:
    """Lets in whom the settings name, and on to the login who may be one of them."""

    async def guarded(request: Request) -> Response:
        site = site_of(request)
        person = site.doorman.person(request)
        # A link in a desk's note brings no SameSite=Strict cookie along; a page of ours that leads on does.
        if person is None and request.headers.get("sec-fetch-site") in ("cross-site", "same-site"):
            return HTMLResponse(LEADING_ON.format(html.escape(request.url.path)))
        if person is None or not site.doorman.may_decide(person):
            if not (person and person.name) and site.settings.has_login:
                return RedirectResponse("/login", 303)
            raise STRANGER
        if request.method not in SAFE:
            check_same_site(request, site)
        chosen = request.query_params.get("lang") or request.cookies.get(COOKIE)
        language = "zh" if chosen == "zh" else "en" if chosen == "en" else language_of_browser(request)
        return await show(Visit(request, site, person, Speaker(language)))

    return guarded


async def drafts(visit: Visit) -> Response:
    """What waits, oldest first, and what was decided lately; or one state of one desk."""
    asked, desk = visit.request.query_params, visit.site.limner.desk
    name, state = asked.get("desk", ""), asked.get("state", "")
    state = state if state in STATES else ""
    before = asked.get("before", "0")
    since = float(before) if before.replace(".", "", 1).isdecimal() else 0.0
    waiting = await desk.drafts(Status.OPEN, adapter=name, limit=500) if state in ("", Status.OPEN) else []
    lately = (Status(state),) if state else STATES[1:]
    rest = await desk.drafts(*lately, adapter=name, limit=desk_views.PAGE, before=since) if state != Status.OPEN else []
    shown = [Shown(one, await _pictures(visit, one)) for one in [*waiting[::-1], *rest]]
    listed = desk_views.drafts(visit.say, shown, await desk.archive.desks(), (name, state), desk.settings)
    return visit.answer(visit.say("drafts"), "/desk", listed)


async def draft(visit: Visit) -> Response:
    """One draft."""
    return await _one(visit, await found(visit.site.limner, visit.draft_id))


async def decided(visit: Visit) -> Response:
    """What was decided on the page; whoever comes too late is told so, and nothing is sent."""
    limner, say = visit.site.limner, visit.say
    async with visit.request.form(max_fields=10) as form:
        verdict, text = str(form.get("verdict", "")), str(form.get("text", ""))
    try:
        leads = await _ruled(visit, verdict, text)
    except (RequestError, Refused) as error:
        one = await found(limner, visit.draft_id)
        status = error.status if isinstance(error, Refused) else 422
        late = " ".join([say(f"said_{one.status}", who=one.decided_by or "Limner"), say("nothing_done")])
        return await _one(
            visit, one, late if status == 409 else str(error), status, (verdict == "approve" and text) or ""
        )
    return RedirectResponse(leads, 303)


async def _ruled(visit: Visit, verdict: str, text: str) -> str:
    """Where the page goes on."""
    one = await found(visit.site.limner, visit.draft_id)
    if verdict == "keep":
        await _keep(visit, one)
        return "/desk/knowledge"
    if verdict == Verdict.APPROVE and not text.strip():
        raise RequestError(visit.say("empty"))
    if verdict not in tuple(Verdict):
        raise RequestError("There is no such button", "Load the page again.")
    await decide(visit.site.limner, one.id, Verdict(verdict), visit.person.name, text)
    return f"/desk/drafts/{one.id}"


async def picture(visit: Visit) -> Response:
    """A picture of a draft, or one that its customer brought."""
    one, sha256 = await found(visit.site.limner, visit.draft_id), visit.request.path_params["sha256"]
    said = await visit.site.limner.history(key(one.adapter, one.conversation))
    theirs = {brought.sha256 for exchange in said for brought in exchange.message.attachments}
    if sha256 not in theirs | {shown for shown, _ in await _pictures(visit, one)}:
        raise not_found("picture")
    return Response(await visit.site.limner.source(sha256), media_type="image/png", headers=PNG)


async def knowledge(visit: Visit) -> Response:
    """What waits to become knowledge."""
    return await _knowledge(visit)


async def learned(visit: Visit) -> Response:
    """A person's word on what waits."""
    async with visit.request.form(max_fields=10) as form:
        verdict, document = str(form.get("verdict", "")), str(form.get("document", ""))
    library = visit.site.limner.knowledge
    try:
        await (library.approve if verdict == Verdict.APPROVE else library.reject)(document)
    except RequestError:
        return await _knowledge(visit, visit.say("too_late"), 409)
    return RedirectResponse("/desk/knowledge", 303)


async def reports(visit: Visit) -> Response:
    """Figures of some days, as a page, CSV or JSON."""
    asked = visit.request.query_params.get("days", "30")
    days = int(asked) if asked in map(str, desk_figures.RANGES) else 30
    counted = await visit.site.limner.desk.archive.report(days)
    if visit.request.url.path.endswith(".csv"):
        return Response(counted.as_csv(), media_type="text/csv; charset=utf-8")
    if visit.request.url.path.endswith(".json"):
        return JSONResponse(counted.as_json())
    return visit.answer(visit.say("reports"), "/desk/reports", desk_figures.figures(visit.say, counted))


async def _one(visit: Visit, one: Draft, problem: str = "", status: int = 200, typed: str = "") -> Response:
    limner = visit.site.limner
    happened = await limner.desk.archive.events(adapter=one.adapter, conversation=one.conversation)
    shown = Shown(
        one,
        await _pictures(visit, one),
        tuple(await limner.history(key(one.adapter, one.conversation))),
        tuple(await limner.desk.drafts(*SENT, adapter=one.adapter, conversation=one.conversation)),
        await limner.knowledge.passages(cited.passage_id for cited in one.citations),
        tuple(event for event in happened if event.job_id == one.id),
    )
    main = desk_views.draft(visit.say, shown, limner.desk.settings, problem, typed)
    return visit.answer(visit.say("draft_for", desk=one.adapter), "/desk", main, status)


async def _pictures(visit: Visit, one: Draft) -> tuple[tuple[str, str], ...]:
    if one.figure:
        return ((one.figure.sha256, one.figure.caption),)
    painted = one.illustration is Illustration.PAINTED
    return (
        tuple((p.sha256, p.alt_text) for p in await visit.site.limner.desk.archive.pictures(one.id)) if painted else ()
    )


async def _keep(visit: Visit, one: Draft) -> None:
    if one.status not in SENT or not one.sent:
        raise RequestError("This answer was not corrected", "Keep one that was edited before it was sent.")
    await visit.site.limner.knowledge.add_conversations([Pair(one.question, one.sent)])


async def _knowledge(visit: Visit, problem: str = "", status: int = 200) -> Response:
    waiting = await visit.site.limner.knowledge.documents(WAITING)
    texts = await visit.site.limner.desk.archive.texts([one.id for one in waiting])
    main = desk_views.knowledge(visit.say, waiting, texts, problem)
    return visit.answer(visit.say("knowledge"), "/desk/knowledge", main, status)


def routes() -> list[BaseRoute]:
    """All pages of the desk."""
    shown: list[tuple[str, Show, str]] = [
        ("/desk", drafts, "GET"),
        ("/desk/drafts/{draft}", draft, "GET"),
        ("/desk/drafts/{draft}", decided, "POST"),
        ("/desk/drafts/{draft}/pictures/{sha256}", picture, "GET"),
        ("/desk/knowledge", knowledge, "GET"),
        ("/desk/knowledge", learned, "POST"),
        ("/desk/reports", reports, "GET"),
        ("/desk/reports.csv", reports, "GET"),
        ("/desk/reports.json", reports, "GET"),
    ]
    return [Route(path, _for_colleagues(show), methods=[method]) for path, show, method in shown]
