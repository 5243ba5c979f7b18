"""What a person sees of an answer: messages with every edit, failures, forms, choices."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from tests.slack_server.interactions import Interaction
from tests.slack_server.state import Channel, Json, Message, Revision, View

if TYPE_CHECKING:
    from tests.slack_server.person import Person


class Sight:
    """The view of one person on what came of one thing that they did; it stays true while more comes.

    Attributes:
        interaction: What they used, or None where they spoke.
        said: What they said, or None.
    """

    def __init__(
        self,
        person: Person,
        channel: Channel | None,
        interaction: Interaction | None = None,
        said: Message | None = None,
    ) -> None:
        self.person, self.channel, self.interaction, self.said = person, channel, interaction, said
        self.at = said.history[0].at if said else interaction.at if interaction else 0.0
        self.since = said.ts if said else f"{self.at:.6f}"

    @property
    def failed(self) -> str:
        """What Slack shows when the application was silent; empty when it wasn't."""
        return self.interaction.failed if self.interaction else ""

    @property
    def acknowledged_s(self) -> float | None:
        delivery = self.interaction.delivery if self.interaction else None
        return delivery.acked_at - self.at if delivery and delivery.acked_at is not None else None

    @property
    def modal(self) -> View | None:
        """The form that opened."""
        return self.interaction.opened if self.interaction else None

    @property
    def errors(self) -> dict[str, str]:
        """What is wrong in the form that was sent, by block."""
        return self.interaction.errors if self.interaction else {}

    @property
    def options(self) -> list[Json]:
        return self.interaction.options if self.interaction else []

    @property
    def messages(self) -> list[Message]:
        """What the bot has said since, here (in the thread, where it was said in one) or in their DM, oldest first."""
        rooms = {room.id: room for room in (self.channel, self.person.dm()) if room}
        found = [one for room in rooms.values() for one in self.person.sees(room, self.since) if self._answers(one)]
        return sorted(found, key=lambda one: one.ts)

    def _answers(self, one: Message) -> bool:
        if one.user is not self.person.server.bot:
            return False
        here = one.channel is self.channel and one.channel.kind != "im"
        if self.said and here and one.thread_ts != (self.said.thread_ts or self.said.ts):
            return one.only_for is self.person.user and one.thread_ts is None
        return one.cause in (None, self.interaction)

    @property
    def message(self) -> Message | None:
        """The first of them; where something was pressed in a message and nothing new came, that message."""
        return next(iter(self.messages), self.interaction.message if self.interaction else None)

    @property
    def text(self) -> str:
        return self.message.text if self.message else ""

    @property
    def edits(self) -> list[Revision]:
        """All that the first message ever said, in order."""
        return list(self.message.history) if self.message else []

    async def until(self, true: Callable[[Sight], Any]) -> Any:
        """Wait until something is to be seen; its value."""
        return await self.person.server.until(lambda: true(self))

    async def picture(self) -> Message:
        """The first message with a picture, once there is one."""
        found = await self.until(lambda seen: [one for one in [*seen.messages, seen.message] if one and one.pictures])
        return found[0]  # type: ignore[no-any-return]
