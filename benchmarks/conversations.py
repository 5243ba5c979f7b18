"""Follow-ups: `python -m benchmarks.conversations [FILE] [--llm MODEL] [--misses]`, the share of right turns.

A line of the file is a conversation with `id`, `lang` and `turns`; each turn has what is said (`say`), the whole truth
of the picture after it (`expect`, as in tests/craft/score.py), and where they apply
- `follows`: the turn whose picture this one changes; [turn, 2] means its second picture;
- `seed_of`: the turn whose seed is kept; `new_seed`: it must be another than that of the turn before;
- `shows`: the turn whose very picture is shown again;
- `wider_than`: the turn whose picture is less wide in proportion, by whatever aspect;
- `may_exclude`: what was taken out, and may be kept out from then on or simply not be there.
A turn is right where all of that holds. Every conversation goes through the whole chain in a channel of its own; the
painter paints blank sheets. The echo is what a bot without memory does: it paints each turn's own words.
"""

import argparse
import asyncio
import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmarks.craft_arms import Online, online
from benchmarks.tables import Rows, printed, share
from bot import Picture
from bot.brief import Brief
from bot.director.understand import understand
from bot.jobs import Job
from tests.craft.score import score

CLOSED = Path(__file__).parents[1] / "tests" / "craft" / "conversations_closed.jsonl"
LANGUAGES = {"en": "English", "zh": "Chinese", "mx": "mixed"}
Turn = Mapping[str, Any]
Answered = tuple[Job, list[Picture]]


async def held(arm: Online, conversation: Mapping[str, Any]) -> list[list[str]]:
    """Hold a conversation; for each turn all that is wrong after it."""
    answered: list[Answered] = []
    faults = []
    for turn in conversation["turns"]:
        answered.append(await arm.ask(turn["say"], conversation["id"]))
        faults.append(wrong(turn, answered))
    return faults


def wrong(turn: Turn, answered: list[Answered]) -> list[str]:
    """What does not hold after the last answer."""
    _, pictures = answered[-1]
    verdict = score(_brief(pictures[0], turn) if pictures else None, len(pictures), turn["expect"])
    found = [f"{what} {item}" for what in ("missed", "wrong", "invented") for item in getattr(verdict, what)]
    return [*found, *_about_earlier(turn, pictures[0], answered[:-1])] if pictures else found


def _brief(picture: Picture, turn: Turn) -> Brief:
    """What is to be scored: without what a turn leaves open."""
    brief, free = picture.plan.brief, turn.get("may_exclude", [])
    kept = tuple(one for one in brief.exclusions if one not in free)
    return replace(brief, exclusions=kept, aspect="" if "wider_than" in turn else brief.aspect)


def _about_earlier(turn: Turn, picture: Picture, before: list[Answered]) -> list[str]:
    plan, found = picture.plan, []
    if "follows" in turn and plan.parent != (_of(turn["follows"], before) or picture).id:
        found.append(f"does not follow {turn['follows']}")
    if "seed_of" in turn and plan.seed != (_of(turn["seed_of"], before) or picture).plan.seed:
        found.append(f"has not the seed of {turn['seed_of']}")
    if "new_seed" in turn and (last := _of(len(before) - 1, before)) and plan.seed == last.plan.seed:
        found.append("has the seed of the last one")
    if "shows" in turn and (shown := _of(turn["shows"], before)) and shown.sha256 != picture.sha256:
        found.append(f"is not the picture of {turn['shows']}")
    if "wider_than" in turn and (narrow := _of(turn["wider_than"], before)):
        ratios = [one.width_px / one.height_px for one in (plan, narrow.plan)]
        found += ["is not wider"] if ratios[0] <= ratios[1] else []
    return found


def _of(which: int | list[int], before: list[Answered]) -> Picture | None:
    turn, number = which if isinstance(which, list) else (which, 1)
    pictures = before[turn][1]
    return pictures[number - 1] if len(pictures) >= number else None


def echoed(turn: Turn) -> bool:
    """Whether the turn's own words alone would be right."""
    understood = understand(turn["say"], None)
    alone = (None, 0) if isinstance(understood, str) else (understood.to_brief(), understood.count)
    return score(*alone, turn["expect"]).right and not {"shows", "wider_than", "seed_of"} & set(turn)


def table(conversations: list[Mapping[str, Any]], faults: list[list[list[str]]]) -> Rows:
    """Right turns and wholly right conversations: all, first turns, follow-ups, each language."""
    turns = [
        (one["lang"], number, not wrong, echoed(turn))
        for one, of_turns in zip(conversations, faults, strict=True)
        for number, (turn, wrong) in enumerate(zip(one["turns"], of_turns, strict=True))
    ]
    groups = {
        "right turns": turns,
        "- first turns": [one for one in turns if one[1] == 0],
        "- follow-ups": [one for one in turns if one[1]],
    } | {f"- in {name}": [one for one in turns if one[0] == lang] for lang, name in LANGUAGES.items()}
    rows: Rows = [("conversations", "Limner", "echo")]
    for name, group in groups.items():
        rows.append((name, *(share(sum(one[place] for one in group), len(group)) for place in (2, 3))))
    whole = sum(not any(of_turns) for of_turns in faults)
    return [*rows, ("wholly right conversations", share(whole, len(conversations)), "")]


async def measure(conversations: list[Mapping[str, Any]], llm: str) -> list[list[list[str]]]:
    """What is wrong after every turn of every conversation."""
    async with online(llm) as arm:
        return [await held(arm, one) for one in conversations]


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path, nargs="?", default=CLOSED)
    parser.add_argument("--llm", default="director", help="who reads (default: the offline director)")
    parser.add_argument("--markdown", action="store_true")
    parser.add_argument("--misses", action="store_true", help="list what is wrong, turn by turn; not of held-out ones")
    options = parser.parse_args()
    conversations = [json.loads(line) for line in options.file.read_text(encoding="utf-8").splitlines()]
    faults = asyncio.run(measure(conversations, options.llm))
    print(printed(table(conversations, faults), markdown=options.markdown))
    if options.misses:
        for one, of_turns in zip(conversations, faults, strict=True):
            for turn, found in zip(one["turns"], of_turns, strict=True):
                print(f"{one['id']} {turn['say']}: {'; '.join(found)}" if found else "", end="\n" if found else "")


if __name__ == "__main__":
    main()
