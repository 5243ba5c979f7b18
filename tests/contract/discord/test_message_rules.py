"""What the local Discord refuses in a message, each as Discord does and on record."""

from typing import Any

import pytest

from tests.contract.discord.clients import PNG, Raw, button, row, select
from tests.discord_server import DiscordServer
from tests.discord_server.state import MIB

LONG = "x" * 2001
FIELD = {"name": "seed", "value": "7"}
BODIES: dict[str, tuple[Any, str]] = {
    "content over 2,000": ({"content": LONG}, "content: Must be 2000"),
    "nonce over 25": ({"content": "a", "nonce": "n" * 26}, "nonce: Must be 25"),
    "11 embeds": ({"embeds": [{"title": "a"}] * 11}, "embeds: Must be 10"),
    "embed title over 256": ({"embeds": [{"title": "x" * 257}]}, "embeds.0.title: Must be 256"),
    "embed description over 4,096": ({"embeds": [{"description": "x" * 4097}]}, "embeds.0.description: Must be 4096"),
    "embed footer over 2,048": ({"embeds": [{"footer": {"text": "x" * 2049}}]}, "embeds.0.footer.text"),
    "26 fields": ({"embeds": [{"fields": [FIELD] * 26}]}, "embeds.0.fields: Must be 25"),
    "field value over 1,024": (
        {"embeds": [{"fields": [FIELD | {"value": "x" * 1025}]}]},
        "fields.0.value: Must be 1024",
    ),
    "embeds of 6,001 in all": (
        {"embeds": [{"description": "x" * 3000}, {"description": "x" * 3001}]},
        "maximum size of 6000",
    ),
    "6 buttons in a row": ({"content": "a", "components": [row(*map(button, range(6)))]}, "between 1 and 5"),
    "6 rows": ({"content": "a", "components": [row(button(n)) for n in range(6)]}, "between 1 and 5"),
    "custom_id over 100": ({"content": "a", "components": [row(button(custom_id="x" * 101))]}, "between 1 and 100"),
    "empty custom_id": ({"content": "a", "components": [row(button(custom_id=""))]}, "This field is required"),
    "custom_id twice": ({"content": "a", "components": [row(button(), button())]}, "cannot be duplicated"),
    "custom_id twice in two rows": (
        {"content": "a", "components": [row(button()), row(button())]},
        "cannot be duplicated",
    ),
    "label over 80": ({"content": "a", "components": [row(button(label="x" * 81))]}, "label: Must be 80"),
    "26 options": ({"content": "a", "components": [row(select(26))]}, "between 1 and 25"),
    "no options": ({"content": "a", "components": [row(select(0))]}, "between 1 and 25"),
    "a select beside a button": ({"content": "a", "components": [row(select(), button())]}, "A select fills its row"),
    "a button without a row": ({"content": "a", "components": [button()]}, "Value of field 'type'"),
    "an ephemeral post": ({"content": "a", "flags": 64}, "Flags 64 can't be set here"),
    "alt text over 1,024": (
        {"content": "a", "attachments": [{"id": "1" * 18, "description": "x" * 1025}]},
        "Must be 1024",
    ),
    "parse and list of users": (
        {"content": "a", "allowed_mentions": {"parse": ["users"], "users": ["1"]}},
        "mutually exclusive",
    ),
    "an unknown kind of mention": ({"content": "a", "allowed_mentions": {"parse": ["all"]}}, "Only users, roles"),
    "101 users": ({"content": "a", "allowed_mentions": {"users": ["1"] * 101}}, "between 0 and 100"),
    "a field without a value": ({"embeds": [{"fields": [FIELD | {"value": ""}]}]}, "value: This field is required"),
    "a text input in a row": ({"content": "a", "components": [row({"type": 4, "custom_id": "a"})]}, "can't hold {4}"),
    "an unknown style": ({"content": "a", "components": [row(button(style=9))]}, "Must be one of 1 to 6"),
    "a link with an id": (
        {"content": "a", "components": [row(button(style=5, url="https://a.b"))]},
        "and no custom_id",
    ),
    "a button without a face": ({"content": "a", "components": [row(button(label=None))]}, "This field is required"),
    "an option without a value": (
        {"content": "a", "components": [row(select(options=[{"label": "ink"}]))]},
        "value: This field is required",
    ),
    "an option twice": (
        {"content": "a", "components": [row(select(options=[{"label": "ink", "value": "ink"}] * 2))]},
        "already used",
    ),
    "more to choose than there is": ({"content": "a", "components": [row(select(2, max_values=3))]}, "between 1 and 2"),
    "a new component without its flag": ({"components": [{"type": 10, "content": "a"}]}, "Value of field 'type'"),
    "new text over 4,000": ({"flags": 1 << 15, "components": [{"type": 10, "content": "x" * 4001}]}, "At most 4000"),
    "content beside new components": (
        {"content": "a", "flags": 1 << 15, "components": [row(button())]},
        "No content beside",
    ),
    "41 new components": ({"flags": 1 << 15, "components": [{"type": 10, "content": "a"}] * 41}, "At most 40"),
}


