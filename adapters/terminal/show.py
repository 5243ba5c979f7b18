"""What a person at a terminal sees of a reply: pictures or proposals, the words, the prompt and why the two differ."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from rich.console import Console

from bot import Reply
from bot.console import choice_rows, path_row, plan_record, plan_rows, row, safe, settings_row, show_pictures

SHORT_ID = 8


def show_reply(out: Console, reply: Reply, paths: Sequence[Path]) -> None:
    """A reply with its pictures; `paths` are where the person finds them, none where they went to standard output."""
    show_pictures(out, [picture.path for picture in reply.pictures])
    if reply.text:
        out.print(safe(reply.text))
    plans = [one.plan for one in reply.pictures or reply.proposals]
    if not plans:
        return
    plan_rows(out, plans[0], reply.notes)
    for prompt in dict.fromkeys(plan.prompt for plan in plans if plan.prompt != plans[0].prompt):
        row(out, "Also", prompt)
    settings_row(out, plans[0], ", ".join(str(plan.seed) for plan in plans))
    choice_rows(out, reply.pictures)
    for number, path in enumerate(paths):
        path_row(out, "" if number else "Saved as", path)
    if not reply.pictures:
        row(out, "Proposed as", " ".join(proposal.id[:SHORT_ID] for proposal in reply.proposals))


def proposals_record(reply: Reply) -> dict[str, Any]:
    """The object that `limner imagine --json` prints where nothing is painted yet."""
    return {
        **plan_record(reply.proposals[0].plan),
        "pictures": [],
        "proposals": [{"id": one.id, "prompt": one.plan.prompt, "seed": one.plan.seed} for one in reply.proposals],
        "notes": list(reply.notes),
        "findings": [asdict(finding) for finding in reply.proposals[0].plan.findings],
    }


def reply_record(reply: Reply, paths: Sequence[Path]) -> dict[str, Any]:
    """The object that `limner imagine --json` prints; seed and plan are the first picture's, seconds are of all."""
    return {
        **plan_record(reply.pictures[0].plan),
        "seconds": sum(picture.seconds for picture in reply.pictures),
        "pictures": [
            {
                "path": str(path),
                "sha256": picture.sha256,
                "seed": picture.plan.seed,
                "choice": asdict(picture.choice) if picture.choice else None,
            }
            for path, picture in zip(paths, reply.pictures, strict=True)
        ],
        "notes": list(reply.notes),
        "findings": [asdict(finding) for finding in reply.pictures[0].plan.findings],
    }
