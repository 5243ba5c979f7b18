"""What people, channels and teams want by default: read by everybody, set by whoever may."""

import asyncio
from collections.abc import Mapping

from bot.chat.panel import changed
from bot.chat.people import Asker, Place
from bot.chat.words import say
from bot.contracts import Limner
from bot.errors import RequestError
from bot.language import Language
from bot.limits import check_aspect
from bot.preferences import Preferences
from bot.style import find

NAME_CHARACTERS = 64


class Wanting:
    """The preferences of one adapter's people and places.

    Args:
        adapter: Its name, as in the settings.
    """

    def __init__(self, limner: Limner, adapter: str) -> None:
        self._limner, self._adapter = limner, adapter
        # What is set is read, changed and kept: two changes at once must not undo each other.
        self._turn = asyncio.Lock()

    async def get(self, kind: str, asker: Asker, place: Place) -> Preferences:
        """What is set for the 'user', 'channel' or 'team'. Raises RequestError where there is none of that kind."""
        return await self._limner.preferences(self._scope(kind, asker, place, "en"))

    async def set(
        self, kind: str, changes: Mapping[str, str], asker: Asker, place: Place, language: Language
    ) -> Preferences:
        """Set some of it, or clear what is empty in `changes`; what is set then.

        Raises:
            RequestError: They may not, or there is no such value; in that language.
        """
        scope = self._scope(kind, asker, place, language)
        if reason := why_not(kind, asker, language):
            raise RequestError(reason)
        self._check(kind, changes, language)
        async with self._turn:
            await self._limner.prefer(scope, changed(await self._limner.preferences(scope), changes))
            return await self._limner.preferences(scope)

    def _scope(self, kind: str, asker: Asker, place: Place, language: Language) -> str:
        if kind not in kinds(place):
            raise RequestError(say("own_only", language))
        name = {"user": asker.id, "channel": place.channel, "team": place.team}[kind]
        return f"{kind}:{self._adapter}/{name}"

    def _check(self, kind: str, changes: Mapping[str, str], language: Language) -> None:
        """Refuse in the asker's own language what would be refused in English otherwise."""
        offers = self._limner.offers()
        style, model, aspect = (changes.get(name, "") for name in ("style", "model", "aspect"))
        if changes.get("answers") and kind == "user":
            raise RequestError(say("answers_scope", language))
        if style and not (find(offers.library.styles, style) or find(offers.library.packs, style)):
            raise RequestError(say("no_style", language, name=style[:NAME_CHARACTERS]))
        if model and model not in offers.models:
            raise RequestError(say("no_model", language, name=model[:NAME_CHARACTERS], all=", ".join(offers.models)))
        if aspect and not _is_aspect(aspect):
            raise RequestError(say("no_aspect", language, name=aspect[:NAME_CHARACTERS]))


def why_not(kind: str, asker: Asker, language: Language) -> str:
    """Why somebody may not set what holds for a 'user', 'channel' or 'team'; empty where they may."""
    if kind == "channel" and not asker.moderates:
        return say("channel_moderators", language)
    return say("team_managers", language) if kind == "team" and not asker.manages else ""


def kinds(place: Place) -> tuple[str, ...]:
    """For whom something can be set here: 'user', and 'channel' and 'team' where others are there."""
    return "user", *(["channel"] if not place.direct else []), *(["team"] if place.team else [])


def _is_aspect(aspect: str) -> bool:
    try:
        check_aspect(aspect)
    except RequestError:
        return False
    return True