@pytest.mark.parametrize("name", BODIES)
async def test_a_message_over_a_limit_is_refused(server: DiscordServer, raw: Raw, name: str) -> None:
    """Discord answers 400 with code 50035 and names the field; nothing is posted."""
    body, words = BODIES[name]
    channel = server.channel()
    await raw.refused(await raw("POST", f"/channels/{channel.id}/messages", body), 400, 50035, words)
    assert not channel.messages


async def test_a_message_at_its_limits_is_taken(server: DiscordServer, raw: Raw) -> None:
    """All that is just within the limits passes, in one message."""
    rows = [row(*(button(at * 5 + number, label="x" * 80) for number in range(5))) for at in range(4)]
    body = {"content": "x" * 2000, "nonce": "n" * 25, "embeds": [{"description": "x" * 4000}, {"title": "x" * 256}] * 1}
    body |= {"components": [*rows, row(select(25, custom_id="y" * 100))]}
    body["attachments"] = [{"id": 0, "description": "x" * 1024}]
    answer = await raw("POST", f"/channels/{server.channel().id}/messages", body, [PNG])
    assert answer.status_code == 200, answer.text
    assert server.problems == []


async def test_an_empty_message_is_refused(server: DiscordServer, raw: Raw) -> None:
    """Buttons alone are no message."""
    answer = await raw("POST", f"/channels/{server.channel().id}/messages", {"components": [row(button())]})
    await raw.refused(answer, 400, 50006, "an empty message")


@pytest.mark.parametrize(("size", "guild_limit_mib", "fits"), [(10, 10, True), (10.01, 10, False), (20, 50, True)])
async def test_a_file_keeps_the_place_s_limit(
    server: DiscordServer, raw: Raw, size: float, guild_limit_mib: int, fits: bool
) -> None:
    """10 MiB a file by default, more in a boosted guild."""
    guild = server.guild()
    guild.file_limit_bytes = guild_limit_mib * MIB
    answer = await raw("POST", f"/channels/{server.channel(guild).id}/messages", {}, [bytes(int(size * MIB))])
    if fits:
        assert answer.status_code == 200
    else:
        await raw.refused(answer, 413, 40005, "10485760 allowed")


async def test_a_request_over_25_mib_is_refused(server: DiscordServer, raw: Raw) -> None:
    """Three files that fit one by one are too much together."""
    answer = await raw("POST", f"/channels/{server.channel().id}/messages", {}, [bytes(9 * MIB)] * 3)
    await raw.refused(answer, 413, 40005, "26214400 allowed")


async def test_a_body_that_can_t_be_read_is_refused(server: DiscordServer, raw: Raw) -> None:
    """No JSON; a form with a part that Discord has no name for."""
    path = f"/channels/{server.channel().id}/messages"
    assert (await raw.http.post(path, content=b"{")).json()["code"] == 50109
    assert (await raw.http.post(path, files={"picture": ("0.png", PNG)})).json()["code"] == 50035
    assert len(server.problems) == 2


async def test_eleven_files_are_refused(server: DiscordServer, raw: Raw) -> None:
    """A message holds ten."""
    answer = await raw("POST", f"/channels/{server.channel().id}/messages", {}, [PNG] * 11)
    await raw.refused(answer, 400, 50035, "attachments: Must be 10")


async def test_an_attachment_without_its_file_is_refused(server: DiscordServer, raw: Raw) -> None:
    """What `attachments` names must be among the files."""
    body = {"content": "a", "attachments": [{"id": 1, "filename": "1.png"}]}
    answer = await raw("POST", f"/channels/{server.channel().id}/messages", body, [PNG])
    await raw.refused(answer, 400, 50146, "names a file that isn't there")


