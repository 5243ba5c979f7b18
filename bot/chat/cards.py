"""What a request's one message shows while it is under way, and what at its end."""

import re
from collections.abc import Sequence

from bot.actions import AGAIN, LABELS, OF_TOOLS, OWN_WORDS, PROMPT, UNDO, USE, VARY, offered
from bot.chat.card import Button, Card, Shown
from bot.chat.words import say
from bot.contracts import Allowance
from bot.language import Language
from bot.messages import Action, Message, Outcome, Picture, Progress, Reply
from bot.policy import duration

HEADING_CHARACTERS = 300
NOTES_SHOWN = 3
BAR_SQUARES = 12
# Where things lie on our machine is nobody's business in a chat: their names say enough.
_PATH = re.compile(r"(?<![\w:/])(?:~|/[\w.~-]+)(?:/[\w.~-]+)+/?")
# Kinds of buttons that only chats have; `bot.actions` has the others.
WORDS, SAME_SEED, DELETE, CANCEL, RETRY = "words", "seed", "delete", "cancel", "retry"
Rows = tuple[tuple[Button, ...], ...]


def under_way(progress: Progress, note: str = "") -> Card:
    """What stands there while somebody waits; `note` is one more line of small print."""
    language = progress.message.tongue
    cancel = Button(f"{CANCEL}:{progress.job_id}", say("cancel", language), "danger")
    return Card(
        heading=heading(progress.message),
        text=_stage(progress, language),
        small=(note,) if note else (),
        preview=progress.preview,
        rows=((cancel,),),
    )


def finished(reply: Reply, tools: frozenset[str] = frozenset(), allowance: Allowance | None = None) -> Card:
    """What stands there at the end, whatever the end is."""
    if reply.outcome is Outcome.CANCELLED:
        return cancelled(reply.message)
    language = reply.message.tongue
    rows = _rows(reply, tools, language)
    small = [*_facts(reply, language), *_notes(reply, rows, language)]
    if allowance is not None and allowance.left is not None and (reply.pictures or reply.proposals):
        small.append(say("left", language, left=allowance.left, limit=allowance.limit))
    return Card(
        heading=heading(reply.message),
        text=_said(reply, language),
        small=tuple(small),
        pictures=tuple(Shown(one, say("alt", language, prompt=one.plan.prompt)) for one in reply.pictures),
        veiled=reply.veiled,
        rows=rows,
    )


def cancelled(message: Message, who: str = "") -> Card:
    """What stands there of what was called off; `who` did it, if not the asker."""
    language = message.tongue
    text = say("cancelled_by", language, who=who) if who else say("cancelled", language)
    return Card(heading=heading(message), text=text)


def refused(problem: str) -> Card:
    """What somebody is told whose wish was not taken."""
    return Card(text=problem)


def heading(message: Message) -> str:
    """What was asked for, short enough to stand above an answer; empty for a button, whose message says it all."""
    words = " ".join(message.text.split())
    if message.action:
        return ""
    return words if len(words) <= HEADING_CHARACTERS else f"{words[: HEADING_CHARACTERS - 1]}…"


def _stage(progress: Progress, language: Language) -> str:
    match progress.stage:
        case "waiting":
            words = say("received", language)
            if progress.position:
                words = say("first" if progress.position == 1 else "place", language, place=progress.position)
        case "painting" if progress.candidates > 1:
            words = say("candidate", language, one=progress.candidate, all=progress.candidates)
        case "thinking":
            words = progress.text or say("thinking", language)
        case stage:
            words = say(stage, language)
    if progress.stage == "painting" and progress.steps:
        steps = say("step", language, step=progress.step, steps=progress.steps)
        words = f"{words} {_bar(progress.step, progress.steps)} {steps}"
    if progress.estimate_s is not None and progress.stage in ("waiting", "painting", "loading"):
        words = f"{words}, {say('about', language, time=duration(progress.estimate_s, language))}"
    return words


def _bar(step: int, steps: int) -> str:
    full = min(round(BAR_SQUARES * step / steps), BAR_SQUARES)
    return "▰" * full + "▱" * (BAR_SQUARES - full)


