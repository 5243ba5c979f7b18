"""What a request's one message shows while it is under way, and what at its end."""

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
# Kinds of buttons that only chats have; `bot.actions` has the others.
WORDS, SAME_SEED, DELETE, CANCEL, RETRY = "words", "seed", "delete", "cancel", "retry"


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
    language = reply.message.tongue
    small = [*_facts(reply, language), *_notes(reply, language)]
    if allowance is not None and allowance.left is not None and (reply.pictures or reply.proposals):
        small.append(say("left", language, left=allowance.left, limit=allowance.limit))
    return Card(
        heading=heading(reply.message),
        text=_said(reply, language),
        small=tuple(small),
        pictures=tuple(Shown(one, say("alt", language, prompt=one.plan.prompt)) for one in reply.pictures),
        veiled=reply.veiled,
        rows=_rows(reply, tools, language),
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
    if not reply.proposals:
        return reply.text
    prompts = "\n".join(one.plan.prompt for one in reply.proposals)
    return f"{say('proposal', language)}\n{prompts}"


def _facts(reply: Reply, language: Language) -> list[str]:
    """Seed, model, style, and that an AI made it: one line."""
    if not reply.pictures:
        return []
    plans = [one.plan for one in reply.pictures]
    seeds = ", ".join(str(plan.seed) for plan in plans)
    parts = [say("seed", language, seed=seeds), plans[0].model, f"{plans[0].width_px}×{plans[0].height_px}"]
    parts += [say("style", language, style=plans[0].style)] if plans[0].style else []
    return [" · ".join([*parts, say("ai", language)])]


def _notes(reply: Reply, language: Language) -> list[str]:
    shown = list(reply.notes[:NOTES_SHOWN])
    if more := len(reply.notes) - len(shown):
        shown.append(say("more_notes", language, count=more, button=say("words", language)))
    return shown


def _rows(reply: Reply, tools: frozenset[str], language: Language) -> tuple[tuple[Button, ...], ...]:
    if reply.outcome is Outcome.FAILED:
        return ((Button(f"{RETRY}:{reply.job_id}", say("retry", language), "main"),),)
    if reply.proposals:
        return _of_proposal(reply, language)
    if not reply.pictures:
        return ()
    first = reply.pictures[0]
    kinds = {action.key.partition(":")[0]: action for action in offered([first], language)}
    main = [_plain(kinds[AGAIN]), *_numbered(reply.pictures, VARY, language)]
    own = [_plain(kinds[kind]) for kind in (PROMPT, OWN_WORDS) if kind in kinds]
    own.append(Button(f"{SAME_SEED}:{first.id}", say("same_seed", language)))
    own += [_plain(action) for action in reply.actions if action.key.startswith(f"{UNDO}:")]
    last = [Button(f"{WORDS}:{reply.job_id}", say("words", language))]
    last.append(Button(f"{DELETE}:{reply.job_id}", say("delete", language), "danger"))
    further = [tuple(_numbered(reply.pictures, kind, language)) for kind in OF_TOOLS if kind in tools]
    return (tuple(main), tuple(own), *further, tuple(last))


def _of_proposal(reply: Reply, language: Language) -> tuple[tuple[Button, ...], ...]:
    """'Use mine', 'Use this', 'Edit', and that nothing of it is wanted."""
    first = reply.proposals[0]
    offers = {action.key.partition(":")[0] for action in reply.actions}
    labels = {OWN_WORDS: ("use_mine", "plain"), USE: ("use_this", "main"), PROMPT: ("edit", "plain")}
    return (
        tuple(
            Button(f"{kind}:{first.id}", say(label, language), "main" if style == "main" else "plain")
            for kind, (label, style) in labels.items()
            if kind in offers
        ),
    )


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
