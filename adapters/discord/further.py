"""The commands beside the painting: styles, the line, one's own pictures, settings, help."""

from typing import Any

from discord import app_commands

from adapters.discord.intake import Intake


def add_further(tree: app_commands.CommandTree[Any], intake: Intake) -> None:
    """Put them into the tree."""
