"""A draft: what Limner would tell a customer, and what became of it."""

from dataclasses import dataclass
from enum import StrEnum

from bot.knowledge.passage import Figure, Passage


class Kind(StrEnum):
    """What a draft proposes."""

    ANSWER = "answer"
    HAND_OVER = "hand over"


class Status(StrEnum):
    """Where a draft is. All but the first two are its end."""

    MADE = "made"  # its pictures are being painted, or it is being shown to people
    OPEN = "open"  # a person decides
    APPROVED = "approved"
    AUTOMATIC = "automatic"  # sent without a person, as settings have it; a hand-over needs none
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"  # the customer said more, or a person answered
    UNKNOWN = "unknown"  # nobody can tell whether it came through


class Illustration(StrEnum):
    """Whether an answer has a picture, and where from."""

    NONE = "none"
    ARTICLE = "article picture"
    PAINTED = "painted"


@dataclass(frozen=True, slots=True)
class Citation:
    """A passage that an answer rests on, as people are shown it."""

    passage_id: str
    title: str
    headings: tuple[str, ...] = ()
    url: str = ""

    @classmethod
    def of(cls, passage: Passage) -> "Citation":
        """A passage's."""
        return cls(passage.id, passage.title, passage.headings, passage.url)


@dataclass(frozen=True, slots=True)
class Draft:
    """What is proposed for one job, the last of the customer's messages that it answers.

    Attributes:
        id: The job's; a job has one draft.
        adapter, conversation: The desk, and its own id of the conversation.
        customer: The desk's id of who asked.
        question: What they asked, all that is unanswered together; personal data taken out.
        text: For the customer, in their language, without links or pictures of strangers.
        sent: What a person made of it, where they changed it; it is sent instead.
        confidence: 0 to 1.
        reason: Why it is handed over or why it is unsure, one sentence for colleagues; empty where neither.
        summary: Of the conversation, for whoever takes over.
        illustration, figure: The picture; a painted one is a picture of the job.
        decided_by, decided_at, why: Who decided, when (seconds since 1970), and the reason of a rejection.
    """

    id: str
    adapter: str
    conversation: str
    customer: str
    kind: Kind
    question: str
    text: str
    language: str
    citations: tuple[Citation, ...] = ()
    confidence: float = 0.0
    reason: str = ""
    summary: str = ""
    illustration: Illustration = Illustration.NONE
    figure: Figure | None = None
    status: Status = Status.MADE
    sent: str = ""
    decided_by: str = ""
    decided_at: float = 0.0
    why: str = ""
    created_at: float = 0.0

    @property
    def words(self) -> str:
        """What the customer gets."""
        return self.sent or self.text
