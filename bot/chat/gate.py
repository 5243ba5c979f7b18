"""Who may do what in a place: roles, switches, and whose button it is."""

from collections.abc import Collection
from dataclasses import dataclass, field

from bot.chat.people import Asker, Place
from bot.chat.words import say
from bot.contracts import Limner
from bot.errors import RequestError
from bot.language import Language
from bot.messages import Message


@dataclass(frozen=True, slots=True)
class Gate:
    """What the settings of an adapter allow.

    Attributes:
        roles: Ids or names; who has one of them may ask in a team. Everybody may where there are none.
        channels: Ids; where there are any, only they are answered in, and direct messages.
        channels_off: Ids of channels that are not answered in.
    """

    roles: Collection[str] = field(default=frozenset())
    channels: Collection[str] = field(default=frozenset())
    channels_off: Collection[str] = field(default=frozenset())

    async def check(self, limner: Limner, adapter: str, asker: Asker, place: Place, language: Language) -> None:
        """Refuse who may not ask here. Raises RequestError in that language."""
        if not self._is_open(place) or await _is_off(limner, adapter, place):
            raise RequestError(say("off_here", language))
        if self.roles and not place.direct and not asker.moderates and not asker.roles & set(self.roles):
            raise RequestError(say("no_role", language, roles=", ".join(sorted(self.roles))))

    def _is_open(self, place: Place) -> bool:
        listed = not self.channels or place.direct or place.channel in self.channels
        return listed and place.channel not in self.channels_off


async def _is_off(limner: Limner, adapter: str, place: Place) -> bool:
    """Whether moderators have switched Limner off in the channel; the team's switch holds where it has none."""
    channel = await limner.preferences(f"channel:{adapter}/{place.channel}")
    if channel.answers or not place.team:
        return channel.answers == "off"
    return (await limner.preferences(f"team:{adapter}/{place.team}")).answers == "off"


def check_own(asker: Asker, message: Message, language: Language, *, moderators: bool) -> None:
    """Refuse who did not ask for it themselves, moderators excepted where they may. Raises RequestError."""
    if asker.id == message.user or (moderators and asker.moderates):
        return
    raise RequestError(say("moderators" if moderators else "not_yours", language))
