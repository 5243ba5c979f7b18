"""What colleagues decide in private notes, at desks that tell of them."""

import re

from bot.desk.events import DeskEvent, Released, Ruled, Verdict

_COMMAND = re.compile(r"\s*/(approve|reject|release)\b[ \t]*(.*)", re.DOTALL)


def decided(text: str, conversation: str, person: str) -> list[DeskEvent]:
    """The decision in a note; nothing where it is about something else."""
    command = _COMMAND.fullmatch(text)
    if command is None:
        return []
    if command[1] == "release":
        return [Released(conversation)]
    return [Ruled(conversation, person, Verdict(command[1]), command[2].strip())]
