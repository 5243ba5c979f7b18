"""Messages: membership, scopes, threads, whose they are, manners, streams, and how fast they may come."""

from typing import Any

import pytest

from tests.contract.slack.clients import Raw, section
from tests.slack_server import SlackServer

POST = "chat.postMessage"


async def test_who_asks(server: SlackServer, raw: Raw) -> None:
    """A call needs the bot's token, the socket the app's own; after removal the token is void."""
    for token, error in (("", "not_authed"), ("Bearer xoxb-other", "invalid_auth")):
        answer = await raw.http.post("auth.test", headers={"Authorization": token})
        assert answer.json()["error"] == error
    assert (await raw("apps.connections.open"))["error"] == "invalid_auth"
    server.uninstall()
    assert (await raw("auth.test"))["error"] == "account_inactive"


@pytest.mark.parametrize(
    ("method", "scope"),
    [
        (POST, "chat:write"),
        ("files.getUploadURLExternal", "files:write"),
        ("conversations.history", "channels:history"),
        ("users.info", "users:read"),
        ("reactions.add", "reactions:write"),
        ("assistant.threads.setTitle", "assistant:write"),
    ],
)
async def test_each_method_needs_its_scope(server: SlackServer, raw: Raw, method: str, scope: str) -> None:
    """Without it the answer names what is needed."""
    server.scopes.discard(scope)
    answer = await raw.refused("missing_scope", scope, method, channel=server.channel().id)
    assert answer["needed"] == scope
    assert scope not in answer["provided"].split(",")


@pytest.mark.parametrize("method", [POST, "chat.postEphemeral", "conversations.history", "chat.startStream"])
async def test_only_where_the_bot_is(server: SlackServer, raw: Raw, method: str) -> None:
    """A channel without the bot takes nothing but response_url; a private one is not even found."""
    ana = server.person()
    room, hidden = server.channel(bot=False), server.channel(bot=False, private=True)
    await raw.refused("not_in_channel", "only response_url", method, channel=room.id, text="a", user=ana.id)
    assert (await raw(method, channel=hidden.id, text="a", user=ana.id))["error"] == "channel_not_found"
    seen = server.interactions.begin(ana.user, channel=room)
    assert (await raw.http.post(server.interactions.url(seen), json={"text": "hi"})).text == "ok"
    assert [one.text for one in ana.sees(room)] == ["hi"]
    server.invite(room)
    await raw.good(POST, channel=room.id, text="a")


@pytest.mark.parametrize(
    ("error", "words", "body"),
    [
        ("msg_too_long", "40000", {"text": "x" * 40_001}),
        ("no_text", "without text", {}),
        ("metadata_must_be_sent", "event_type", {"text": "a", "metadata": {"job": 1}}),
        ("markdown_text_conflict", "beside", {"text": "a", "markdown_text": "a"}),
        ("invalid_arguments", "no JSON", {"text": "a", "blocks": "[{"}),
    ],
)
async def test_what_no_message_may_be(server: SlackServer, raw: Raw, error: str, words: str, body: Any) -> None:
    """Too long, empty, or with metadata of another form."""
    await raw.refused(error, words, POST, channel=server.channel().id, **body)


@pytest.mark.parametrize(
    ("words", "body"),
    [
        ("mentions everybody", {"text": "<!channel> look"}),
        ("mentions everybody", {"text": "a", "blocks": [section("<!here>")]}),
        ("@channel", {"text": "@channel look", "link_names": True}),
        ("http://localhost", {"text": "see http://localhost:8000/cat.png"}),
        ("no text", {"blocks": [section()]}),
    ],
)
async def test_what_a_good_bot_never_says(server: SlackServer, raw: Raw, words: str, body: Any) -> None:
    """Slack takes it; it is put on record."""
    assert (await raw(POST, channel=server.channel().id, **body))["ok"]
    assert [words in problem for problem in server.problems] == [True]


