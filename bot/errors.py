"""Every error that Limner raises on purpose, as one small tree.

LimnerError                  one line: what was wrong, what to do
├── RequestError             the person's wish can't be carried out as it stands
│   └── FetchError           an address that Limner won't fetch, or that gave nothing it can take
├── SettingsError            a key or value in limner.toml or the environment
├── PluginError              a plugin that settings name can't be loaded
├── StoreError               the database can't be opened, read or written
├── GalleryError             a picture can't be kept, found or handed out
├── AssistantError           the LLM gave nothing to work with (LlmError in bot/llm/trouble.py says in which way)
├── EngineError              the painter can't paint this
│   ├── ModelUnavailable     weights are missing, broken, or of a kind it can't load
│   ├── EngineBusy           the painter's line is full for now
│   └── EngineLost           the painter went away in the middle; the same task may be sent again
├── DeliveryError            a platform did not take the reply
│   ├── Silenced             a person speaks in the conversation by now
│   └── OutcomeUnknown       it may have come through, and nobody can look
└── LeaseLost                another process has taken this job over; stop working on it
"""

from dataclasses import dataclass


@dataclass(eq=False)
class LimnerError(Exception):
    """A problem that a person can act on.

    Args:
        problem: What was wrong, without a full stop, fit to be shown to whoever asked.
        remedy: What to do about it, or an empty string where nothing helps.
    """

    problem: str
    remedy: str = ""

    def __str__(self) -> str:
        return f"{_sentence(self.problem)} {_sentence(self.remedy)}".strip()


def _sentence(text: str) -> str:
    if not text or text.endswith(tuple(".!?。！？")):
        return text
    return f"{text}。" if any("\u3400" <= character <= "\u9fff" for character in text) else f"{text}."


class RequestError(LimnerError):
    """A wish that can't be carried out as it stands: bad size, too many pictures, empty text."""


@dataclass(eq=False)
class FetchError(RequestError):
    """An address that Limner won't fetch, or that gave nothing it can take.

    Args:
        refused: Its rules forbid the address, so nothing was sent there.
    """

    refused: bool = False


@dataclass(eq=False)
class SettingsError(LimnerError):
    """A setting with a wrong name or value; `key` is its dotted name as in limner.toml."""

    key: str = ""


@dataclass(eq=False)
class PluginError(LimnerError):
    """A plugin that settings name and that can't be loaded; `plugin` is 'group:name'."""

    plugin: str = ""


class StoreError(LimnerError):
    """The database can't be opened, read or written."""


class GalleryError(LimnerError):
    """A picture can't be kept, found or handed out."""


class AssistantError(LimnerError):
    """The LLM gave nothing to work with, or can't be reached."""


class EngineError(LimnerError):
    """The painter can't paint this; asking again in the same way would fail again."""


@dataclass(eq=False)
class ModelUnavailable(EngineError):
    """Weights are missing, broken, or of a kind that can't be loaded."""

    model: str = ""


@dataclass(eq=False)
class EngineBusy(EngineError):
    """The painter's line is full; try again after `retry_after_s` seconds."""

    retry_after_s: float = 1.0


@dataclass(eq=False)
class EngineLost(EngineError):
    """The painter went away in the middle; the same task may be sent again.

    Args:
        crashed: True when the painter died, False when it was stopped in good order.
    """

    crashed: bool = True


@dataclass(eq=False)
class DeliveryError(LimnerError):
    """A platform did not take the reply; `lasting` says that trying again would not help."""

    lasting: bool = False


class Silenced(DeliveryError):
    """A person speaks in the conversation by now, so nothing was sent."""


class OutcomeUnknown(DeliveryError):
    """The reply may have come through, and the platform can't be asked: a person has to look."""


@dataclass(eq=False)
class LeaseLost(LimnerError):
    """Another process has taken this job over; whoever sees this stops working on it."""

    job_id: str = ""
