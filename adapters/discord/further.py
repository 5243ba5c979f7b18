"""The commands beside the painting: styles, the line, one's own pictures, settings, help."""

from adapters.discord.help import help_command
from adapters.discord.history import history_command
from adapters.discord.intake import Intake
from adapters.discord.options import Tree
from adapters.discord.queue import queue_command
from adapters.discord.settings_panel import settings_command
from adapters.discord.styles import style_command


def add_further(tree: Tree, intake: Intake) -> None:
    """Put them into the tree."""
    for made in (style_command, queue_command, history_command, settings_command):
        tree.add_command(made(intake))
    tree.add_command(help_command(intake, tree))
