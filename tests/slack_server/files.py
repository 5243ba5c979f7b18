"""The upload in three steps, what is known of a file, and its bytes for who has the token."""

import asyncio
import mimetypes
from typing import TYPE_CHECKING

from aiohttp import web

from tests.slack_server import wire
from tests.slack_server.chat import bad_manners, check_message, thread
from tests.slack_server.errors import Refused
from tests.slack_server.front import Call
from tests.slack_server.state import Channel, File, Json

if TYPE_CHECKING:
    from tests.slack_server.server import SlackServer

ALT_TEXT, FILES = 2000, 10
SIGN_IN = "<!DOCTYPE html><html><head><title>Sign in | Slack</title></head><body>Sign in</body></html>"


async def get_upload_url(call: Call) -> Json:
    name, length = call.given("filename", "length")
    alt_txt = str(call.args.get("alt_txt") or "")
    if int(length) <= 0 or len(alt_txt) > ALT_TEXT:
        raise Refused("invalid_arguments", f"length of {length}, alt text of {len(alt_txt)} characters")
    world = call.server.world
    made = File(world.id("F"), str(name), call.server.bot, int(length), world.clock.now(), alt_txt)
    world.files[made.id] = made
    return {"upload_url": f"{world.files_url}/upload/v1/{made.id}", "file_id": made.id}


async def upload(server: "SlackServer", request: web.Request) -> web.Response:
    """The bytes, bare or in a form; no token is needed, for the address is the secret."""
    one = server.world.files.get(request.match_info["file"])
    if one is None or one.completed_at is not None:
        raise Refused("not_found", "to an address that is not (or no more) there")
    data = await request.read()
    if request.content_type == "multipart/form-data":
        data = next(part.file.read() for part in (await request.post()).values() if isinstance(part, web.FileField))
    if len(data) != one.length:
        raise Refused("length", f"{len(data)} bytes came where {one.length} were announced", status=400)
    one.data = data
    return web.Response(text=f"OK - {len(data)}")


async def complete(call: Call) -> Json:
    (listed,) = call.given("files")
    if not isinstance(listed, list) or not 1 <= len(listed) <= FILES:
        raise Refused("invalid_arguments", f"files must be a list of 1 to {FILES}")
    made = [_uploaded(call, one) for one in listed]
    names = [*filter(None, str(call.args.get("channels") or "").split(",")), call.args.get("channel_id")]
    places = [Call(call.server, call.method, {"channel": name}, "").channel() for name in names if name]
    if call.args.get("thread_ts") and len(places) != 1:
        raise Refused("invalid_arguments", "thread_ts needs exactly one channel")
    for channel in places:
        thread(call, channel)
    sent = {"text": call.args.get("initial_comment") or "", **call.args}
    sent |= {"blocks": None} if call.args.get("initial_comment") else {}
    check_message(call.server.world, sent, some=False)
    for words in bad_manners(call.server.world, {"text": sent["text"]}):
        call.server.problem(f"{call.method}: it {words}")
    for file, one in zip(made, listed, strict=True):
        file.title, file.completed_at = one.get("title") or file.name, call.server.clock.now()
    if places:
        call.server.spawn(_share(call.server, made, places, sent))
    call.server.world.changed()
    return {"files": [{"id": file.id, "title": file.title} for file in made]}


def _uploaded(call: Call, one: Json) -> File:
    file = call.server.world.files.get(one.get("id", ""))
    if file is None or file.data is None:
        raise Refused("file_not_found", "completed before its bytes had come")
    if file.completed_at is not None:
        raise Refused("file_update_failed", "completed a second time")
    return file


async def _share(server: "SlackServer", made: list[File], places: list[Channel], sent: Json) -> None:
    await asyncio.sleep(0)
    await server.clock.until(server.clock.now() + server.world.process_s)
    for channel in places:
        server.world.share(made, channel, sent)


def known(call: Call) -> File:
    (name,) = call.given("file")
    one = call.server.world.files.get(name)
    if one is None or one.data is None:
        raise Refused("file_not_found")
    if one.deleted:
        raise Refused("file_deleted")
    return one


async def info(call: Call) -> Json:
    return {"file": wire.file(known(call), call.server.world), "comments": []}


async def delete(call: Call) -> Json:
    one = known(call)
    if one.user is not call.server.bot:
        raise Refused("cant_delete_file", "not the bot's own file")
    one.deleted = True
    call.server.world.changed()
    return {}


async def download(server: "SlackServer", request: web.Request) -> web.Response:
    """The bytes for the bot's token with files:read; anybody else gets the page to sign in, with 200."""
    one = server.world.files.get(request.match_info["file"])
    token = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if token != server.token or server.revoked or "files:read" not in server.scopes:
        return web.Response(text=SIGN_IN, content_type="text/html")
    if one is None or one.data is None or one.deleted:
        return web.Response(status=404, text="<html>Not Found</html>", content_type="text/html")
    return web.Response(body=one.data, content_type=mimetypes.guess_type(one.name)[0] or "application/octet-stream")


METHODS = {
    "files.getUploadURLExternal": ("files:write", get_upload_url),
    "files.completeUploadExternal": ("files:write", complete),
    "files.info": ("files:read", info),
    "files.delete": ("files:write", delete),
}
