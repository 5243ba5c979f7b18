"""Help centres of desks, brought into the knowledge: published articles only, with pictures of their own hosts."""

import hashlib
from abc import abstractmethod
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from html import escape
from urllib.parse import urljoin, urlsplit

import httpx

from adapters.desk.calls import Calls
from adapters.desk.chatwoot_settings import ChatwootSettings
from adapters.desk.intake import HookSettings
from adapters.desk.intercom_settings import IntercomSettings
from adapters.desk.zendesk_settings import SupportSettings
from bot import log
from bot.errors import FetchError, RequestError
from bot.fetch import Fetcher
from bot.knowledge.library import Library, Report
from bot.knowledge.parsed import Image, Parsed
from bot.knowledge.reading import read

MEDIA_TYPES = ("image/png", "image/jpeg", "image/webp", "image/gif")
PICTURE_BYTES = 20 * 2**20
MOST_PICTURES = 200
INTERCOM_PAGE = 50

logger = log.get("help centre")


@dataclass(frozen=True, slots=True)
class Article:
    """One article in one language; `place` is its id within the help centre, `ending` that of its kind of text."""

    place: str
    title: str
    body: str
    url: str
    language: str
    ending: str = ".html"

    @property
    def version(self) -> str:
        """sha256 of all that counts."""
        return hashlib.sha256("\0".join((self.title, self.body, self.url)).encode()).hexdigest()

    def parsed(self) -> Parsed:
        """Its sections. Raises RequestError where there is nothing to read."""
        heading = f"# {self.title}\n\n" if self.ending == ".md" else f"<h1>{escape(self.title)}</h1>"
        made = read(f"{heading}{self.body}".encode(), f"article{self.ending}")
        return replace(made, title=self.title, language=self.language.split("-")[0].lower(), url=self.url)


class Source:
    """A desk's help centre.

    Attributes:
        place: What its documents' names in the knowledge begin with.
        calls: Its API.
    """

    place: str
    calls: Calls

    @abstractmethod
    def articles(self) -> AsyncIterator[Article]:
        """All that customers may read. Raises DeliveryError."""


class HelpCentre:
    """Brings one help centre into the knowledge, as often as one likes.

    Args:
        source: Where articles come from.
        base_url: The desk's address; pictures come from there, and from the hosts of the settings.
        settings: Those of the desk's adapter.
    """

    def __init__(self, source: Source, base_url: str, settings: HookSettings) -> None:
        self._source = source
        places = [urlsplit(f"//{host}") for host in settings.attachment_hosts] + [urlsplit(base_url)]
        self._hosts = [place.hostname for place in places if place.hostname]
        networks = settings.attachment_networks
        self._fetcher = Fetcher(
            own=dict.fromkeys(self._hosts, networks) if networks else None,
            ports=[place.port for place in places if place.port],
            plain_http=bool(networks),
        )

    async def import_into(self, library: Library) -> Report:
        """Put in what is new or has changed, and take out what is gone; what is the same is left as it is.

        Raises:
            RequestError: There is no published article: rather a wrong address than an empty help centre.
            DeliveryError: The list could not be read to its end; then nothing is taken out.
        """
        known = {one.source: one for one in await library.documents() if one.source.startswith(self._source.place)}
        report, seen = Report(), set[str]()
        try:
            async for article in self._source.articles():
                name = f"{self._source.place}{article.place}"
                seen.add(name)
                before = known.get(name)
                kind = "added" if not before else "unchanged" if before.version == article.version else "changed"
                try:
                    if kind != "unchanged":
                        document = await self._illustrated(article.parsed(), article.url)
                        await library.put(document, name, article.url, version=article.version)
                    getattr(report, kind).append(name)
                except RequestError as error:
                    report.problems.append(f"{article.title}: {error}")
        finally:
            await self._source.calls.close()
        if not seen:
            raise RequestError("This help centre has no published article", "Check its address, portal and locale.")
        for gone in known.keys() - seen:
            await library.remove(known[gone].id)
            report.removed.append(gone)
        await library.fill()
        return report

    async def _illustrated(self, document: Parsed, url: str) -> Parsed:
        left, sections = MOST_PICTURES, []
        for section in document.sections:
            blocks = []
            for block in section.blocks:
                images = tuple([await self._filled(image, url) for image in block.images[:left]])
                left -= len(images)
                blocks.append(replace(block, images=images))
            sections.append(replace(section, blocks=tuple(blocks)))
        return replace(document, sections=tuple(sections))

    async def _filled(self, image: Image, url: str) -> Image:
        if not image.link or image.link.lower().startswith("data:"):
            return image
        try:
            found = await self._fetcher.get(
                urljoin(url, image.link), media_types=MEDIA_TYPES, max_bytes=PICTURE_BYTES, hosts=self._hosts
            )
        except FetchError as error:
            logger.warning("a picture of an article is left out (%s): %s", image.link[:100], error)
            return image
        return replace(image, data=found.data)