async def test_a_known_nonce_posts_once(server: DiscordServer, raw: Raw) -> None:
    """With enforce_nonce the same nonce gets the same message for five minutes (a few, says Discord), then another."""
    path = f"/channels/{server.channel().id}/messages"
    body = {"content": "here it is", "nonce": "job-1", "enforce_nonce": True}
    first = (await raw("POST", path, body)).json()
    assert (await raw("POST", path, body)).json()["id"] == first["id"]
    assert server.deduplicated == 1
    server.clock.move(301)
    assert (await raw("POST", path, body)).json()["id"] != first["id"]
    assert len(server.duplicates()) == 1


async def test_a_nonce_that_is_not_enforced_posts_again(server: DiscordServer, raw: Raw) -> None:
    """Without enforce_nonce the second post is a duplicate, and is counted."""
    path = f"/channels/{server.channel().id}/messages"
    ids = {(await raw("POST", path, {"content": "here it is", "nonce": "job-1"})).json()["id"] for _ in range(2)}
    assert len(ids) == 2
    assert [one.id for one in server.duplicates()] == [max(ids)]


async def test_same_words_to_two_requests_are_no_duplicates(server: DiscordServer, raw: Raw) -> None:
    """Replies to two messages may say the same; two to one message may not."""
    ana, channel = server.person(), server.channel()
    asked = [(await ana.say(channel, "a cat")).said for _ in range(2)]
    for one in (*asked, asked[0]):
        assert one
        await raw(
            "POST", f"/channels/{channel.id}/messages", {"content": "ok", "message_reference": {"message_id": one.id}}
        )
    assert len(server.duplicates()) == 1


@pytest.mark.parametrize(("keep", "count"), [(None, 2), ("first", 2), ("none", 1)])
async def test_an_edit_appends_files(server: DiscordServer, raw: Raw, keep: str | None, count: int) -> None:
    """New files stand beside the old ones unless `attachments` names which stay."""
    path = f"/channels/{server.channel().id}/messages"
    first = (await raw("POST", path, {}, [PNG])).json()
    stays = [{"id": first["attachments"][0]["id"]}] if keep == "first" else []
    body = {"content": "a"} | ({"attachments": [*stays, {"id": 0, "filename": "0.png"}]} if keep else {})
    edited = (await raw("PATCH", f"{path}/{first['id']}", body, [PNG])).json()
    assert len(edited["attachments"]) == count
    assert edited["edited_timestamp"]


async def test_another_s_message_can_t_be_edited(server: DiscordServer, raw: Raw) -> None:
    """A bot edits its own messages only, and deletes others' only as a moderator."""
    channel = server.channel()
    said = (await server.person().say(channel, "a cat")).said
    assert said
    assert (await raw("DELETE", f"/channels/{channel.id}/messages/{said.id}")).json()["code"] == 50013
    await raw.refused(
        await raw("PATCH", f"/channels/{channel.id}/messages/{said.id}", {"content": "b"}),
        403,
        50005,
        "somebody else's",
    )


async def test_mentions_of_everyone_are_on_record(server: DiscordServer, raw: Raw) -> None:
    """A person's '@everyone' or role that the bot repeats unguarded is a problem; under parse: [] it is none."""
    path = f"/channels/{server.channel().id}/messages"
    for text in ("@everyone look", "@here look", "<@&123> look"):
        await raw("POST", path, {"content": text, "allowed_mentions": {"parse": []}})
    assert server.problems == []
    for text in ("@everyone look", "<@&123> look"):
        await raw("POST", path, {"content": text})
    assert len(server.problems) == 2


async def test_links_that_nobody_can_open_are_on_record(server: DiscordServer, raw: Raw) -> None:
    """A link to this machine is a problem in words, embeds and buttons; the server's own files are none."""
    path = f"/channels/{server.channel().id}/messages"
    url = (await raw("POST", path, {}, [PNG])).json()["attachments"][0]["url"]
    await raw("POST", path, {"content": url})
    assert server.problems == []
    await raw("POST", path, {"embeds": [{"title": "a", "url": "http://localhost:8000/gallery/1.png"}]})
    assert len(server.problems) == 1


async def test_links_to_files_end(server: DiscordServer, raw: Raw) -> None:
    """A file's link works for a day, and not with another signature; a message read again has a new one."""
    path = f"/channels/{server.channel().id}/messages"
    made = (await raw("POST", path, {"attachments": [{"id": 0, "description": "a cat"}]}, [PNG])).json()
    (file,) = made["attachments"]
    assert (file["description"], file["width"], file["content_type"]) == ("a cat", 1, "image/png")
    assert (await raw.http.get(file["url"])).content == PNG
    assert (await raw.http.get(file["url"].replace("hm=", "hm=0"))).status_code == 404
    server.clock.move(24 * 3600 + 1)
    assert (await raw.http.get(file["url"])).status_code == 404
    again = (await raw("GET", f"{path}/{made['id']}")).json()
    assert (await raw.http.get(again["attachments"][0]["url"])).content == PNG


