"""A tool for Limner that rolls dice; switched on by an empty table [tools.dice] in limner.toml."""

from random import Random

from pydantic import BaseModel, Field

from bot import ToolContext, ToolResult


class Roll(BaseModel):
    """What the LLM fills in."""

    sides: int = Field(6, ge=2, le=1000, description="How many sides each die has.")
    count: int = Field(1, ge=1, le=20, description="How many dice are rolled.")


class Dice:
    """Rolls dice and tells what they show."""

    name = "dice"
    description = "Roll dice when the person wants chance to decide."
    arguments = Roll

    async def run(self, arguments: Roll, context: ToolContext) -> ToolResult:
        """The call's key is the seed: a call that is repeated after a crash rolls the same."""
        random = Random(context.call_key)
        rolled = [str(random.randint(1, arguments.sides)) for _ in range(arguments.count)]
        return ToolResult(f"The dice show {', '.join(rolled)}.", ends_turn=True)
