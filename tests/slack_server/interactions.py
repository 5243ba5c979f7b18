"""What people ask of the application, and the trigger_id and response_url by which it may answer."""

import json
import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aiohttp import web

from tests.slack_server import wire
from tests.slack_server.blocks import Checks, check_options
from tests.slack_server.chat import bad_manners, check_message
from tests.slack_server.delivery import COMMAND, INTERACTIVE, Delivery
from tests.slack_server.errors import Refused
from tests.slack_server.front import ARGS
from tests.slack_server.state import Channel, Json, Message, User, View

if TYPE_CHECKING:
    from tests.slack_server.server import SlackServer

USES, URL_LIFE_S = 5, 1800.0
FAILED = {"http_timeout": "operation_timeout", "http_error": "app_error"}


@dataclass(eq=False)
class Interaction:
    """One use of a command, an element, a shortcut or a form.

    Attributes:
        exchanged: Whether its trigger_id was used.
        opened: The view that it opened.
        replies: What came by its response_url, or with its acknowledgement.
        failed: What the person is shown when the application didn't answer.
        errors: What is wrong in a form, by block.
        options: What is offered to choose from.
    """

    user: User
    at: float
    channel: Channel | None = None
    message: Message | None = None
    view: View | None = None
    trigger_id: str = ""
    key: str = field(default_factory=lambda: secrets.token_urlsafe(18))
    uses: int = 0
    exchanged: bool = False
    opened: View | None = None
    replies: list[Message] = field(default_factory=list)
    failed: str = ""
    errors: dict[str, str] = field(default_factory=dict)
    options: list[Json] = field(default_factory=list)
    delivery: Delivery | None = None


class Interactions:
    """All of them.

    Attributes:
        trigger_s: How long a trigger_id lives.
    """

    def __init__(self, server: "SlackServer") -> None:
        self.server = server
        self.trigger_s = 3.0
        self.all: list[Interaction] = []
        self._by: dict[str, Interaction] = {}  # trigger_id or the secret part of response_url

    def begin(self, user: User, **where: Any) -> Interaction:
        one = Interaction(user, self.server.clock.now(), **where)
        one.trigger_id = f"{len(self.all)}.{self.server.world.team}.{secrets.token_hex(8)}"
        self.all.append(one)
        self._by[one.trigger_id] = self._by[one.key] = one
        return one

    def payload(self, one: Interaction, kind: str) -> Json:
        """What all payloads of this type have in common."""
        world, view, message = self.server.world, one.view, one.message
        who = {"id": one.user.id, "username": one.user.name, "team_id": world.team}
        made: Json = {"type": kind, "token": "verification", "api_app_id": world.app_id, "user": who}
        made |= {"team": {"id": world.team, "domain": "studio"}, "enterprise": None, "is_enterprise_install": False}
        made |= {"trigger_id": one.trigger_id} if kind != "view_closed" else {}
        if view:
            made |= {"view": wire.view(view, world), "container": {"type": "view", "view_id": view.id}}
        if message:
            place = {"message_ts": message.ts, "channel_id": message.channel.id, "thread_ts": message.thread_ts}
            made["container"] = {"type": "message", "is_ephemeral": message.only_for is not None, **place}
            made["channel"] = {"id": message.channel.id, "name": message.channel.name}
            made |= {} if message.only_for else {"message": wire.message(message, world)}
            made |= {"response_url": self.url(one)} if kind != "block_suggestion" else {}
        return made

    def url(self, one: Interaction) -> str:
        return f"{self.server.url}/actions/{self.server.world.team}/{one.key}"

    async def send(self, one: Interaction, payload: Json) -> Interaction:
        kind = COMMAND if "command" in payload else INTERACTIVE
        one.delivery = await self.server.deliveries.ask(kind, payload)
        if one.delivery.acked_at is None:
            one.failed = FAILED.get(one.delivery.results[-1], "dispatch_failed")
        elif one.delivery.answer:
            try:
                self._answer(one, payload, one.delivery.answer)
            except Refused as refused:
                one.failed = "invalid_answer"
                self.server.problem(f"answer to {one.delivery.what}: {refused.problem or refused.error}")
        elif payload.get("type") == "view_submission" and one.view:
            self.server.views.answer(one.view, {})
        self.server.world.changed()
        return one

    def _answer(self, one: Interaction, payload: Json, answer: Json) -> None:
        kind = payload.get("type")
        if kind == "view_submission" and one.view:
            one.errors = self.server.views.answer(one.view, answer)
            one.opened = self.server.views.top.get(one.user) if answer.get("response_action") != "errors" else None
        elif kind == "block_suggestion":
            groups = [option for group in answer.get("option_groups") or [] for option in group["options"]]
            one.options = [*(answer.get("options") or []), *groups]
            check_options(one.options, Checks("invalid_options", self.server.world.showable), "answer")
            if len(one.options) > 100:
                raise Refused("invalid_options", f"{len(one.options)} options, 100 allowed")
        elif "command" in payload:
            self._say(one, answer)

    def triggered(self, trigger_id: str) -> Interaction:
        """The interaction whose trigger_id this is.

        Raises:
            Refused: When it is over 3 s old, used, or none at all.
        """
        one = self._by.get(trigger_id)
        if one is None:
            raise Refused("invalid_trigger_id", "a trigger_id that never was")
        if one.exchanged:
            raise Refused("exchanged_trigger_id", "a trigger_id for the second time")
        if self.server.clock.now() > one.at + self.trigger_s:
            raise Refused("expired_trigger_id", f"a trigger_id after {self.trigger_s} s")
        return one

    def _say(self, one: Interaction, body: Json) -> Message:
        """A message by response_url, which needs no membership: for one person unless it says otherwise."""
        world = self.server.world
        check_message(world, body)
        for words in bad_manners(world, body):
            self.server.problem(f"response_url: it {words}")
        assert one.channel
        only_for = None if body.get("response_type") == "in_channel" else one.user
        made = world.post(one.channel, world.bot, body, only_for=only_for, cause=one)
        one.replies.append(made)
        return made

    async def respond(self, server: "SlackServer", request: web.Request) -> web.Response:
        """response_url, five times in half an hour."""
        one = self._by.get(request.match_info["key"])
        request[ARGS] = body = json.loads(await request.read())
        if one is None:
            raise Refused("no_such_url", "a response_url that never was")
        if server.clock.now() > one.at + URL_LIFE_S:
            raise Refused("expired_url", f"a response_url after {URL_LIFE_S / 60:.0f} minutes")
        if one.uses >= USES:
            raise Refused("used_url", f"a response_url over {USES} times")
        if body.get("delete_original") and one.message:
            server.world.delete(one.message)
        elif body.get("replace_original") and one.message:
            check_message(server.world, body)
            server.world.edit(one.message, {"blocks": [], **body})
        else:
            self._say(one, body)
        one.uses += 1
        return web.Response(text="ok")
