"""A job: one message on its way to an answer, and the states it passes through."""

from dataclasses import dataclass
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy import RowMapping

from bot.messages import Message, Outcome
from bot.store import unpack
from bot.tables import jobs


class State(StrEnum):
    """Where a job is; each change is one transaction.

    received -> answered -> painting -> painted -> posting -> posted | failed | cancelled

    A turn that plans no picture goes from received to posting. What goes wrong is said to the asker too, so a job that
    fails passes through posting like any other, and its last state tells the outcome.

    At a support desk what was painted is drafted, and then awaits a person, before it is posted; a message that is
    answered together with a later one ends as merged.
    """

    RECEIVED = "received"
    ANSWERED = "answered"
    PAINTING = "painting"
    PAINTED = "painted"
    DRAFTED = "drafted"
    AWAITING = "awaiting"
    POSTING = "posting"
    POSTED = "posted"
    FAILED = "failed"
    CANCELLED = "cancelled"
    MERGED = "merged"


FINAL = frozenset({State.POSTED, State.FAILED, State.CANCELLED, State.MERGED})
LIVE = tuple(state for state in State if state not in FINAL)
# What a process can do something about.
IN_LINE = tuple(state for state in LIVE if state is not State.AWAITING)
LAST_STATE = {Outcome.DONE: State.POSTED, Outcome.FAILED: State.FAILED, Outcome.CANCELLED: State.CANCELLED}


@dataclass(frozen=True, slots=True)
class Job:
    """A snapshot of a job's row.

    Attributes:
        text: What the asker will be told.
        notes: Small print below it.
        tag: Start tag of fair queueing; lower goes first.
        fence: Counts how often the job was taken; writes with an older fence are refused.
        tries: Attempts to post that failed.
        owner, home: Processes that hold it, and that alone may hold it while they live; or None.
    """

    id: str
    seq: int
    message: Message
    state: State
    outcome: Outcome
    text: str
    tag: float
    fence: int
    tries: int
    created_at: float
    posted_as: str | None
    owner: str | None
    home: str | None
    notes: tuple[str, ...] = ()

    @classmethod
    def of(cls, row: RowMapping) -> "Job":
        """The job in a row of the table."""
        return cls(
            id=row["id"],
            seq=row["seq"],
            message=unpack(Message, row["message"]),
            state=State(row["state"]),
            outcome=Outcome(row["outcome"]),
            text=row["text"],
            tag=row["tag"],
            fence=row["fence"],
            tries=row["tries"],
            created_at=row["created_at"],
            posted_as=row["posted_as"],
            owner=row["owner"],
            home=row["home"],
            notes=tuple(row["notes"]),
        )


def is_open_to(said: Message) -> sa.ColumnElement[bool]:
    """`Message.is_open_to` as a condition on rows of jobs; of old messages, `private` may be missing."""
    is_own = (jobs.c.adapter == said.adapter) & (jobs.c.user == said.user)
    here = jobs.c.conversation.startswith(f"{said.adapter}/{said.channel}/", autoescape=True)
    return is_own | (here & sa.not_(sa.func.coalesce(jobs.c.message["private"].as_boolean(), sa.false())))
