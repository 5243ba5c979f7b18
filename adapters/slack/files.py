"""Pictures on Slack: uploaded once each, shown wherever they are needed; and pictures that people bring."""

import asyncio
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.settings import SlackSettings
from adapters.slack.trouble import tried
from bot.chat import Shown
from bot.chat.fitting import fitted
from bot.contracts import Limner
from bot.errors import DeliveryError, FetchError, RequestError
from bot.fetch import Fetcher
from bot.messages import Attachment

LIMIT_BYTES = 40 * 1024 * 1024
READY_TRIES = 60
READY_EVERY_S = 0.25
MEDIA_TYPES = ("image/png", "image/jpeg", "image/webp", "image/gif")


class Files:
    """One workspace's files.

    Args:
        session: For the upload itself, which is no call of the Web API.
    """

    def __init__(self, limner: Limner, client: AsyncWebClient, session: aiohttp.ClientSession) -> None:
        self._limner, self._client, self._session = limner, client, session

    async def of(self, pictures: Sequence[Shown]) -> dict[str, str]:
        """Slack's ids of the pictures' files, by the pictures' ids; uploaded where they are not there yet.

        Raises:
            DeliveryError: Slack is not to be had.
            SlackApiError: It does not take a file.
            OSError: A picture can't be read.
        """
        return {one.picture.id: await self._one(one) for one in pictures}

    async def _one(self, shown: Shown) -> str:
        key = f"file/{shown.picture.id}"
        if known := await self._limner.recall("slack", key):
            return known
        file_id = await self._upload(shown)
        await self._ready(file_id)
        await self._limner.remember("slack", key, file_id)
        return file_id

    async def _upload(self, shown: Shown) -> str:
        file = await fitted(shown.picture.path, f"limner-{shown.picture.id[:8]}", LIMIT_BYTES)
        more: Any = {"filename": file.name, "length": len(file.data), "alt_txt": shown.alt_text[:1_000]}
        where = await tried(lambda: self._client.files_getUploadURLExternal(**more))

        async def send() -> None:
            async with self._session.post(where["upload_url"], data=file.data) as answer:
                answer.raise_for_status()

        await tried(send)
        done: Any = [{"id": where["file_id"], "title": shown.alt_text[:200]}]
        await tried(lambda: self._client.files_completeUploadExternal(files=done))
        return str(where["file_id"])

    async def _ready(self, file_id: str) -> None:
        """Wait until Slack has looked at a file: before that, no block may show it."""
        for _ in range(READY_TRIES):
            found = await tried(lambda: self._client.files_info(file=file_id))
            if found["file"].get("mimetype"):
                return
            await asyncio.sleep(READY_EVERY_S)
        raise DeliveryError("Slack has not processed the picture yet")


class Brought:
    """Fetches pictures that people bring, from Slack's own hosts only, with the bot's token."""

    def __init__(self, limner: Limner, settings: SlackSettings) -> None:
        self._limner, self._token = limner, settings.bot_token
        places = [urlsplit(f"//{host}") for host in settings.file_hosts]
        self._hosts = [place.hostname for place in places if place.hostname]
        networks = settings.file_networks
        self._fetcher = Fetcher(
            own=dict.fromkeys(self._hosts, networks) if networks else None,
            ports=[place.port for place in places if place.port],
            plain_http=bool(networks),
        )

    async def take(self, files: Sequence[Any], owner: str) -> tuple[Attachment, ...]:
        """The first picture among some files, kept. Raises RequestError where it can't be fetched or opened."""
        pictures = [one for one in files if one.get("mimetype") in MEDIA_TYPES and one.get("url_private")]
        return tuple([await self._one(one, owner) for one in pictures[:1]])

    async def _one(self, file: Any, owner: str) -> Attachment:
        name = str(file.get("name") or "picture")
        try:
            fetched = await self._fetcher.get(
                file["url_private"],
                media_types=MEDIA_TYPES,
                max_bytes=LIMIT_BYTES,
                hosts=self._hosts,
                authorization=f"Bearer {self._token.get_secret_value()}",
            )
        except FetchError as error:
            raise RequestError(f"The picture {name} could not be fetched: {error.problem}", "Send it again.") from error
        return await self._limner.upload(fetched.data, name, owner)
