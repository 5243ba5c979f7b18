"""Pictures on Slack: uploaded once each, shown wherever they are needed; and pictures that people bring."""

import asyncio
import io
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit
from weakref import WeakValueDictionary

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.settings import SlackSettings
from adapters.slack.trouble import PASSING, tried
from bot import log
from bot.chat import Shown
from bot.chat.fitting import fitted
from bot.contracts import Limner
from bot.errors import DeliveryError, FetchError, RequestError
from bot.fetch import Fetcher
from bot.messages import Attachment

LIMIT_BYTES = 40 * 1024 * 1024
# A minute and a half in all.
READY_TRIES = 12
FIRST_WAIT_S = 0.2
FETCH_TRIES = 3
UPLOADING = aiohttp.ClientTimeout(300)
MEDIA_TYPES = ("image/png", "image/jpeg", "image/webp", "image/gif")

logger = log.get("slack")


class Files:
    """One workspace's files.

    Args:
        session: For the upload itself, which is no call of the Web API.
    """

    def __init__(self, limner: Limner, client: AsyncWebClient, session: aiohttp.ClientSession) -> None:
        self._limner, self._client, self._session = limner, client, session
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def of(self, pictures: Sequence[Shown]) -> dict[str, str]:
        """Slack's ids of the pictures' files, by the pictures' ids; uploaded where they are not there yet.

        Raises:
            DeliveryError: Slack is not to be had.
            SlackApiError: It does not take a file.
            OSError: A picture can't be read.
        """
        return {one.picture.id: await self._one(one) for one in pictures}

    async def delete(self, picture_id: str) -> None:
        """Take a picture's file away, if there is one."""
        if file_id := await self._limner.recall("slack", _key(picture_id)):
            await self._limner.remember("slack", _key(picture_id), "")
            try:
                await tried(lambda: self._client.files_delete(file=file_id))
            except SlackApiError as error:
                logger.warning("a file could not be deleted: %s", error)

    async def _one(self, shown: Shown) -> str:
        key = _key(shown.picture.id)
        async with self._turns.setdefault(key, asyncio.Lock()):
            if known := await self._limner.recall("slack", key):
                return known
            file = await fitted(shown.picture.path, f"limner-{shown.picture.id[:8]}", LIMIT_BYTES)
            file_id = await upload(self._client, self._session, file.name, file.data, shown.alt_text)
            await ready(self._client, file_id)
            await self._limner.remember("slack", key, file_id)
            return file_id


async def upload(client: AsyncWebClient, session: aiohttp.ClientSession, name: str, data: bytes, alt_text: str) -> str:
    """Upload a file that is shared nowhere yet; its id. Raises DeliveryError and SlackApiError."""
    more: Any = {"filename": name, "length": len(data), "alt_txt": alt_text[:1_000]}
    where = await tried(lambda: client.files_getUploadURLExternal(**more))

    async def send() -> None:
        async with session.post(where["upload_url"], data=io.BytesIO(data), timeout=UPLOADING) as answer:
            answer.raise_for_status()

    await tried(send)
    done: Any = [{"id": where["file_id"], "title": alt_text[:200]}]
    unsure = False

    async def complete() -> None:
        nonlocal unsure
        if unsure and (await client.files_info(file=where["file_id"]))["file"].get("mimetype"):
            return
        try:
            await client.files_completeUploadExternal(files=done)
        except (*PASSING, SlackApiError):
            unsure = True
            raise

    await tried(complete)
    return str(where["file_id"])


async def ready(client: AsyncWebClient, file_id: str) -> Any:
    """Wait until Slack has looked at a file: before that, no block may show it. What Slack knows of it."""
    wait_s = FIRST_WAIT_S
    for _ in range(READY_TRIES):
        await asyncio.sleep(wait_s)
        found = await tried(lambda: client.files_info(file=file_id))
        if found["file"].get("mimetype"):
            return found["file"]
        wait_s *= 1.5  # this method has a limit too
    raise DeliveryError("Slack has not processed the picture yet")


def _key(picture_id: str) -> str:
    return f"file/{picture_id}"


class Brought:
    """Fetches pictures that people bring, from Slack's own hosts only, with the bot's token there."""

    def __init__(self, limner: Limner, settings: SlackSettings, token: str) -> None:
        self._limner, self._token = limner, token
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
        for attempt in range(1, FETCH_TRIES + 1):
            try:
                fetched = await self._fetcher.get(
                    file["url_private"],
                    media_types=MEDIA_TYPES,
                    max_bytes=LIMIT_BYTES,
                    hosts=self._hosts,
                    authorization=f"Bearer {self._token}",
                )
                break
            except FetchError as error:
                if attempt == FETCH_TRIES:
                    problem = f"The picture {name} could not be fetched: {error.problem}"
                    raise RequestError(problem, "Send it again.") from error
        return await self._limner.upload(fetched.data, name, owner)