def _said(reply: Reply, language: Language) -> str:
    if reply.outcome is Outcome.FAILED:
        return _PATH.sub(lambda path: path[0].rstrip("/").rpartition("/")[2], reply.text)
    if not reply.proposals:
        return reply.text
    several = len(reply.proposals) > 1
    prompts = [
        f"{number}. {one.plan.prompt}" if several else one.plan.prompt
        for number, one in enumerate(reply.proposals, start=1)
    ]
    return "\n".join([say("proposal", language), *prompts])


def _facts(reply: Reply, language: Language) -> list[str]:
    """Seed, model, style, and that an AI made it: one line."""
    if not reply.pictures:
        return []
    plans = [one.plan for one in reply.pictures]
    seeds = ", ".join(str(plan.seed) for plan in plans)
    parts = [say("seed", language, seed=seeds), plans[0].model, f"{plans[0].width_px}×{plans[0].height_px}"]
    parts += [say("style", language, style=plans[0].style)] if plans[0].style else []
    return [" · ".join([*parts, say("ai", language)])]


def _notes(reply: Reply, rows: Rows, language: Language) -> list[str]:
    """The first few, where a button leads to the others; else all of them."""
    if not any(button.key.startswith(f"{WORDS}:") for row in rows for button in row):
        return list(reply.notes)
    shown = list(reply.notes[:NOTES_SHOWN])
    if more := len(reply.notes) - len(shown):
        shown.append(say("more_notes", language, count=more, button=say("words", language)))
    return shown


def _rows(reply: Reply, tools: frozenset[str], language: Language) -> Rows:
    if reply.outcome is Outcome.FAILED:
        return ((Button(f"{RETRY}:{reply.job_id}", say("retry", language), "main"),),)
    if reply.proposals:
        return _of_proposals(reply, language)
    if not reply.pictures:
        return ()
    first = reply.pictures[0]
    kinds = {action.key.partition(":")[0]: action for action in offered([first], language)}
    main = [_plain(kinds[AGAIN]), *_numbered(reply.pictures, VARY, language)]
    own = [_plain(kinds[kind]) for kind in (PROMPT, OWN_WORDS) if kind in kinds]
    own.append(Button(f"{SAME_SEED}:{first.id}", say("same_seed", language)))
    own += [_plain(action) for action in reply.actions if action.key.startswith(f"{UNDO}:")]
    further = [tuple(_numbered(reply.pictures, kind, language)) for kind in OF_TOOLS if kind in tools]
    return (tuple(main), tuple(own), *further, _last(reply, language))


def _last(reply: Reply, language: Language) -> tuple[Button, ...]:
    words = Button(f"{WORDS}:{reply.job_id}", say("words", language))
    return words, Button(f"{DELETE}:{reply.job_id}", say("delete", language), "danger")


def _of_proposals(reply: Reply, language: Language) -> Rows:
    """'Use mine', 'Use this', 'Edit' for each, and at last that nothing of it is wanted."""
    offers = {action.key for action in reply.actions}
    several = len(reply.proposals) > 1
    rows = [
        tuple(
            Button(f"{kind}:{one.id}", f"{label} {number}" if several else label, "main" if kind == USE else "plain")
            for kind, key in ((OWN_WORDS, "use_mine"), (USE, "use_this"), (PROMPT, "edit"))
            if (label := say(key, language)) and f"{kind}:{one.id}" in offers
        )
        for number, one in enumerate(reply.proposals, start=1)
    ]
    return (*rows, _last(reply, language))


def _numbered(pictures: Sequence[Picture], kind: str, language: Language) -> list[Button]:
    """A button of that kind for each picture, with its number where there are several."""
    label = LABELS[kind][language]
    several = len(pictures) > 1
    return [
        Button(f"{kind}:{one.id}", f"{label} {number}" if several else label)
        for number, one in enumerate(pictures, start=1)
    ]


def _plain(action: Action) -> Button:
    return Button(action.key, action.label)