class ZendeskCentre(Source):
    """Zendesk Guide: articles by locale; what is restricted to some users is left out, as drafts are."""

    def __init__(self, settings: SupportSettings, locales: Sequence[str]) -> None:
        self._locales = locales or ("en-us",)
        self.place = f"zendesk:{settings.base_url.rstrip('/')}/"
        token = settings.api_token.get_secret_value()
        # A public help centre needs no token.
        auth = httpx.BasicAuth(f"{settings.email}/token", token) if token else None
        self.calls = Calls("Zendesk", settings.base_url, auth=auth)

    async def articles(self) -> AsyncIterator[Article]:
        """Pages with cursors: https://developer.zendesk.com/api-reference/help_center/help-center-api/articles/."""
        for locale in self._locales:
            async for page in self.calls.pages(f"/api/v2/help_center/{locale}/articles"):
                for one in page["articles"]:
                    if not one.get("draft") and one.get("user_segment_id") is None:
                        place = f"{locale}/{one['id']}"
                        yield Article(place, one["title"], one["body"] or "", one["html_url"], locale)


class IntercomCentre(Source):
    """Intercom: articles with their translations, each published for itself."""

    def __init__(self, settings: IntercomSettings, locales: Sequence[str]) -> None:
        self._locales = locales
        self.place = f"intercom:{settings.base_url.rstrip('/')}/"
        token = settings.access_token.get_secret_value()
        headers = {"Authorization": f"Bearer {token}", "Intercom-Version": settings.version}
        self.calls = Calls("Intercom", settings.base_url, headers=headers)

    async def articles(self) -> AsyncIterator[Article]:
        """Numbered pages: https://developers.intercom.com/docs/references/rest-api/api.intercom.io/articles."""
        number, last = 1, 1
        while number <= last:
            page = await self.calls.get("/articles", page=number, per_page=INTERCOM_PAGE)
            number, last = number + 1, page["pages"]["total_pages"]
            for one in page["data"]:
                own = one.get("default_locale") or "en"
                translated = {k: v for k, v in (one.get("translated_content") or {}).items() if isinstance(v, dict)}
                for locale, text in {**translated, own: one}.items():
                    wanted = not self._locales or locale in self._locales
                    if wanted and text.get("state") == "published" and text.get("url"):
                        yield Article(f"{locale}/{one['id']}", text["title"], text["body"] or "", text["url"], locale)


class ChatwootCentre(Source):
    """Chatwoot: the Markdown articles of one portal, by an agent's token (a bot's does not reach portals)."""

    def __init__(self, settings: ChatwootSettings, portal: str, locales: Sequence[str]) -> None:
        base = settings.base_url.rstrip("/")
        self._locales, self._public = locales or ("en",), f"{base}/hc/{portal}/articles"
        self.place = f"chatwoot:{base}/{portal}/"
        at = f"{base}/api/v1/accounts/{settings.account_id}/portals/{portal}"
        self.calls = Calls("Chatwoot", at, headers={"api_access_token": settings.user_token.get_secret_value()})

    async def articles(self) -> AsyncIterator[Article]:
        """Numbered pages until one is empty: https://developers.chatwoot.com/api-reference/help-center."""
        for locale in self._locales:
            number, found = 1, True
            while found:
                page: list[dict[str, str]] = (await self.calls.get("/articles", page=number, locale=locale))["payload"]
                number, found = number + 1, bool(page)
                for one in page:
                    if one.get("status") == "published":
                        url, place = f"{self._public}/{one['slug']}", f"{locale}/{one['id']}"
                        yield Article(place, one["title"], one["content"] or "", url, locale, ".md")
