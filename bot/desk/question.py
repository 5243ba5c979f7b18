"""What is asked at a desk, and what the answering agent makes of it."""

from dataclasses import dataclass

from bot.desk.draft import Citation, Illustration, Kind
from bot.knowledge.passage import Figure, Hit
from bot.language import Language
from bot.messages import Attachment, Message, Plan


@dataclass(frozen=True, slots=True)
class Spoken:
    """One thing that was said earlier in the conversation."""

    by_customer: bool
    text: str


@dataclass(frozen=True, slots=True)
class Question:
    """All that a customer said since the last answer, and what was said before.

    Attributes:
        message: The last of their messages; plans of pictures are made for it.
        text: All of them together, a line each.
        language: The customer's.
        before: The conversation until then, oldest first.
        attachments: Pictures that they brought.
        illustrated: Pictures that were painted for this conversation so far.
    """

    message: Message
    text: str
    language: Language
    before: tuple[Spoken, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    illustrated: int = 0


@dataclass(frozen=True, slots=True)
class Proposed:
    """What the answering agent proposes; the fields are those of a `Draft`.

    Attributes:
        plans: The picture to be painted, where `illustration` is 'painted'.
        searched: The words that passages were searched for with; empty where nothing was looked up.
        retrieved: The passages that were found, best first.
    """

    kind: Kind
    text: str
    citations: tuple[Citation, ...] = ()
    confidence: float = 0.0
    reason: str = ""
    summary: str = ""
    illustration: Illustration = Illustration.NONE
    figure: Figure | None = None
    plans: tuple[Plan, ...] = ()
    searched: str = ""
    retrieved: tuple[Hit, ...] = ()
