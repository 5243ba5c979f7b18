"""A scripted person, who can do what Slack's client lets one do and sees what it shows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from yarl import URL

from tests.slack_server import wire
from tests.slack_server.filling import fill, held
from tests.slack_server.interactions import Interaction
from tests.slack_server.sight import Sight
from tests.slack_server.state import Channel, Json, Message, User, View
from tests.slack_server.world import typed

if TYPE_CHECKING:
    from tests.slack_server.server import SlackServer


class Person:
    """Somebody at their client; what it wouldn't let them do raises LookupError or ValueError."""

    def __init__(self, server: SlackServer, user: User) -> None:
        self.server, self.user, self.id = server, user, user.id

    @property
    def home(self) -> View | None:
        """Their Home tab of the application."""
        return self.server.views.homes.get(self.user)

    @property
    def modal(self) -> View | None:
        """The form that lies on top."""
        return self.server.views.top.get(self.user)

    @property
    def prompts(self) -> list[Json]:
        """The suggested prompts of the agent view."""
        return self.server.world.prompts.get(self.dm().id, [])

    def dm(self) -> Channel:
        """The direct messages with the bot."""
        return self.server.world.im(self.user)

    def sees(self, channel: Channel, since: str = "") -> list[Message]:
        """The messages of a channel that are there for this person, all or those after a ts."""
        return self.server.world.seen(channel, self.user, since)

    async def say(
        self,
        channel: Channel,
        text: str = "",
        *,
        thread: Message | None = None,
        files: Sequence[tuple[str, bytes]] = (),
    ) -> Sight:
        """Write a message, perhaps into a thread and with files; `<@U...>` mentions somebody."""
        world, sent = self.server.world, {"text": typed(text)}
        self._inside(channel)
        if thread:
            sent["thread_ts"] = thread.thread_ts or thread.ts
        if files:
            said = world.share([world.store(self.user, name, data) for name, data in files], channel, sent)
        else:
            said = world.post(channel, self.user, sent)
        if self.server.bot.mention in said.text and channel.kind != "im":
            event = {**wire.message(said, world), "type": "app_mention", "channel": channel.id, "event_ts": said.ts}
            self.server.tell(event, channel)
        return Sight(self, channel, said=said)

    async def mention(self, channel: Channel, text: str, **more: Any) -> Sight:
        """Speak to the bot."""
        return await self.say(channel, f"{self.server.bot.mention} {text}", **more)

    async def edit(self, message: Message, text: str) -> None:
        self.server.world.edit(message, {"text": typed(text)})

    async def delete(self, message: Message) -> None:
        self.server.world.delete(message)

    async def react(self, message: Message, name: str) -> None:
        """Put an emoji under a message."""
        message.reactions.append((name, self.user))
        item = {"type": "message", "channel": message.channel.id, "ts": message.ts}
        event = {"type": "reaction_added", "user": self.id, "reaction": name, "item": item}
        self.server.tell({**event, "item_user": message.user.id}, message.channel)

    async def command(self, name: str, text: str = "", channel: Channel | None = None) -> Sight:
        """Use a slash command, which no thread offers; without a channel in the DM with the bot."""
        room, world = channel or self.dm(), self.server.world
        self._inside(room)
        self._offered(name, self.server.commands)
        one = self.server.interactions.begin(self.user, channel=room)
        made = {"token": "verification", "team_id": world.team, "api_app_id": world.app_id, "command": name}
        made |= {"channel_id": room.id, "channel_name": room.name, "user_id": self.id, "user_name": self.user.name}
        made |= {"text": typed(text), "response_url": self.server.interactions.url(one), "trigger_id": one.trigger_id}
        return await self._send(one, {**made, "is_enterprise_install": "false"})

    async def shortcut(self, callback_id: str, message: Message | None = None) -> Sight:
        """Use a global shortcut, or one of a message's."""
        self._offered(callback_id, self.server.shortcuts)
        more = {"callback_id": callback_id, "action_ts": self.server.world.ts()}
        if message is None:
            return await self._ask("shortcut", more)
        return await self._ask("message_action", {**more, "message_ts": message.ts}, message)

    async def press(self, where: Message | View | None, name: str, value: Any = None) -> Sight:
        """Press a button by its label or action_id, or choose a `value` in a select, in a message or a view."""
        if isinstance(where, Message) and where not in self.sees(where.channel):
            where = None
        if where is None or (isinstance(where, View) and (where.closed or where.user is not self.user)):
            raise LookupError("it isn't there for this person")
        block, part = where.element(name)
        action = {"action_id": part["action_id"], "block_id": block["block_id"], "action_ts": self.server.world.ts()}
        if part["type"] == "button":
            action |= {name: part[name] for name in ("type", "text", "value", "style") if name in part}
        else:
            action |= held(self.server.world, self.user, part, value)
        return await self._ask("block_actions", {"actions": [action], "state": {"values": {}}}, where)

    async def suggestions(self, where: Message | View, name: str, text: str) -> list[Json]:
        """What a select offers when this much is typed into it."""
        block, part = where.element(name)
        if not part["type"].endswith("external_select"):
            raise LookupError(f"{name} asks nobody for its options")
        more = {"value": text, "action_id": part["action_id"], "block_id": block["block_id"]}
        return (await self._ask("block_suggestion", more, where)).options

    async def submit(self, view: View | None, **values: Any) -> Sight:
        """Send a form, each field by its action_id, block_id or label; what isn't named keeps its value."""
        view = self._open(view)
        view.values = fill(self.server.world, self.user, view, values)
        return await self._ask("view_submission", {"response_urls": []}, view)

    async def close(self, view: View | None) -> Sight | None:
        """Close a form without sending it; the application hears of it where it asked to."""
        view = self._open(view)
        self.server.views.close(view)
        if not view.body.get("notify_on_close"):
            return None
        return await self._ask("view_closed", {"is_cleared": False}, view)

    def allow(self, page: str) -> str:
        """Say yes on Slack's page where an application asks to be installed; where the browser is sent then."""
        server, asked = self.server, URL(page)
        back = asked.query["redirect_uri"]
        known = str(asked.with_query(None)) == f"{server.url}/oauth/v2/authorize"
        known = known and asked.query["client_id"] == server.client_id
        if not known or (server.redirects is not None and back not in server.redirects):
            raise LookupError(f"no such page: {page}")
        if more := set(asked.query["scope"].split(",")) - server.scopes:
            raise LookupError(f"the manifest has no {more}")
        return str(URL(back).with_query(code=server.code(self, back), state=asked.query["state"]))

    async def open_home(self, tab: str = "home") -> None:
        """Open the application's Home tab, or its `messages`."""
        event: Json = {"type": "app_home_opened", "user": self.id, "channel": self.dm().id, "tab": tab}
        if tab == "home" and self.home:
            event |= {"view": wire.view(self.home, self.server.world)}
        self.server.tell(event, None)

    async def _ask(self, kind: str, more: Json, where: Message | View | None = None) -> Sight:
        place = {"message": where, "channel": where.channel} if isinstance(where, Message) else {"view": where}
        one = self.server.interactions.begin(self.user, **place)
        return await self._send(one, {**self.server.interactions.payload(one, kind), **more})

    async def _send(self, one: Interaction, payload: Json) -> Sight:
        return Sight(self, one.channel, await self.server.interactions.send(one, payload))

    def _open(self, view: View | None) -> View:
        if view is None or view is not self.modal:
            raise LookupError("no such form is open before this person")
        return view

    def _inside(self, channel: Channel) -> None:
        if self.user not in channel.members:
            raise LookupError(f"{self.user.name} is not in {channel.name}")

    def _offered(self, name: str, known: set[str] | None) -> None:
        if (known is not None and name not in known) or "commands" not in self.server.scopes:
            raise LookupError(f"{name!r} is not offered here, only {sorted(known or ())}")
