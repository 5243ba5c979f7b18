"""The methods of modals, Home tabs and the agent view."""

from tests.slack_server import wire
from tests.slack_server.errors import Refused
from tests.slack_server.front import Call
from tests.slack_server.places import person
from tests.slack_server.state import Channel, Json, View

LOADING, PROMPTS = 10, 4


def shown(call: Call, view: View) -> Json:
    return {"view": wire.view(view, call.server.world)}


async def open_(call: Call) -> Json:
    trigger_id, view = call.given("trigger_id", "view")
    return shown(call, call.server.views.open(trigger_id, view))


async def push(call: Call) -> Json:
    trigger_id, view = call.given("trigger_id", "view")
    return shown(call, call.server.views.push(trigger_id, view))


async def update(call: Call) -> Json:
    (view,) = call.given("view")
    (which,) = call.given("view_id" if call.args.get("view_id") else "external_id")
    return shown(call, call.server.views.update(which, view, call.args.get("hash")))


async def publish(call: Call) -> Json:
    user_id, view = call.given("user_id", "view")
    return shown(call, call.server.views.publish(person(call, user_id), view, call.args.get("hash")))


def place(call: Call) -> tuple[Channel, str]:
    channel, (thread_ts,) = call.channel("channel_id"), call.given("thread_ts")
    if thread_ts not in channel.messages:
        raise Refused("invalid_thread_ts")
    return channel, thread_ts


async def status(call: Call) -> Json:
    channel, thread_ts = place(call)
    if len(call.args.get("loading_messages") or []) > LOADING:
        raise Refused("invalid_arguments", f"over {LOADING} loading messages")
    world = call.server.world
    world.statuses[channel.id, thread_ts] = (call.args.get("status") or "", world.clock.now())
    return {}


async def title(call: Call) -> Json:
    channel, thread_ts = place(call)
    call.server.world.titles[channel.id, thread_ts] = call.given("title")[0]
    return {}


async def prompts(call: Call) -> Json:
    channel, (made,) = call.channel("channel_id"), call.given("prompts")
    if len(made) > PROMPTS or any(not one.get("title") or not one.get("message") for one in made):
        raise Refused("invalid_arguments", f"over {PROMPTS} prompts, or one without title or message")
    if call.server.agent_view and call.args.get("thread_ts"):
        call.server.problem("suggested prompts with thread_ts are silently ignored in the agent view")
        return {}
    call.server.world.prompts[channel.id] = made
    return {}


METHODS = {
    "views.open": ("", open_),
    "views.push": ("", push),
    "views.update": ("", update),
    "views.publish": ("", publish),
    "assistant.threads.setStatus": ("chat:write|assistant:write", status),
    "assistant.threads.setTitle": ("assistant:write", title),
    "assistant.threads.setSuggestedPrompts": ("assistant:write", prompts),
}
