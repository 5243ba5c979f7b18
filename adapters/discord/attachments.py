"""Pictures that people bring: fetched from Discord's own hosts only, opened safely, kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

import discord

from adapters.discord.settings import DiscordSettings
from bot.contracts import Limner
from bot.errors import FetchError, RequestError
from bot.fetch import Fetcher
from bot.messages import Attachment

MAX_BYTES = 25 * 1024 * 1024
MEDIA_TYPES = ("image/png", "image/jpeg", "image/webp", "image/gif")


@dataclass(frozen=True, slots=True)
class Brought:
    """A picture that somebody brings, as Discord tells of it."""

    url: str
    name: str


class Attachments:
    """Fetches pictures for as long as the adapter runs."""

    def __init__(self, limner: Limner, settings: DiscordSettings) -> None:
        self._limner = limner
        places = [urlsplit(f"//{host}") for host in settings.attachment_hosts]
        self._hosts = [place.hostname for place in places if place.hostname]
        networks = settings.attachment_networks
        # A proxy of one's own may speak plain http inside; Discord itself never does.
        self._fetcher = Fetcher(
            own=dict.fromkeys(self._hosts, networks) if networks else None,
            ports=[place.port for place in places if place.port],
            plain_http=bool(networks),
        )

    async def take(self, found: Sequence[Brought], owner: str) -> tuple[Attachment, ...]:
        """The first of some pictures, kept; nothing of none.

        Raises:
            RequestError: It can't be fetched or opened.
        """
        return tuple([await self._one(one, owner) for one in found[:1]])

    async def _one(self, brought: Brought, owner: str) -> Attachment:
        get = self._fetcher.get
        try:
            fetched = await get(brought.url, media_types=MEDIA_TYPES, max_bytes=MAX_BYTES, hosts=self._hosts)
        except FetchError as error:
            problem = f"The picture {brought.name} could not be fetched: {error.problem}"
            raise RequestError(problem, "Send it again.") from error
        return await self._limner.upload(fetched.data, brought.name, owner)


def pictures_of(message: discord.Message) -> tuple[Brought, ...]:
    """A message's attachments that are pictures."""
    return tuple(brought(one) for one in message.attachments if is_picture(one))


def is_picture(one: discord.Attachment) -> bool:
    """Whether a file is of a kind that Limner opens."""
    return (one.content_type or "").partition(";")[0] in MEDIA_TYPES


def brought(one: discord.Attachment) -> Brought:
    """A file as it can be fetched."""
    return Brought(one.url, one.filename)
