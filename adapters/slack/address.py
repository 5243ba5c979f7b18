"""Where the answer to a message goes on Slack: a channel, a thread in it, or direct messages."""

import json
import re
from dataclasses import asdict, dataclass

# The id of a message or a press, which is its time as well.
TS = re.compile(r"\b\d{10}\.\d{6}\b")


@dataclass(frozen=True, slots=True)
class Address:
    """Where the answer goes; kept with the job as `Message.answer_at`.

    Attributes:
        channel: Where it was asked; empty where a form or Home has no channel, and the answer is a direct message.
        thread_ts: The thread that the answer belongs in.
        private: It is for the asker alone, so it goes to their direct messages.
        response_url: For a word to the asker where the bot is no member; good for half an hour.
    """

    channel: str = ""
    thread_ts: str = ""
    private: bool = False
    response_url: str = ""

    def dump(self) -> str:
        """As text."""
        return json.dumps(asdict(self), separators=(",", ":"))


def load(text: str) -> Address:
    """What `dump` wrote."""
    return Address(**json.loads(text))


@dataclass(frozen=True, slots=True)
class Posted:
    """A message of the bot's."""

    channel: str
    ts: str

    def __str__(self) -> str:
        return f"{self.channel}/{self.ts}"


def posted(text: str) -> Posted | None:
    """What `str(Posted)` wrote; None for anything else."""
    channel, _, ts = text.partition("/")
    return Posted(channel, ts) if channel and ts else None
