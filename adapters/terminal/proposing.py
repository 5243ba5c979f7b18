"""Ask first, at a terminal: a prompt is shown, and painted as it is, as edited, from the person's own words, or not."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from uuid import uuid4

from adapters.terminal.adapter import Terminal
from adapters.terminal.asking import ask
from bot import Message, Outcome, Reply, Wishes
from bot.actions import OWN_WORDS, PROMPT, USE, pressed
from bot.app import App
from bot.cli import user_name
from bot.language import language_of
from bot.messages import Proposal

ReadLine = Callable[[str, str], Awaitable[str | None]]
KEYS = {"u": USE, "use": USE, "m": OWN_WORDS, "mine": OWN_WORDS, "e": PROMPT, "edit": PROMPT, "c": "", "cancel": ""}
QUESTION = "[u]se, [m]ine, [e]dit, [c]ancel? "
EDITING = "Prompt: "


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person says to proposals.

    Attributes:
        action: USE, OWN_WORDS or PROMPT; empty where nothing is to be painted.
        prompt: For PROMPT: what they wrote.
        said: What they said instead, which was no answer.
    """

    action: str = ""
    prompt: str | None = None
    said: str = ""


async def decide(proposals: Sequence[Proposal], read: ReadLine, *, others: bool) -> Decision:
    """Ask until there is an answer; no more lines mean no.

    Args:
        proposals: What is shown already.
        read: Gives the next line, from what is to stand before it and in it.
        others: Whether other words are taken as `said`, instead of being asked again.
    """
    while (line := await read(QUESTION, "")) is not None:
        answer = line.strip()
        if answer.casefold() in KEYS:
            action = KEYS[answer.casefold()]
            if action != PROMPT:
                return Decision(action)
            prompt = await read(EDITING, proposals[0].plan.prompt)
            return Decision(PROMPT, prompt.strip()) if prompt and prompt.strip() else Decision()
        if answer and others:
            return Decision(said=line)
    return Decision()


async def carry_out(
    app: App, terminal: Terminal, proposals: Sequence[Proposal], channel: str, decided: Decision
) -> Reply:
    """Paint all proposals as decided; one reply with all pictures, and of the first failure if there is one."""
    replies = []
    for proposal in proposals:
        replies.append(await ask(app, terminal, _press(proposal, channel, decided)))
        if replies[-1].outcome is not Outcome.DONE:
            break
    pictures = tuple(picture for reply in replies for picture in reply.pictures)
    notes = tuple(dict.fromkeys(note for reply in replies for note in reply.notes))
    return replace(replies[-1], pictures=pictures, notes=notes)


def _press(proposal: Proposal, channel: str, decided: Decision) -> Message:
    return pressed(
        f"{decided.action}:{proposal.id}",
        language=language_of(proposal.plan.request),
        adapter=Terminal.name,
        event_id=uuid4().hex,
        user=user_name(),
        channel=channel,
        wishes=Wishes(prompt=decided.prompt),
        local=True,
    )
