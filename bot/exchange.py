"""What a page shows of a conversation: a message beside its answer, or beside how far that is."""

from dataclasses import dataclass

from bot.messages import Message, Progress, Reply


@dataclass(frozen=True, slots=True)
class Exchange:
    """One message and what has come of it so far.

    Attributes:
        created_at: Seconds since 1970.
        progress: While it is under way.
        reply: Once it is over.
        posted_as: The platform's id of what stands there for it (`Limner.note`), if anything does.
    """

    job_id: str
    message: Message
    created_at: float
    progress: Progress | None = None
    reply: Reply | None = None
    posted_as: str = ""