async def test_threads_begin_at_their_first_message(server: SlackServer, raw: Raw) -> None:
    """A reply is no parent; a thread that isn't there is not found."""
    channel = server.channel().id
    first = (await raw.good(POST, channel=channel, text="a"))["ts"]
    second = (await raw.good(POST, channel=channel, text="b", thread_ts=first))["ts"]
    await raw.refused("invalid_thread_ts", "a reply's", POST, channel=channel, text="c", thread_ts=second)
    assert (await raw(POST, channel=channel, text="c", thread_ts="1.000001"))["error"] == "thread_not_found"
    told = await raw.good("conversations.replies", channel=channel, ts=first)
    assert [one["text"] for one in told["messages"]] == ["a", "b"]
    assert [one["text"] for one in (await raw("conversations.history", channel=channel))["messages"]] == ["a"]


async def test_a_message_is_found_by_its_metadata(server: SlackServer, raw: Raw) -> None:
    """History gives metadata only to who asks for it; an update keeps metadata and blocks that it doesn't name."""
    channel, metadata = server.channel(), {"event_type": "job", "event_payload": {"id": "7"}}
    made = await raw.good(POST, channel=channel.id, text="a", blocks=[section()], metadata=metadata)
    await raw.good("chat.update", channel=channel.id, ts=made["ts"], text="b")
    for asked, found in ((True, metadata), (False, None)):
        told = await raw("conversations.history", channel=channel.id, include_all_metadata=asked)
        assert told["messages"][0].get("metadata") == found
    assert [one.text for one in channel.messages[made["ts"]].history] == ["a", "b"]
    assert channel.messages[made["ts"]].blocks == (section(),)


async def test_ephemeral_messages(server: SlackServer, raw: Raw) -> None:
    """One person sees them, nobody can update them, and who is not there gets none."""
    channel, ana, ben = server.channel(), server.person(), server.person("ben")
    ts = (await raw.good("chat.postEphemeral", channel=channel.id, user=ana.id, text="a"))["message_ts"]
    assert ([one.text for one in ana.sees(channel)], ben.sees(channel)) == (["a"], [])
    await raw.refused("message_not_found", "ephemeral", "chat.update", channel=channel.id, ts=ts, text="b")
    room = server.direct(ana, ben).id
    assert (await raw("chat.postEphemeral", channel=room, user=ana.id, text="a"))["error"] == "channel_not_found"


async def test_only_its_own_messages(server: SlackServer, raw: Raw) -> None:
    """The bot changes and deletes nobody else's."""
    channel, ana = server.channel(), server.person()
    said = (await ana.say(channel, "hello")).said
    assert said
    await raw.refused("cant_update_message", "own", "chat.update", channel=channel.id, ts=said.ts, text="a")
    await raw.refused("cant_delete_message", "own", "chat.delete", channel=channel.id, ts=said.ts)


async def test_about_one_message_a_second(server: SlackServer, raw: Raw) -> None:
    """After a burst comes 429 with whole seconds; who asks again before they are over breaks a rule."""
    channel, other = server.channel().id, server.channel("other").id
    for number in range(server.limits.burst):
        await raw.good(POST, channel=channel, text=str(number))
    answer = await raw.http.post(POST, json={"channel": channel, "text": "a"})
    assert (answer.status_code, int(answer.headers["Retry-After"]) >= 1, server.problems) == (429, True, [])
    await raw.good(POST, channel=other, text="a")
    await raw.refused("ratelimited", "before Retry-After", POST, channel=channel, text="a")
    server.clock.move(server.limits.burst)
    await raw.good(POST, channel=channel, text="a")
    assert server.limits.hits == 2


async def test_updates_are_counted_by_the_minute(server: SlackServer, raw: Raw) -> None:
    """chat.update gets 429 after fifty in a minute, whatever the channel."""
    channel = server.channel().id
    ts = (await raw(POST, channel=channel, text="a"))["ts"]
    answers = [(await raw("chat.update", channel=channel, ts=ts, text=str(number)))["ok"] for number in range(51)]
    assert answers == [True] * 50 + [False]


async def test_the_same_message_twice(server: SlackServer, raw: Raw) -> None:
    """Two that say the same are duplicates, unless their metadata tells them apart."""
    channel = server.channel().id
    for job in ("1", "2"):
        metadata = {"event_type": "job", "event_payload": {"id": job}}
        await raw.good(POST, channel=channel, text="done", metadata=metadata)
    assert server.duplicates() == []
    await raw.good(POST, channel=channel, text="done", metadata=metadata)
    assert len(server.duplicates()) == 1


