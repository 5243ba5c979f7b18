"""How far a request is: a bar on a terminal, plain lines elsewhere; always on standard error."""

from typing import Protocol

import click
from rich.progress import BarColumn, TaskID, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bar

from bot import Progress
from bot.console import console


class ProgressView(Protocol):
    """Shows one request at a time."""

    def show(self, progress: Progress) -> None:
        """Show how far it is."""

    def hide(self) -> None:
        """It is over."""


class BarView:
    """A bar that moves, and leaves nothing behind."""

    def __init__(self) -> None:
        self._bar: Bar | None = None
        self._task = TaskID(0)

    def show(self, progress: Progress) -> None:
        """Move the bar; while nothing can be counted it pulses."""
        if self._bar is None:
            columns = (TextColumn("{task.description}"), BarColumn(bar_width=32), TimeElapsedColumn())
            self._bar = Bar(*columns, console=console(stderr=True), transient=True)
            self._task = self._bar.add_task("", total=None)
            self._bar.start()
        total = progress.steps or None
        self._bar.update(self._task, description=words(progress), completed=progress.step, total=total)

    def hide(self) -> None:
        """Take the bar away."""
        if self._bar is not None:
            self._bar.stop()
            self._bar = None


class LineView:
    """A line when something new begins, and at each quarter of the painting."""

    def __init__(self) -> None:
        self._last = ""

    def show(self, progress: Progress) -> None:
        """Print a line where it says something new."""
        line = words(progress)
        if progress.stage == "painting" and progress.steps and (quarters := 4 * progress.step // progress.steps):
            line += f" {25 * quarters} %"
        next_in_line = progress.stage == "waiting" and progress.position <= 1
        if line != self._last and not next_in_line:
            self._last = line
            click.echo(line, err=True)

    def hide(self) -> None:
        """Begin anew."""
        self._last = ""


def words(progress: Progress) -> str:
    """What is going on, in a few words."""
    match progress.stage:
        case "waiting" if progress.position > 1:
            return f"Waiting, {progress.position - 1} before you"
        case "waiting":
            return "Waiting, next in line"
        case "thinking":
            return "Thinking"
        case "loading":
            return "Loading the model"
        case "judging":
            return f"Judging {progress.candidate} of {progress.candidates}" if progress.candidate else "Judging"
        case "looking":
            return "Looking at it"
        case _ if progress.candidate:
            return f"Painting {progress.candidate} of {progress.candidates}"
        case _:
            return "Painting"
