"""Help centres of the three desks on local servers, brought into the knowledge."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from adapters.desk.chatwoot import Chatwoot
from adapters.desk.help_centre import HelpCentre
from adapters.desk.intercom import Intercom
from adapters.desk.zendesk_support import Zendesk
from bot.errors import DeliveryError, RequestError
from bot.gallery import Gallery
from bot.knowledge.library import Library
from bot.store import open_store
from bot.testing import blank_png
from tests.contract.test_knowledge_command import said
from tests.desk_servers import intercom, zendesk
from tests.desk_servers.local import Json, LocalDesk

BODY = '<p>Hold the reset button.</p><img src="{0}" alt="The back of it"><img src="https://evil.example/x.png">'


class Portal(LocalDesk):
    """Chatwoot's articles of one portal, two a page."""

    routes = ("GET /api/v1/accounts/{account}/portals/{portal}/articles",)
    prefix = "/api/v1/accounts/{account}/portals/{portal}/"

    def __init__(self) -> None:
        super().__init__()
        self.articles: list[Json] = []

    def allowed(self, request: web.Request) -> bool:
        return request.headers.get("api_access_token") == "user-token"

    async def get_articles(self, request: web.Request) -> web.Response:
        found = [one for one in self.articles if one["locale"] == request.query["locale"]]
        start = (int(request.query["page"]) - 1) * 2
        return web.json_response({"payload": found[start : start + 2]})


def of_zendesk(number: int, title: str, body: str, url: str, hidden: bool) -> Json:
    more = {"draft": hidden and number % 2 == 0, "user_segment_id": 5 if hidden and number % 2 else None}
    return {"id": number, "title": title, "body": body, "html_url": f"{url}/hc/{number}", "locale": "en-us", **more}


def of_intercom(number: int, title: str, body: str, url: str, hidden: bool) -> Json:
    state = "draft" if hidden else "published"
    return {
        "id": number,
        "title": title,
        "body": body,
        "url": f"{url}/{number}",
        "state": state,
        "default_locale": "en",
    }


def of_chatwoot(number: int, title: str, body: str, url: str, hidden: bool) -> Json:
    text = body.replace("<p>", "").replace("</p>", "\n\n")
    status = "archived" if hidden else "published"
    return {"id": number, "title": title, "content": text, "slug": f"a-{number}", "status": status, "locale": "en"}


@dataclass
class Case:
    """A desk, its articles, and what leads there."""

    server: Any
    adapter: Any
    table: dict[str, Any]
    article: Any
    route: str

    def centre(self) -> HelpCentre:
        near = {"attachment_networks": ["127.0.0.0/8"], "base_url": self.server.url}
        settings = self.adapter.Settings.model_validate(near | self.table)
        made: HelpCentre = self.adapter.help_centre(settings, "handbook", ())
        return made


def cases() -> dict[str, Case]:
    token = {"email": "limner@example.com", "api_token": "api-token"}
    routes = zendesk.Zendesk.routes[-1], intercom.Intercom.routes[-1], Portal.routes[0]
    return {
        "zendesk": Case(zendesk.Zendesk(), Zendesk, token, of_zendesk, routes[0]),
        "intercom": Case(intercom.Intercom(), Intercom, {"access_token": "access-token"}, of_intercom, routes[1]),
        "chatwoot": Case(Portal(), Chatwoot, {"user_token": "user-token"}, of_chatwoot, routes[2]),
    }


@asynccontextmanager
async def knowledge(folder: Path) -> AsyncIterator[Library]:
    async with open_store(f"sqlite+aiosqlite:///{folder / 'limner.db'}") as store:
        yield Library(store, Gallery(store, folder / "gallery"))


@pytest.mark.parametrize("name", list(cases()))
async def test_a_help_centre_is_brought_in_and_kept_in_step(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, name: str
) -> None:
    """Published articles of all pages come in with the centre's own pictures; changes follow, and what is gone goes."""
    case = cases()[name]
    async with case.server.serving(), knowledge(tmp_path) as library:
        case.server.most = 2
        picture, url = case.server.keep(blank_png(40, 30, b"red")), case.server.url
        case.server.articles = [
            case.article(number, f"Article {number}", BODY.format(picture), url, number > 5) for number in range(1, 8)
        ]
        case.server.articles[1] = case.article(2, "Reset", BODY.format(picture), url, False)
        report = await case.centre().import_into(library)
        assert (len(report.added), report.problems) == (5, []), "hidden articles, or not all pages"
        assert "evil.example is not among the allowed hosts" in caplog.text
        [hit, *_] = await library.search("reset button", 1)
        assert [figure.caption for figure in hit.passage.figures] == ["The back of it"]
        assert hit.passage.url.startswith(url)
        assert hit.passage.language == "en"
        case.server.articles[0] = case.article(1, "Article 1", "<p>Press the paperclip in.</p>", url, False)
        del case.server.articles[1]
        report = await case.centre().import_into(library)
        assert (len(report.added), len(report.changed), len(report.unchanged), len(report.removed)) == (0, 1, 3, 1)
        assert (await library.search("paperclip", 1))[0].passage.title == "Article 1"


@pytest.mark.parametrize("name", list(cases()))
async def test_a_list_that_breaks_off_removes_nothing(tmp_path: Path, name: str) -> None:
    """A desk that fails, refuses or suddenly has nothing takes no document away; those of others stay anyway."""
    case = cases()[name]
    async with case.server.serving(), knowledge(tmp_path) as library:
        (tmp_path / "own.md").write_text("# Own\n\nOurs.")
        await library.add(tmp_path / "own.md")
        case.server.articles = [case.article(1, "Article 1", "<p>Hold it.</p>", case.server.url, False)]
        case.server.faults.fails(case.route, 500)
        await case.centre().import_into(library)
        case.server.faults.fails(case.route, 403)
        with pytest.raises(DeliveryError, match="403"):
            await case.centre().import_into(library)
        case.server.articles = []
        with pytest.raises(RequestError, match="no published article"):
            await case.centre().import_into(library)
        assert [one.title for one in await library.documents()] == ["Own", "Article 1"]


async def test_translations_are_documents_of_their_own(tmp_path: Path) -> None:
    """Each published language of an article is a document; one that is a draft, or not asked for, is left out."""
    case = cases()["intercom"]
    async with case.server.serving(), knowledge(tmp_path) as library:
        one = case.article(1, "Reset", "<p>Hold it.</p>", case.server.url, False)
        chinese = {"title": "重置", "body": "<p>按住按钮。</p>", "url": f"{case.server.url}/zh/1", "state": "published"}
        more = {"type": "article_translated_content", "zh-CN": chinese, "fr": {**chinese, "state": "draft"}}
        case.server.articles = [{**one, "translated_content": more}]
        await case.centre().import_into(library)
        assert [(one.title, one.language) for one in await library.documents()] == [("Reset", "en"), ("重置", "zh")]


def test_the_command_says_what_is_missing(tmp_path: Path) -> None:
    """Without an address or a token, and for a desk that has no help centre, one line says what to do."""
    missing = {
        ("zendesk",): "adapters.zendesk.base_url",
        ("chatwoot", "--portal", "x"): "adapters.chatwoot.user_token",
        ("webhook",): "'webhook' has no help centre",
    }
    answers = said(tmp_path, *(("import", *arguments) for arguments in missing))
    for (code, out, problem), expected in zip(answers, missing.values(), strict=True):
        assert (code != 0, out, expected in problem, problem.count("\n")) == (True, "", True, 1), problem
