"""Who reads requests: LLMs behind any OpenAI-compatible server or of Limner's own, and at last the built-in rules."""

from bot.llm.chain import Chain, open_llm
from bot.llm.reader import Reader

__all__ = ["Chain", "Reader", "open_llm"]
