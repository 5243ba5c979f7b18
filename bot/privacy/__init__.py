"""Personal data is taken out of what people say before it is stored, logged or shown to an LLM."""

from bot.privacy.messages import note, scrub_message
from bot.privacy.scrubbing import Scrubbed, scrub, without_placeholders

__all__ = ["Scrubbed", "note", "scrub", "scrub_message", "without_placeholders"]
