"""Limner's vocabulary: everything a plugin needs is imported from here, and nothing heavy comes with it."""

from bot.contracts import Adapter, Engine, Limner, Tool, ToolContext, ToolResult
from bot.errors import DeliveryError, EngineError, LimnerError, RequestError
from bot.exchange import Exchange
from bot.messages import Action, Attachment, LoraWish, Message, Outcome, Picture, Plan, Progress, Reply, Wishes
from bot.tasks import ModelCard, Painted, PaintEvent, PaintTask, Preview, Queued, Started, Step

__version__ = "0.1.0"

__all__ = [
    "Action",
    "Adapter",
    "Attachment",
    "DeliveryError",
    "Engine",
    "EngineError",
    "Exchange",
    "Limner",
    "LimnerError",
    "LoraWish",
    "Message",
    "ModelCard",
    "Outcome",
    "PaintEvent",
    "PaintTask",
    "Painted",
    "Picture",
    "Plan",
    "Preview",
    "Progress",
    "Queued",
    "Reply",
    "RequestError",
    "Started",
    "Step",
    "Tool",
    "ToolContext",
    "ToolResult",
    "Wishes",
]
