"""Where the answer to a message goes: an interaction's own message, a reply in a channel, or a direct message."""

import json
import time
from dataclasses import asdict, dataclass

TOKEN_LIFE_S = 15 * 60.0
# What is sent in the last moments of a token may come too late.
TOKEN_MARGIN_S = 20.0
LIMIT_BYTES = 10 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Address:
    """Where the answer goes; kept with the job as `Message.answer_at`.

    Attributes:
        channel: Id of the channel or thread.
        message: Id of the person's message, where they wrote one; the answer replies to it.
        token: Of the interaction, where they used a command or a button: a secret, and good for 15 minutes.
        token_until: Seconds since 1970.
        private: The answer is shown to the asker alone; such a message can be changed with the token only.
        member: The bot may post in that channel by itself.
        limit_bytes: A file's size at most.
    """

    channel: int
    message: int = 0
    token: str = ""
    token_until: float = 0.0
    private: bool = False
    member: bool = True
    limit_bytes: int = LIMIT_BYTES

    @property
    def has_token(self) -> bool:
        """Whether the interaction's message can still be changed."""
        return bool(self.token) and time.time() < self.token_until - TOKEN_MARGIN_S

    def dump(self) -> str:
        """As text."""
        return json.dumps(asdict(self), separators=(",", ":"))


def load(text: str) -> Address:
    """What `dump` wrote."""
    return Address(**json.loads(text))


@dataclass(frozen=True, slots=True)
class Posted:
    """A message of the bot's."""

    channel: int
    message: int

    def __str__(self) -> str:
        return f"{self.channel}/{self.message}"


def posted(text: str) -> Posted | None:
    """What `str(Posted)` wrote; None for anything else."""
    channel, _, message = text.partition("/")
    return Posted(int(channel), int(message)) if channel.isdecimal() and message.isdecimal() else None
