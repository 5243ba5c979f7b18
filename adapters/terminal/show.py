"""What a person at a terminal sees of a reply: the picture, their words, the prompt and why the two differ."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from rich.console import Console

from bot import Reply
from bot.console import path_row, plan_record, plan_rows, safe, settings_row, show_pictures


def show_reply(out: Console, reply: Reply, paths: Sequence[Path]) -> None:
    """A reply with its pictures; `paths` are where the person finds them, none where they went to standard output."""
    show_pictures(out, [picture.path for picture in reply.pictures])
    if reply.text:
        out.print(safe(reply.text))
    if not reply.pictures:
        return
    plan = reply.pictures[0].plan
    seeds = ", ".join(str(picture.plan.seed) for picture in reply.pictures)
    plan_rows(out, plan, reply.notes)
    settings_row(out, plan, seeds)
    for number, path in enumerate(paths):
        path_row(out, "" if number else "Saved as", path)


def reply_record(reply: Reply, paths: Sequence[Path]) -> dict[str, Any]:
    """The object that `limner imagine --json` prints; seed and plan are the first picture's, seconds are of all."""
    return {
        **plan_record(reply.pictures[0].plan),
        "seconds": sum(picture.seconds for picture in reply.pictures),
        "pictures": [
            {"path": str(path), "sha256": picture.sha256} for path, picture in zip(paths, reply.pictures, strict=True)
        ],
        "notes": list(reply.notes),
        "findings": [asdict(finding) for finding in reply.pictures[0].plan.findings],
    }
