"""What travels through Limner, from the asker's words to the picture in the channel: frozen dataclasses."""

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Literal

from bot.brief import Brief
from bot.checker.finding import Finding
from bot.choice import Choice
from bot.desk.draft import Draft
from bot.language import Language, language_of
from bot.tasks import Lora


@dataclass(frozen=True, slots=True)
class LoraWish:
    """A LoRA that a person named: one that settings have a table for, never a file; no weight takes that table's."""

    name: str
    weight: float | None = None


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a person set by hand (an option, a form field); it wins over whatever their words are taken to mean.

    Attributes:
        width_px, height_px: Both or neither.
        style: By any of its names; of a prompt that is edited an empty one is none, and None the one it has.
        aspect: Such as '3:2'; a size wins over it.
        count: Pictures to paint, 1 to 4.
        seed: 0 to 2**32 - 1; the n-th picture of a request gets seed + n.
        guidance_scale: 0 to 30; how closely the model follows the prompt.
        as_is: Paint from the words themselves, without rewriting.
        prompt: The prompt itself, written by hand: painted from as it stands.
        strength: Over 0 to 1; how far a picture may go from the one it starts from.
        best_of: 1 to 8; so many candidates are painted of each picture, and the best one is kept.
        revisions: 0 to 2; how often a picture is looked at and painted again where it does not show what was asked.
        ask: Show the prompt first, and paint when the asker says so.
        loras: What to paint with besides; a weight of 0 leaves one out that would be painted with else.
    """

    prompt: str | None = None
    negative_prompt: str | None = None
    style: str | None = None
    width_px: int | None = None
    height_px: int | None = None
    aspect: str | None = None
    count: int | None = None
    seed: int | None = None
    steps: int | None = None
    guidance_scale: float | None = None
    model: str | None = None
    strength: float | None = None
    as_is: bool = False
    best_of: int | None = None
    revisions: int | None = None
    ask: bool = False
    loras: tuple[LoraWish, ...] = ()


@dataclass(frozen=True, slots=True)
class Attachment:
    """A picture that came with a message, decoded safely and kept in the gallery under its sha256, as PNG."""

    name: str
    sha256: str
    width_px: int
    height_px: int


@dataclass(frozen=True, slots=True)
class Message:
    """One thing that a person said, in one place.

    Attributes:
        adapter: Name of the adapter it came through.
        event_id: The platform's own id; the same id twice is the same message.
        channel, thread: Where it was said; with the adapter they make the conversation.
        team: The server or workspace that the channel belongs to; empty where the platform has none.
        answer_at: Where the answer goes, in the adapter's own notation. It may hold a key: never log or show it.
        language: Of the asker, where the platform tells it: that of buttons and of the lines around an answer.
        private: The answer is shown to the asker alone, though it was asked for among others.
        wants_picture: The person used a command that can only mean a picture.
        reply_to: Id of the picture that the message replies to.
        action: What a button asks for, one of bot/actions.py, about the picture `reply_to`; then `text` is its label.
        local: Only the process that took it can show the answer (a terminal); others finish it if that one dies.
    """

    adapter: str
    event_id: str
    user: str
    text: str
    channel: str = ""
    thread: str = ""
    wishes: Wishes = Wishes()
    attachments: tuple[Attachment, ...] = ()
    wants_picture: bool = False
    reply_to: str | None = None
    action: str = ""
    local: bool = False
    team: str = ""
    answer_at: str = field(default="", repr=False)
    language: Language | Literal[""] = ""
    private: bool = False

    @property
    def conversation(self) -> str:
        """Key of the conversation that this message belongs to."""
        return f"{self.adapter}/{self.channel}/{self.thread}"

    @property
    def tongue(self) -> Language:
        """The language of what stands around the answer: the asker's own, or else that of their words."""
        return self.language or language_of(self.text)

    def is_open_to(self, other: "Message") -> bool:
        """Whether another message may go on from what came of this: its asker's own, or shown to its channel."""
        is_own = self.adapter == other.adapter and self.user == other.user
        return is_own or (self.adapter == other.adapter and self.channel == other.channel and not self.private)


