"""Who asks, where, and for what, as a chat platform tells it."""

from dataclasses import dataclass, field
from typing import Literal

from bot.language import Language
from bot.messages import Attachment, Wishes


@dataclass(frozen=True, slots=True)
class Asker:
    """A person on a chat platform.

    Attributes:
        language: Of their client, where the platform tells it.
        roles: Ids and names of the roles that they have where they ask.
        moderates: They may delete and stop what others asked for there, and set what holds for the channel.
        manages: They may set what holds for the whole team.
    """

    id: str
    name: str = ""
    language: Language | Literal[""] = ""
    roles: frozenset[str] = frozenset()
    moderates: bool = False
    manages: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is said.

    Attributes:
        channel: What preferences and switches are about; of a thread, the channel that it hangs in.
        thread: Tells conversations of one channel apart.
        direct: Only this person and Limner are there.
    """

    channel: str
    thread: str = ""
    team: str = ""
    direct: bool = False


@dataclass(frozen=True, slots=True)
class Ask:
    """What a person asks for.

    Attributes:
        event_id: The platform's own id: the same id twice is the same wish.
        command: It came by a command that can only mean a picture.
        reply_to: Id of the picture that it is about.
        action: A button's kind, one of bot/actions.py.
        answer_at: Where the answer goes, in the adapter's notation; see `Message.answer_at`.
        private: It is shown to the asker alone.
    """

    event_id: str
    asker: Asker
    place: Place
    text: str
    wishes: Wishes = field(default_factory=Wishes)
    attachments: tuple[Attachment, ...] = ()
    command: bool = False
    reply_to: str | None = None
    action: str = ""
    answer_at: str = ""
    private: bool = False
