"""Who reads requests: LLMs behind any OpenAI-compatible server or of Limner's own, and at last the built-in rules."""

from bot.llm.chain import Chain, open_llm
from bot.llm.reader import Reader
from bot.llm.vision import Vision, open_vision

__all__ = ["Chain", "Reader", "Vision", "open_llm", "open_vision"]
