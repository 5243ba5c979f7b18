"""REST: first responses, follow-ups and @original."""

from typing import TYPE_CHECKING, Any

from tests.discord_server import wire
from tests.discord_server.asked import Asked
from tests.discord_server.interactions import DEFERS, SAYS, UPDATES, Interaction
from tests.discord_server.rules import as_edit, check_message
from tests.discord_server.state import Json, Message

if TYPE_CHECKING:
    from tests.discord_server.server import DiscordServer


def written(server: "DiscordServer", message: Message) -> Json:
    return wire.message(message, server.url, server.clock.now())


async def respond(server: "DiscordServer", asked: Asked) -> Any:
    """204, or what came of it where the client asks for that."""
    one = server.interactions.respond(
        asked.params["webhook_id"], asked.params["webhook_token"], asked.body, asked.uploads
    )
    if one.response and one.answer in (SAYS, UPDATES):
        server.look_at(one.response, asked.body.get("data") or {})
    if not asked.flag("with_response"):
        return None
    about: Json = {"id": one.id, "type": one.kind}
    made: Json = {"interaction": about, "resource": {"type": one.answer}}
    if one.response:
        about |= {"response_message_id": one.response.id, "response_message_loading": one.answer == DEFERS}
        about |= {"response_message_ephemeral": one.response.ephemeral}
    if one.response and one.answer in (SAYS, UPDATES):
        made["resource"]["message"] = written(server, one.response)
    return made


def used(server: "DiscordServer", asked: Asked) -> Interaction:
    return server.interactions.webhook(asked.params["webhook_id"], asked.params["webhook_token"])


async def follow(server: "DiscordServer", asked: Asked) -> Any:
    made = server.interactions.follow(used(server, asked), asked.body, asked.uploads)
    server.look_at(made, asked.body)
    return written(server, made)


async def read(server: "DiscordServer", asked: Asked) -> Any:
    return written(server, server.interactions.find(used(server, asked), asked.params["message_id"]))


async def edit(server: "DiscordServer", asked: Asked) -> Any:
    one = used(server, asked)
    message = server.interactions.find(one, asked.params["message_id"])
    check_message(as_edit(asked.body, message.flags), asked.uploads, one.size_limit_bytes, hidden=True)
    server.interactions.keeps(message, asked.body)
    server.world.edit(message, asked.body, asked.uploads)
    server.look_at(message, asked.body)
    return written(server, message)


async def delete(server: "DiscordServer", asked: Asked) -> Any:
    server.world.delete(server.interactions.find(used(server, asked), asked.params["message_id"]))


HOOK = "/webhooks/{webhook_id}/{webhook_token}"
ROUTES = [
    ("POST", "/interactions/{webhook_id}/{webhook_token}/callback", respond),
    ("POST", HOOK, follow),
    ("GET", f"{HOOK}/messages/{{message_id}}", read),
    ("PATCH", f"{HOOK}/messages/{{message_id}}", edit),
    ("DELETE", f"{HOOK}/messages/{{message_id}}", delete),
]
