"""Stand-ins that ship with Limner, so that plugins and chains can be tried without a GPU, an LLM or a platform.

`bot.testing.contract` has the tests that every chat adapter is to pass.
"""

from bot.testing.engine import CARD, PaperEngine, RefusingEngine, blank_png
from bot.testing.llm import ScriptedModel, calls
from bot.testing.platform import PaperPlatform, Post

__all__ = [
    "CARD",
    "PaperEngine",
    "PaperPlatform",
    "Post",
    "RefusingEngine",
    "ScriptedModel",
    "blank_png",
    "calls",
]
