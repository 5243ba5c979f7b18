"""What a support desk tells of one conversation: who said what, who has it, and what was decided of a draft."""

from dataclasses import dataclass
from enum import StrEnum

from bot.language import Language
from bot.messages import Attachment


class Verdict(StrEnum):
    """What a person decides of a draft."""

    APPROVE = "approve"
    REJECT = "reject"
    REPAINT = "repaint"


@dataclass(frozen=True, slots=True)
class CustomerSaid:
    """A customer's message.

    Attributes:
        event_id: Unique within the desk, and the same when the desk tells it again.
        conversation: The desk's id of the conversation.
        customer: The desk's id of the person; it stays the same over all their conversations.
        text: As it was typed; empty where there are pictures only.
        attachments: Pictures, fetched and decoded safely.
        language: Of the customer, where the desk knows it.
    """

    event_id: str
    conversation: str
    customer: str
    text: str
    attachments: tuple[Attachment, ...] = ()
    language: Language | None = None


@dataclass(frozen=True, slots=True)
class PersonSaid:
    """A colleague has answered the customer, or has taken the conversation: Limner is silent from now on."""

    conversation: str
    person: str = ""


@dataclass(frozen=True, slots=True)
class Released:
    """The conversation is Limner's again."""

    conversation: str


@dataclass(frozen=True, slots=True)
class Ruled:
    """A colleague has decided on a draft.

    Attributes:
        draft: Its id; empty means the one that waits in the conversation.
        text: With 'approve': what to send instead, empty for the draft as it is; with 'reject': why.
    """

    conversation: str
    person: str
    verdict: Verdict
    text: str = ""
    draft: str = ""


@dataclass(frozen=True, slots=True)
class Rated:
    """A customer has said whether an answer helped.

    Attributes:
        answer: What the adapter returned when it was posted; empty means the conversation's last answer.
    """

    conversation: str
    helped: bool
    reason: str = ""
    answer: str = ""


DeskEvent = CustomerSaid | PersonSaid | Released | Ruled | Rated