@dataclass(frozen=True, slots=True)
class Plan:
    """One picture to paint, fixed before painting starts, so that painting it again gives the same picture.

    Attributes:
        request: The asker's own words.
        brief: What they were taken to mean.
        prompt: What is painted from.
        notes: One sentence each: what the prompt adds, leaves out or can't do, and why.
        parent: Id of the picture that this one varies or edits.
        source: sha256 of the picture in the gallery that painting starts from (img2img); None starts from noise.
        strength: Over 0 to 1; how far to go from the source.
        style_by: Who set the style where the asker did not: 'pack', or one of `Preferences.sources`.
        findings: What the checker found wrong at first, and had put right.
        best_of: So many candidates are painted, and the best one is kept.
        revisions: How often it may be looked at and painted again where it does not show what was asked.
        held: It is proposed, and painted only when the asker says so.
        loras: What the model paints with besides.
        same_as: Id of a picture that is this very one: nothing is painted, that picture is shown again.
    """

    request: str
    brief: Brief
    prompt: str
    negative_prompt: str
    model: str
    family: str
    width_px: int
    height_px: int
    steps: int
    guidance_scale: float
    seed: int
    style: str = ""
    style_by: str = ""
    notes: tuple[str, ...] = ()
    parent: str | None = None
    source: str | None = None
    strength: float | None = None
    findings: tuple[Finding, ...] = ()
    best_of: int = 1
    revisions: int = 0
    held: bool = False
    same_as: str | None = None
    loras: tuple[Lora, ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """A painted picture, as adapters see it.

    Attributes:
        path: The PNG in the gallery; read it, never move it.
        seconds: Time it took to paint.
        choice: How it was chosen; None where no choice and no look at it was asked for.
        kept: Somebody marked it as one to keep.
    """

    id: str
    plan: Plan
    path: Path
    sha256: str
    seconds: float
    alt_text: str
    choice: Choice | None = None
    kept: bool = False

    @property
    def notes(self) -> tuple[str, ...]:
        """What is told of the plan, then of how this picture came out."""
        return self.plan.notes + (self.choice.notes if self.choice else ())


@dataclass(frozen=True, slots=True)
class Proposal:
    """A picture that is painted when the asker says so; `id` is what the buttons name."""

    id: str
    plan: Plan


@dataclass(frozen=True, slots=True)
class Action:
    """Something that can be done with a picture, behind a button.

    Attributes:
        key: 'again:PICTURE_ID': what to do and with what. It fits where platforms carry a value with a button, and as
            the picture's row says the rest, it works after a restart and a month later.
        label: In the asker's language.
    """

    key: str
    label: str


class Outcome(StrEnum):
    """How a job ended."""

    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Reply:
    """What goes back to the place a message came from.

    Attributes:
        key: Unique for ever; posting the same key twice would be a duplicate.
        text: Words for the person, in their language; on failure, what went wrong and what to do.
        notes: Small print: one sentence each.
        proposals: What would be painted; `actions` has the buttons to say yes with.
        asked_at: When the message was kept, in seconds since 1970.
        posted_as: What the adapter noted of it meanwhile (`Limner.note`): the platform's id of what is there already.
        veiled: A rule wants its pictures hidden until one chooses to look (a spoiler).
        draft: At a support desk: what is proposed or sent, with what it rests on.
    """

    key: str
    job_id: str
    message: Message
    outcome: Outcome
    text: str
    pictures: tuple[Picture, ...] = ()
    notes: tuple[str, ...] = ()
    actions: tuple[Action, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    asked_at: float = 0.0
    posted_as: str = ""
    veiled: bool = False
    draft: Draft | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a job is.

    Attributes:
        stage: 'waiting', 'thinking', 'loading', 'painting', 'judging' or 'looking'.
        position: Place in line, 1 being next; 0 when it is being worked on.
        step, steps: Denoising steps over all pictures of the job.
        estimate_s: Seconds until the job's pictures are likely to be ready, where that can be said.
        text: While 'thinking': the words for the asker so far.
        preview: A small PNG or JPEG of what is being painted, or nothing.
        candidate, candidates: Which of how many is being painted, 1 being the first; 0 where there is but one.
    """

    job_id: str
    message: Message
    stage: str
    position: int = 0
    step: int = 0
    steps: int = 0
    estimate_s: float | None = None
    text: str = ""
    preview: bytes = b""
    candidate: int = 0
    candidates: int = 0
