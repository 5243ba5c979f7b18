"""Interactions: what a person asks, and what an application may answer, when and how often."""

import asyncio
import secrets
from dataclasses import dataclass, field

from tests.discord_server import wire
from tests.discord_server.command_rules import check_choices
from tests.discord_server.components import check_modal
from tests.discord_server.errors import Refused, invalid, unknown, unknown_message
from tests.discord_server.gateway import Gateway, Session
from tests.discord_server.rules import Upload, check_message
from tests.discord_server.socket import Socket
from tests.discord_server.state import DM, EPHEMERAL, GROUP_DM, LOADING, MIB, Channel, Json, Message, User
from tests.discord_server.world import World

COMMAND, COMPONENT, AUTOCOMPLETE, MODAL_SUBMIT = 2, 3, 4, 5
SAYS, DEFERS, DEFERS_UPDATE, UPDATES, CHOICES, MODAL = 4, 5, 6, 7, 8, 9
ANSWERS = {
    COMMAND: {SAYS, DEFERS, MODAL},
    COMPONENT: {SAYS, DEFERS, DEFERS_UPDATE, UPDATES, MODAL},
    AUTOCOMPLETE: {CHOICES},
}
FOLLOWUPS_WITHOUT_BOT = 5
SILENCE = {COMMAND: "The application did not respond", AUTOCOMPLETE: "Loading options failed"}


@dataclass(eq=False)
class Interaction:
    """One use of a command, a button, a field or a form.

    Attributes:
        kind: 2 command, 3 component, 4 autocomplete, 5 modal.
        owners: By whose installation it came: "0" a guild's, "1" a user's.
        answer: The kind of the first response; `response` is what @original means.
        failed: What the person is shown when no response came in time.
        unsure: Whether the client may not have learned that its first response arrived.
    """

    id: str
    token: str
    kind: int
    user: User
    channel: Channel
    data: Json
    owners: dict[str, str]
    at: float
    size_limit_bytes: int
    message: Message | None = None
    heard: list[tuple[Session, Socket | None]] = field(default_factory=list)
    answer: int | None = None
    answered_at: float | None = None
    response: Message | None = None
    followups: list[Message] = field(default_factory=list)
    modal: Json | None = None
    choices: list[Json] | None = None
    failed: str = ""
    unsure: bool = False
    done: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def live(self) -> bool:
        """Whether a connection that was told of it still stands, so that its client can't plead ignorance."""
        return any(socket and session.socket is socket for session, socket in self.heard)

    def metadata(self, message: Message) -> Json:
        """What a message tells of the interaction that it answers."""
        about: Json = {
            "id": self.id,
            "type": self.kind,
            "user": wire.user(self.user),
            "authorizing_integration_owners": self.owners,
        }
        if self.message:
            about["interacted_message_id"] = self.message.id
        if self.response and self.response is not message:
            about["original_response_message_id"] = self.response.id
        return {"interaction_metadata": about, "application_id": message.author.id, "webhook_id": message.author.id}