async def test_streams(server: SlackServer, raw: Raw) -> None:
    """Text grows until the stream is stopped; meanwhile no update, afterwards no text; a channel names who reads."""
    ana, room = server.person(), server.channel()
    there = {"channel": ana.dm().id, "thread_ts": (await ana.say(ana.dm(), "hello")).said.ts}  # type: ignore[union-attr]
    ts = (await raw.good("chat.startStream", markdown_text="a ", **there))["ts"]
    one = {"channel": ana.dm().id, "ts": ts}
    await raw.refused("streaming_state_conflict", "not stopped", "chat.update", text="b", **one)
    await raw.good("chat.appendStream", chunks=[{"type": "markdown_text", "text": "cat"}], **one)
    await raw.good("chat.stopStream", blocks=[section()], **one)
    assert (ana.dm().messages[ts].text, ana.dm().messages[ts].blocks) == ("a cat", (section(),))
    await raw.refused("message_not_in_streaming_state", "over", "chat.appendStream", markdown_text="b", **one)
    await raw.refused("missing_recipient_team_id", "recipient", "chat.startStream", channel=room.id)


async def test_the_agent_view(server: SlackServer, raw: Raw) -> None:
    """A status ends after two minutes or with an answer; four prompts, ten loading messages; no thread for prompts."""
    ana = server.person()
    said = (await ana.say(ana.dm(), "hello")).said
    assert said
    there, status = {"channel_id": ana.dm().id, "thread_ts": said.ts}, "assistant.threads.setStatus"
    await raw.good(status, status="is painting", loading_messages=["a"] * 10, **there)
    assert server.world.status(ana.dm(), said.ts) == "is painting"
    server.clock.move(121)
    assert server.world.status(ana.dm(), said.ts) == ""
    await raw.refused("invalid_arguments", "loading", status, status="a", loading_messages=["a"] * 11, **there)
    prompts, method = [{"title": "A cat", "message": "Paint a cat"}], "assistant.threads.setSuggestedPrompts"
    await raw.refused("invalid_arguments", "prompts", method, prompts=prompts * 5, **there)
    await raw.good(method, channel_id=ana.dm().id, prompts=prompts)
    assert ana.prompts == prompts
    assert (await raw(method, prompts=prompts, **there))["ok"]
    assert ["silently ignored" in one for one in server.problems] == [True]


async def test_places_and_people(server: SlackServer, raw: Raw) -> None:
    """Channels come in pages, with who is in them; a DM is opened by a person's id; a message has its link."""
    ana, ben = server.person(locale="zh-CN"), server.person("ben")
    rooms = [server.channel(name).id for name in ("a", "b", "c")]
    server.channel("d", bot=False)
    first = await raw.good("conversations.list", limit=3)
    rest = await raw.good("conversations.list", cursor=first["response_metadata"]["next_cursor"])
    assert [one["is_member"] for one in first["channels"] + rest["channels"]] == [True, True, True, False]
    assert [one["id"] for one in (await raw.good("users.conversations"))["channels"]] == rooms
    assert set((await raw.good("conversations.members", channel=rooms[0]))["members"]) >= {ana.id, ben.id}
    assert (await raw.good("conversations.open", users=ana.id))["channel"]["id"] == ana.dm().id
    assert (await raw.good("conversations.open", users=f"{ana.id},{ben.id}"))["channel"]["is_mpim"]
    assert (await raw.good("conversations.info", channel=ana.dm().id))["channel"]["user"] == ana.id
    assert (await raw.good("users.info", user=ana.id, include_locale=True))["user"]["locale"] == "zh-CN"
    made = await raw.good(POST, channel=ana.id, text="hello")
    link = await raw.good("chat.getPermalink", channel=made["channel"], message_ts=made["ts"])
    assert link["permalink"].endswith(f"p{made['ts'].replace('.', '')}")
    await raw.good("reactions.add", channel=made["channel"], timestamp=made["ts"], name="eyes")
    again = await raw("reactions.add", channel=made["channel"], timestamp=made["ts"], name="eyes")
    assert (again["error"], (await raw.good("team.info"))["team"]["id"]) == ("already_reacted", server.world.team)
    assert (await raw.good("bots.info"))["bot"]["user_id"] == server.bot.id
