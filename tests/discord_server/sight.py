"""What a person sees of an answer: messages with every edit, failures, forms, choices."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from tests.discord_server.interactions import DEFERS_UPDATE, UPDATES, Interaction
from tests.discord_server.state import Json, Message, Revision

if TYPE_CHECKING:
    from tests.discord_server.person import Person


class Sight:
    """The view of one person on what came of one thing that they did; it stays true while more comes.

    Attributes:
        interaction: What they used, or None where they spoke.
        said: What they said, or None.
        at: When, in seconds by the server's clock.
    """

    def __init__(self, person: Person, interaction: Interaction | None = None, said: Message | None = None) -> None:
        self.person, self.interaction, self.said = person, interaction, said
        self.at = interaction.at if interaction else said.history[0].at if said else 0.0

    @property
    def failed(self) -> str:
        """What Discord shows when the bot was silent; empty when it wasn't."""
        return self.interaction.failed if self.interaction else ""

    @property
    def acknowledged_s(self) -> float | None:
        """How long the first response took."""
        answered = self.interaction.answered_at if self.interaction else None
        return None if answered is None else answered - self.at

    @property
    def modal(self) -> Json | None:
        """The form that opened."""
        return self.interaction.modal if self.interaction else None

    @property
    def choices(self) -> list[Json]:
        """What autocomplete offers."""
        return (self.interaction.choices if self.interaction else None) or []

    @property
    def messages(self) -> list[Message]:
        """What the bot answered, oldest first: its response, follow-ups, and replies to any of these."""
        roots = [self.said] if self.said else []
        if self.interaction:
            own = self.interaction.answer not in (UPDATES, DEFERS_UPDATE)
            roots = [
                *([self.interaction.response] if own and self.interaction.response else []),
                *self.interaction.followups,
            ]
        ids = {message.id for message in roots}
        found = [] if self.said else list(roots)
        for message in self.person.sees(roots[0].channel, since=roots[0]) if roots else []:
            if message.author.bot and message not in found and (message.reference or {}).get("message_id") in ids:
                ids.add(message.id)
                found.append(message)
        return [message for message in found if not message.deleted_at]

    @property
    def message(self) -> Message | None:
        """The first of them; for an update, the message that was updated."""
        if self.interaction and self.interaction.answer in (UPDATES, DEFERS_UPDATE):
            return self.interaction.response
        return next(iter(self.messages), None)

    @property
    def text(self) -> str:
        """Its words now."""
        return self.message.content if self.message else ""

    @property
    def edits(self) -> list[Revision]:
        """All that the first message ever said, in order."""
        return list(self.message.history) if self.message else []

    async def until(self, true: Callable[[Sight], Any]) -> Any:
        """Wait until something is to be seen; its value.

        Raises:
            TimeoutError: After a minute.
        """
        return await self.person.server.until(lambda: true(self))

    async def picture(self) -> Message:
        """The first message with a picture, once there is one; what it is to become is none yet."""
        found = await self.until(
            lambda seen: [
                one
                for one in [*seen.messages, seen.message]
                if one and any(not file.filename.startswith("preview.") for file in one.attachments)
            ]
        )
        return found[0]  # type: ignore[no-any-return]
