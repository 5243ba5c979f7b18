"""Runs the painter as a process of its own: `python -P -m tools.engine.painter`."""

import sys

from bot.errors import LimnerError
from tools.engine.painter.command import painter

if __name__ == "__main__":
    try:
        painter(prog_name="python -m tools.engine.painter")
    except LimnerError as error:
        sys.exit(str(error))
