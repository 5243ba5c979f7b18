"""What there is in the workspace: users, channels, messages, files and views."""

from dataclasses import dataclass, field
from typing import Any

from tests.slack_server.blocks import elements, named

Json = dict[str, Any]
PLURAL = {"channel": "channels", "group": "groups", "im": "im", "mpim": "mpim"}  # as in scopes and in events' names


@dataclass(eq=False)
class User:
    """Somebody, or the bot; an admin runs the workspace."""

    id: str
    name: str
    bot: bool = False
    locale: str = "en-US"
    admin: bool = False

    @property
    def mention(self) -> str:
        return f"<@{self.id}>"


@dataclass(eq=False)
class Channel:
    """A place of messages; `kind` is channel, group (private), im or mpim."""

    id: str
    name: str
    kind: str = "channel"
    members: list[User] = field(default_factory=list)
    archived: bool = False
    messages: dict[str, "Message"] = field(default_factory=dict)


@dataclass(eq=False)
class File:
    """An upload; `data` is None until its bytes have come, `completed_at` until it was completed."""

    id: str
    name: str
    user: User
    length: int
    created: float
    alt_txt: str = ""
    title: str = ""
    data: bytes | None = None
    completed_at: float | None = None
    deleted: bool = False
    shares: dict[str, list[Json]] = field(default_factory=dict)


@dataclass(frozen=True)
class Revision:
    """What a message said from a moment on; `pictures` are its files and those that its blocks show."""

    at: float
    text: str = ""
    blocks: tuple[Json, ...] = ()
    attachments: tuple[Json, ...] = ()
    files: tuple[File, ...] = ()
    pictures: tuple[File, ...] = ()
    metadata: Json | None = None


@dataclass(eq=False)
class Message:
    """One message with all it ever said, the newest last; `sent` is the client's request as it came.

    Attributes:
        only_for: The one person who sees it, of an ephemeral message.
        cause: The interaction whose response_url it came by.
    """

    ts: str
    channel: Channel
    user: User
    history: list[Revision]
    thread_ts: str | None = None
    only_for: User | None = None
    sent: Json = field(default_factory=dict)
    cause: Any = None
    streaming: bool = False
    deleted_at: float | None = None
    replies: list["Message"] = field(default_factory=list)
    reactions: list[tuple[str, User]] = field(default_factory=list)

    @property
    def now(self) -> Revision:
        return self.history[-1]

    @property
    def text(self) -> str:
        return self.now.text

    @property
    def blocks(self) -> tuple[Json, ...]:
        return self.now.blocks

    @property
    def files(self) -> tuple[File, ...]:
        return self.now.files

    @property
    def pictures(self) -> tuple[File, ...]:
        return self.now.pictures

    @property
    def metadata(self) -> Json | None:
        return self.now.metadata

    def element(self, label_or_id: str) -> tuple[Json, Json]:
        """The block and the element with this action_id, label or placeholder."""
        return find(list(self.blocks), label_or_id)

    @property
    def labels(self) -> list[str]:
        """What the buttons say."""
        return [part["text"]["text"] for _, part in elements(list(self.blocks)) if part["type"] == "button"]


@dataclass(eq=False)
class View:
    """A modal or a Home tab; `body` is as the client sent it, `previous` lies below it in the stack."""

    id: str
    user: User
    body: Json
    hash: str
    previous: "View | None" = None
    closed: bool = False
    values: Json = field(default_factory=dict)

    @property
    def root(self) -> "View":
        return self.previous.root if self.previous else self

    @property
    def depth(self) -> int:
        return 1 + (self.previous.depth if self.previous else 0)

    def element(self, label_or_id: str) -> tuple[Json, Json]:
        return find(self.body.get("blocks") or [], label_or_id)


def find(blocks: list[Json], label_or_id: str) -> tuple[Json, Json]:
    """An element by its action_id, its block's id, or what a person reads on it.

    Raises:
        LookupError: When there is none.
    """
    found = [(block, part) for block, part in elements(named(blocks)) if label_or_id in called(block, part)]
    if not found:
        raise LookupError(f"no {label_or_id!r} among {[called(*one)[-1] for one in elements(named(blocks))]}")
    return found[0]


def called(block: Json, part: Json) -> list[str]:
    words = [part.get("text"), part.get("placeholder"), block.get("label")]
    return [part["action_id"], block["block_id"], *(one["text"] for one in words if isinstance(one, dict))]