class Interactions:
    """All interactions.

    Attributes:
        deadline_s: For the first response.
        life_s: Of a token.
        size_limit_bytes: Of a file, where it isn't the guild's own.
    """

    def __init__(self, world: World, gateway: Gateway) -> None:
        self.world, self.gateway = world, gateway
        self.deadline_s, self.life_s = 3.0, 900.0
        self.size_limit_bytes: int | None = None
        self.all: dict[str, Interaction] = {}
        self._by_token: dict[str, Interaction] = {}

    async def ask(
        self, user: User, channel: Channel, kind: int, data: Json, message: Message | None = None
    ) -> Interaction:
        """Send one to the application, and wait until it has answered or the deadline is over."""
        one = self.begin(user, channel, kind, data, message)
        if one.heard:
            await self._wait(one)
        if one.answer is None:
            one.failed = SILENCE.get(kind, "This interaction failed")
            if one.live:
                what = data.get("name") or data.get("custom_id")
                self.gateway.problem(f"no first response within {self.deadline_s} s to {what}")
        self.world.changed()
        return one

    def begin(self, user: User, channel: Channel, kind: int, data: Json, message: Message | None = None) -> Interaction:
        """Send one to whoever listens, without waiting."""
        guild = channel.guild
        limit = self.size_limit_bytes or (guild.file_limit_bytes if guild else 10 * MIB)
        token, owners = secrets.token_urlsafe(48), self._owners(user, channel, message)
        now = self.world.clock.now()
        one = Interaction(self.world.ids.new(), token, kind, user, channel, data, owners, now, limit, message)
        self.all[one.id] = self._by_token[token] = one
        told = self.gateway.dispatch("INTERACTION_CREATE", self.payload(one), channel, guild.id if guild else None)
        one.heard = [(session, session.socket) for session in told]
        return one

    async def _wait(self, one: Interaction) -> None:
        answered = asyncio.create_task(one.done.wait())
        over = asyncio.create_task(self.world.clock.until(one.at + self.deadline_s))
        await asyncio.wait((answered, over), return_when=asyncio.FIRST_COMPLETED)
        for task in (answered, over):
            task.cancel()
        await asyncio.wait((answered, over))

    def _owners(self, user: User, channel: Channel, message: Message | None) -> dict[str, str]:
        if message and message.cause:
            return dict(message.cause.owners)
        guild = channel.guild
        owners = {"1": user.id} if user.installed else {}
        if guild and self.world.bot.id in guild.members:
            return {"0": guild.id} | owners
        return {"0": "0"} | owners if self.world.bot in channel.people else owners

    def payload(self, one: Interaction) -> Json:
        """The event that tells of it."""
        guild, channel, world = one.channel.guild, one.channel, self.world
        member = guild.members[one.user.id] if guild else None
        private = channel.type in (DM, GROUP_DM)
        context = (1 if world.bot in channel.people else 2) if private else 0
        made: Json = {"id": one.id, "application_id": world.bot.id, "type": one.kind, "token": one.token, "version": 1}
        made |= {
            "channel_id": channel.id,
            "channel": wire.channel(channel, permissions=member.permissions if member else 0),
        }
        made |= {"data": one.data, "locale": one.user.locale, "entitlements": [], "context": context}
        made |= {"authorizing_integration_owners": one.owners, "attachment_size_limit": one.size_limit_bytes}
        made |= {"app_permissions": wire.app_permissions(world.bot_may(channel) if guild else None)}
        if guild and member:
            made |= {"guild_id": guild.id, "guild": {"id": guild.id, "locale": guild.locale, "features": []}}
            made |= {"guild_locale": guild.locale, "member": wire.member(member, permissions=True)}
        else:
            made |= {"user": wire.user(one.user)}
        if one.message:
            made["message"] = wire.message(one.message, self.gateway.world_url, world.clock.now())
        return made

    def respond(self, one_id: str, token: str, body: Json, uploads: list[Upload]) -> Interaction:
        """The first response.

        Raises:
            Refused: When it is the second, too late, of a wrong kind, or wrong in itself.
        """
        one = self.all.get(one_id)
        if one is None or one.token != token:
            raise unknown("interaction", 10062, "a first response to an interaction that isn't there")
        if one.answer is not None:
            raise Refused(
                400,
                40060,
                "Interaction has already been acknowledged.",
                "" if one.unsure else "a second first response",
            )
        if one.failed or self.world.clock.now() > one.at + self.deadline_s:
            raise unknown("interaction", 10062, f"first response after {self.deadline_s} s" if one.live else "")
        self._answer(one, int(body.get("type") or 0), body.get("data") or {}, uploads)
        one.answer, one.answered_at = int(body["type"]), self.world.clock.now()
        one.done.set()
        self.world.changed()
        return one

    def _answer(self, one: Interaction, kind: int, data: Json, uploads: list[Upload]) -> None:
        allowed = ANSWERS.get(one.kind) or ({SAYS, DEFERS} | ({DEFERS_UPDATE, UPDATES} if one.message else set()))
        if kind not in allowed:
            raise invalid(
                "type", "BASE_TYPE_CHOICES", f"An interaction of type {one.kind} can't be answered with {kind}"
            )
        if kind in (SAYS, UPDATES):
            check_message(data, uploads, one.size_limit_bytes, "data.", hidden=True)
        if kind == DEFERS and int(data.get("flags") or 0) & ~EPHEMERAL:
            raise invalid("data.flags", "BITFIELD_INVALID", "A deferred message can only be ephemeral")
        if kind == SAYS:
            one.response = self.post(one, data, uploads)
        elif kind == DEFERS:
            one.response = self.post(one, {"flags": int(data.get("flags") or 0) | LOADING}, [])
        elif kind == CHOICES:
            check_choices(data.get("choices") or [], "data.choices")
            one.choices = data.get("choices") or []
        elif kind == MODAL:
            check_modal(data)
            one.modal = data
        else:
            one.response = one.message
            if kind == UPDATES and one.message:
                self.world.edit(one.message, data, uploads)

    def post(self, one: Interaction, data: Json, uploads: list[Upload]) -> Message:
        """A message in answer to it."""
        hidden = int(data.get("flags") or 0) & EPHEMERAL
        only_for = one.user.id if hidden else None
        return self.world.post(one.channel, self.world.bot, data, uploads, cause=one, only_for=only_for)

    def webhook(self, application_id: str, token: str) -> Interaction:
        """The interaction of a token that can be used for more than the first response.

        Raises:
            Refused: When it is over, or the first response hasn't been given.
        """
        one = self._by_token.get(token)
        if one is None or application_id != self.world.bot.id:
            raise unknown("Webhook", 10015)
        if self.world.clock.now() > one.at + self.life_s:
            raise Refused(401, 50027, "Invalid Webhook Token", f"used a token after {self.life_s} s")
        if one.answer in (None, CHOICES):
            raise unknown("Webhook", 10015, "used a token before the first response" if one.live else "")
        return one

    def follow(self, one: Interaction, body: Json, uploads: list[Upload]) -> Message:
        """One more message; right after a defer the deferred one is filled instead (the old way)."""
        check_message(body, uploads, one.size_limit_bytes, hidden=True)
        if one.answer == DEFERS and one.response and one.response.loading and not one.response.deleted_at:
            self.keeps(one.response, body)
            return self.world.edit(one.response, {**body, "flags": int(body.get("flags") or 0) & ~EPHEMERAL}, uploads)
        if set(one.owners) == {"1"} and len(one.followups) >= FOLLOWUPS_WITHOUT_BOT:
            words = "This interaction has hit the maximum number of follow up messages"
            raise Refused(400, 40094, words, f"over {FOLLOWUPS_WITHOUT_BOT} follow-ups where the bot is no member")
        made = self.post(one, body, uploads)
        one.followups.append(made)
        return made

    def keeps(self, message: Message, body: Json) -> None:
        """Record that somebody tries to change whether a message is ephemeral; Discord ignores it."""
        if "flags" in body and bool(int(body["flags"] or 0) & EPHEMERAL) != message.ephemeral:
            self.gateway.problem("whether a message is ephemeral was fixed when it was deferred or posted")

    def find(self, one: Interaction, message_id: str) -> Message:
        """A message of this interaction; `@original` is its first response."""
        mine: list[Message | None] = [one.response] if message_id == "@original" else [one.response, *one.followups]
        for message in mine:
            if message and message_id in ("@original", message.id) and not message.deleted_at:
                return message
        raise unknown_message()
