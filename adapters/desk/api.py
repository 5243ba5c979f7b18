"""What a desk's own module brings: calls of its API, and its webhooks read as events."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from bot.desk.draft import Citation
from bot.desk.events import CustomerSaid, DeskEvent
from bot.errors import LimnerError


@dataclass(eq=False)
class Refused(LimnerError):
    """A webhook that is not taken: unsigned, stale, too large or no JSON; `status` is what it is answered with."""

    status: int = 400


@dataclass(frozen=True, slots=True)
class Showed(CustomerSaid):
    """A customer's message with pictures that are still at the desk; the adapter fetches them, if that is soon done.

    Attributes:
        urls: Where they are.
    """

    urls: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DeskPicture:
    """A picture of a post.

    Attributes:
        name: With an ending, unique within the post.
        path: The PNG; it is there while the post is being made.
        alt_text: In the customer's language.
        label: That AI made it, in the customer's language; empty for a picture of an article.
    """

    name: str
    path: Path
    alt_text: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Post:
    """What is said, to a customer or to colleagues.

    Attributes:
        key: Unique for ever; a post with the same key is the same post.
        text: Light Markdown (paragraphs, steps, bold, links of citations); rendering.py makes what a desk takes.
        citations: Those named in the text, for desks that have a place of their own for them.
        language: The customer's.
    """

    key: str
    text: str
    pictures: tuple[DeskPicture, ...] = ()
    citations: tuple[Citation, ...] = ()
    language: str = "en"


class DeskApi(Protocol):
    """What can be done at a desk; all raise DeliveryError where it is not to be had, or does not take it.

    `Refusal` (calls.py) tells that a call had no effect for certain; any other DeliveryError may have had one.
    """

    async def may_speak(self, conversation: str) -> bool:
        """Whether the conversation is Limner's by the desk's own state; asked right before each post."""

    async def say(self, conversation: str, post: Post) -> str:
        """Tell the customer; the desk's id of what was posted."""

    async def note(self, conversation: str, post: Post) -> str:
        """Tell colleagues, where customers do not see it; its id, or nothing where the desk has no such place."""

    async def find(self, conversation: str, key: str, *, private: bool) -> str | None:
        """What was posted under a key. Raises OutcomeUnknown where it can't be looked up."""

    async def hand_over(self, conversation: str) -> None:
        """Give the conversation to people; doing it twice does no harm."""

    async def is_handed_over(self, conversation: str) -> bool:
        """Whether the desk's own state says that people have it."""

    async def typing(self, conversation: str) -> None:
        """Show that an answer is being made."""

    def open_conversations(self) -> AsyncIterator[DeskEvent]:
        """What customers said last in conversations of Limner's, for what was missed while nobody listened."""

    async def close(self) -> None:
        """Let go of connections."""


class DeskHook(Protocol):
    """Reads a desk's webhooks."""

    async def events(self, headers: Mapping[str, str], body: bytes) -> list[DeskEvent]:
        """What a webhook tells, in order; header names are in lower case. Raises Refused for what is not taken."""