async def test_history_comes_in_pages(server: DiscordServer, raw: Raw) -> None:
    """Newest first; after, before and around an id; none where history may not be read."""
    ana, channel = server.person(), server.channel()
    seen = [await ana.say(channel, str(number)) for number in range(5)]
    ids = [one.said.id for one in seen if one.said]

    async def listed(**query: Any) -> list[int]:
        found = (await raw.http.get(f"/channels/{channel.id}/messages", params=query)).json()
        return [ids.index(one["id"]) for one in found]

    assert await listed() == [4, 3, 2, 1, 0]
    assert await listed(after=ids[1], limit=2) == [3, 2]
    assert await listed(before=ids[3], limit=2) == [2, 1]
    assert await listed(around=ids[2], limit=3) == [3, 2, 1]
    channel.bot_may = 1 << 10
    assert await listed() == []
    await raw.refused(await raw("GET", f"/channels/{channel.id}/messages?limit=101"), 400, 50035, "between 1 and 100")


async def test_a_reply_to_nothing_is_refused(server: DiscordServer, raw: Raw) -> None:
    """Unless it may stand alone; that its target has gone is not the bot's fault."""
    path = f"/channels/{server.channel().id}/messages"
    body: Any = {"content": "a", "message_reference": {"message_id": "1"}}
    assert (await raw("POST", path, body)).json()["code"] == 50035
    body["message_reference"]["fail_if_not_exists"] = False
    assert (await raw("POST", path, body)).status_code == 200
    assert server.problems == []


@pytest.mark.parametrize(
    ("may", "files", "status", "code"),
    [(0, None, 403, 50001), (1 << 10, None, 403, 50013), (1 << 10 | 1 << 11, [PNG], 403, 50013)],
)
async def test_permissions_are_kept(
    server: DiscordServer, raw: Raw, may: int, files: Any, status: int, code: int
) -> None:
    """A channel that isn't seen, where nothing may be said, or no file be attached."""
    channel = server.channel(bot_may=may)
    answer = await raw("POST", f"/channels/{channel.id}/messages", {"content": "a"}, files)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


async def test_a_message_has_one_thread(server: DiscordServer, raw: Raw) -> None:
    """Its name is 1 to 100 characters, its id the message's; a second one is refused."""
    channel = server.channel()
    said = (await server.person().say(channel, "a cat")).said
    assert said
    path = f"/channels/{channel.id}/messages/{said.id}/threads"
    assert (await raw("POST", path, {"name": "x" * 101})).json()["code"] == 50035
    made = await raw("POST", path, {"name": "cats"})
    assert (made.status_code, made.json()["id"]) == (201, said.id)
    assert (await raw("POST", path, {"name": "cats"})).json()["code"] == 160004
    assert (await raw("POST", f"/channels/{said.id}/messages", {"content": "in it"})).status_code == 200
    assert len(server.problems) == 2


async def test_a_reply_needs_the_history(server: DiscordServer, raw: Raw) -> None:
    """Who may not read it can't point into it; a channel that isn't there is 404."""
    channel = server.channel(bot_may=1 << 10 | 1 << 11)
    body = {"content": "a", "message_reference": {"message_id": "1"}}
    assert (await raw("POST", f"/channels/{channel.id}/messages", body)).json()["code"] == 160002
    assert (await raw("POST", "/channels/1/messages", body)).json()["code"] == 10003


async def test_who_takes_no_dms_gets_none(server: DiscordServer, raw: Raw) -> None:
    """The DM can be opened, but not written to."""
    ana = server.person()
    ana.user.takes_dms = False
    opened = (await raw("POST", "/users/@me/channels", {"recipient_id": ana.id})).json()
    answer = await raw("POST", f"/channels/{opened['id']}/messages", {"content": "a"})
    assert (answer.status_code, answer.json()["code"]) == (403, 50007)


async def test_nobody_else_s_token_opens(server: DiscordServer, raw: Raw) -> None:
    """A wrong token gets 401."""
    raw.http.headers["Authorization"] = "Bot wrong"
    assert (await raw("GET", "/users/@me")).status_code == 401
