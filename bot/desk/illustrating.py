"""Whether an answer gets a picture: the article's own that fits, one painted of what is done by hand, or none.

Pictures of user interfaces are never painted, whoever asks for them.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace

from bot import log
from bot.brief import Brief, Subject
from bot.brief_arguments import arguments_of
from bot.contracts import Tool, ToolContext
from bot.desk.answering_words import Coverage, whole
from bot.desk.draft import Illustration
from bot.desk.extracting import is_plain_yes_or_no, is_step, sentences_of, wants_action
from bot.desk.lexicon_things import ATTACHED, CLAUSES, HAND, NOT, PERHAPS, SCREEN, THINGS, WHERE
from bot.desk.question import Question
from bot.desk.settings import DeskSettings
from bot.desk.wording import say
from bot.errors import LimnerError
from bot.knowledge.passage import Figure, Passage
from bot.messages import Message, Plan, Wishes

logger = log.get("desk")
MOST_THINGS = 3
LEAST_SHARE, SHARE_OF_FACTS, LITTLE = 0.3, 0.55, 0.1
"""What a caption must say of what its passage says of the question, and where no deed is asked for; a passage that
covers less than `LITTLE` counts as that."""


@dataclass(frozen=True, slots=True)
class Illustrated:
    """The decision, and what goes with it."""

    kind: Illustration = Illustration.NONE
    figure: Figure | None = None
    plans: tuple[Plan, ...] = ()


NOTHING = Illustrated()


class Illustrating:
    """Decides on pictures and plans those that are to be painted; it paints nothing itself."""

    def __init__(
        self, imagine: Tool | None, context: Callable[[Message], Awaitable[ToolContext]], settings: DeskSettings
    ) -> None:
        self._imagine, self._context, self._settings = imagine, context, settings

    async def of(
        self, question: Question, asked: str, text: str, passages: Sequence[Passage], wish: str = ""
    ) -> Illustrated:
        """The picture of an answer.

        Args:
            question: What is answered.
            asked: The question without greetings, with what it follows upon.
            text: The answer.
            passages: The cited ones, then others that were found of their documents.
            wish: What an LLM wishes: the id of a figure, 'paint' or 'none'; empty where it says nothing.
        """
        if self._settings.illustrate == "never":
            return NOTHING
        if shown := fitting(asked, text, passages, wish):
            return Illustrated(Illustration.ARTICLE, shown)
        spent = question.illustrated >= self._settings.pictures_per_conversation
        if spent or self._imagine is None or not is_to_paint(asked, text, self._settings.illustrate == "always"):
            return NOTHING
        return await self._painted(self._imagine, question, things(f"{asked}\n{text}"))

    async def _painted(self, imagine: Tool, question: Question, named: Sequence[str]) -> Illustrated:
        said = " and ".join(f"a {name}" for name in named)
        if question.language == "zh":
            said = f"画一张示意图：{said}"
        wishes = Wishes(style=self._settings.style or None, count=1)
        message = replace(
            question.message, text=said, wishes=wishes, attachments=(), wants_picture=True, reply_to=None, action=""
        )
        brief = Brief(said, tuple(Subject(name, 1) for name in named), exclusions=("text", "screen"))
        try:
            context = await self._context(message)
            wants = replace(context.preferences, rewriting="on")
            context = replace(
                context, message=message, preferences=wants, previous=None, previous_id=None, previous_sha256=None
            )
            result = await imagine.run(arguments_of(brief), context)
        except LimnerError as error:  # the answer goes without: a picture is an extra
            logger.warning("an answer goes without a picture: %s", error)
            return NOTHING
        note = say("made by AI", question.language)
        plans = tuple(replace(plan, held=False, notes=(note, *plan.notes)) for plan in result.plans[:1])
        return Illustrated(Illustration.PAINTED, plans=plans) if plans else NOTHING


def fitting(asked: str, text: str, passages: Sequence[Passage], wish: str = "") -> Figure | None:
    """The figure whose caption names what is asked about; a screenshot only for what is done on a screen."""
    figures = {figure.id: (figure, passage) for passage in reversed(passages) for figure in passage.figures}
    on_screen = is_on_screen(asked, text) and wants_action(asked)
    usable = {key: pair for key, pair in figures.items() if on_screen or not pair[0].is_screenshot}
    if wish in usable:
        return usable[wish][0]
    coverage = Coverage(asked, passages)
    marks = [(_fit(figure, passage, coverage), key) for key, (figure, passage) in usable.items()]
    best, key = max(marks, default=(0.0, ""))
    if best >= (LEAST_SHARE if wants_action(asked) else SHARE_OF_FACTS):
        return usable[key][0]
    # A screenshot below the steps that are quoted shows the page that they are done on, whatever its caption says.
    below = passages[0].figures if passages and any(map(is_step, text.split("\n"))) else ()
    return next((figure for figure in below if on_screen and figure.is_screenshot), None)


def is_to_paint(asked: str, text: str, always: bool = False) -> bool:
    """Whether a picture of things explains the answer; never of what is done or seen on a screen."""
    if is_on_screen(asked, text) or not things(f"{asked}\n{text}"):
        return False
    if always:
        return True
    if WHERE.search(asked):
        return not is_plain_yes_or_no(asked)
    return wants_action(asked) and any(_is_by_hand(step) for step in steps_of(text))


def is_on_screen(asked: str, text: str) -> bool:
    """Whether more of it is done on a screen than by hand, and the first step, too."""
    steps = steps_of(text)
    by_hand = [_is_by_hand(step) for step in steps]
    on_screen = [not hand and _is_screen(step) for hand, step in zip(by_hand, steps, strict=True)]
    if not any(by_hand):
        return any(on_screen) or _is_screen(asked)
    told = [at for at, (hand, screen) in enumerate(zip(by_hand, on_screen, strict=True)) if hand or screen]
    return on_screen[told[0]] and sum(by_hand) * 2 < len(told)


def steps_of(text: str) -> list[str]:
    """The steps of an answer, or else its sentences."""
    lines = [line for line in text.split("\n") if is_step(line)]
    return lines or sentences_of(text)


def things(text: str) -> tuple[str, ...]:
    """The things that a text names, by their plain English names, in the order in which they come; two or three."""
    found: list[tuple[int, str]] = []
    for name, pattern in THINGS:  # the longer names first: a paper clip is no clip
        if match := pattern.search(text):
            found.append((match.start(), name))
            text = pattern.sub(lambda one: " " * len(one[0]), text)
    names = [name for _, name in sorted(found)]
    if len(names) > 1 and "device" in names:
        names.remove("device")
    special = [name for name in names if name not in ("router", "device", "button")] or names
    main = next((name for name in names if name in ("router", "modem", "device")), "")
    return tuple(dict.fromkeys([*special[: MOST_THINGS - bool(main)], *([main] if main else [])]))


def _is_screen(text: str) -> bool:
    return bool(SCREEN.search(text) or PERHAPS.search(text))


def _is_by_hand(step: str) -> bool:
    step = ATTACHED.sub(" ", step)
    if SCREEN.search(step) or not things(step):
        return False
    return any(HAND.search(deed) and not NOT.search(deed) for deed in CLAUSES.split(step))


def _fit(figure: Figure, passage: Passage, coverage: Coverage) -> float:
    """How much of what its passage says of the question a caption says."""
    asked = coverage.of(figure.caption)
    return asked / max(coverage.of(whole(passage)), asked, LITTLE)
