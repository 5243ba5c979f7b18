"""What the local Discord refuses in answers to interactions, each as Discord does and on record."""

import asyncio
from typing import Any

import pytest

from tests.contract.discord.clients import PNG, Raw, button, modal, row
from tests.contract.discord.wires import session
from tests.discord_server import DiscordServer
from tests.discord_server.interactions import Interaction
from tests.discord_server.state import MIB

EPHEMERAL = 64


async def posted(raw: Raw, **body: Any) -> Interaction:
    """An interaction with a public message in answer."""
    one = raw.asked()
    assert (await raw.answer(one, 4, content="painting", **body)).status_code == 204
    return one


async def test_a_second_first_response_is_refused(server: DiscordServer, raw: Raw) -> None:
    """An interaction is acknowledged once."""
    await raw.refused(await raw.answer(await posted(raw), 5), 400, 40060, "a second first response")


async def test_a_second_one_is_forgiven_where_the_first_got_no_answer(server: DiscordServer, raw: Raw) -> None:
    """Who lost the answer to a first response may ask again, is told, and nothing is on record."""
    one = raw.asked()
    server.faults.fails("POST */callback", after=True)
    assert (await raw.answer(one, 5)).status_code == 500
    assert (await raw.answer(one, 5)).json()["code"] == 40060
    assert server.problems == []


async def test_a_late_first_response_is_refused(server: DiscordServer, raw: Raw) -> None:
    """After three seconds the interaction is unknown."""
    one = raw.asked()
    server.clock.move(3.01)
    assert (await raw.answer(one, 5)).json()["code"] == 10062


@pytest.mark.parametrize("method", ["POST", "PATCH", "GET", "DELETE"])
async def test_a_token_lives_15_minutes(server: DiscordServer, raw: Raw, method: str) -> None:
    """Then neither follow-ups nor the original can be reached; the bot's own way still leads to the message."""
    one = await posted(raw)
    server.clock.move(901)
    path = raw.hook(one) if method == "POST" else raw.hook(one, "@original")
    await raw.refused(await raw(method, path, {"content": "a"}), 401, 50027, "used a token after 900")
    assert one.response
    answer = await raw("PATCH", f"/channels/{one.channel.id}/messages/{one.response.id}", {"content": "done"})
    assert answer.json()["content"] == "done"


async def test_a_token_is_of_no_use_before_the_first_response(server: DiscordServer, raw: Raw) -> None:
    """The webhook isn't known yet."""
    answer = await raw("POST", raw.hook(raw.asked()), {"content": "a"})
    assert (answer.status_code, answer.json()["code"]) == (404, 10015)


async def test_what_is_not_there_is_unknown(server: DiscordServer, raw: Raw) -> None:
    """An interaction, a token, a message of an interaction (nobody broke a rule if it was deleted)."""
    one = await posted(raw)
    answers = [
        await raw("POST", "/interactions/1/wrong/callback", {"type": 5}),
        await raw("POST", f"/webhooks/{server.bot.id}/wrong", {"content": "a"}),
        await raw("PATCH", raw.hook(one, "1"), {"content": "a"}),
    ]
    assert [answer.json()["code"] for answer in answers] == [10062, 10015, 10008]
    assert len(server.problems) == 1


@pytest.mark.parametrize(
    ("kind", "answer"), [(2, 6), (2, 7), (2, 8), (3, 8), (4, 4), (4, 5), (5, 9), (5, 7)], ids=lambda one: str(one)
)
async def test_answers_of_a_wrong_kind_are_refused(server: DiscordServer, raw: Raw, kind: int, answer: int) -> None:
    """Updates are for components, choices for autocomplete, and no form follows on a form."""
    await raw.refused(await raw.answer(raw.asked(kind), answer, content="a"), 400, 50035, "can't be answered with")


async def test_a_form_is_the_first_response_or_none(server: DiscordServer, raw: Raw) -> None:
    """After a defer it is a second first response."""
    one = raw.asked()
    await raw.answer(one, 5)
    await raw.refused(await raw.answer(one, 9, **modal()), 400, 40060, "a second first response")


@pytest.mark.parametrize(
    ("form", "words"),
    [
        (modal(title="x" * 46), "title: Must be 45"),
        (modal(title=""), "title: This field is required"),
        (modal(0), "between 1 and 5"),
        (modal(6), "between 1 and 5"),
        (modal(custom_id="x" * 101), "between 1 and 100"),
        (modal(components=[row(button())]), "can't hold 2 here"),
        (modal(components=[{"type": 4, "custom_id": "a"}]), "Value of field 'type'"),
        (modal(components=[{**modal()["components"][0], "label": ""}]), "label: This field is required"),
        (modal(components=[row({"type": 4, "custom_id": "a", "label": "x" * 46, "style": 1})]), "label: Must be 45"),
        (modal(components=[{**modal()["components"][0], "label": "x" * 46}]), "label: Must be 45"),
        (modal(components=modal()["components"] * 2), "cannot be duplicated"),
        (
            modal(components=[row({"type": 4, "custom_id": "a", "label": "b", "value": "x" * 4001})]),
            "value: Must be 4000",
        ),
        (modal(components=[row({"type": 4, "custom_id": "a", "label": "b", "max_length": 4001})]), "equal to 4000"),
    ],
)
async def test_a_form_over_a_limit_is_refused(server: DiscordServer, raw: Raw, form: Any, words: str) -> None:
    """Title 45, 1 to 5 components, labels 45, texts 4,000, ids 1 to 100 and each once."""
    await raw.refused(await raw.answer(raw.asked(), 9, **form), 400, 50035, words)


async def test_autocomplete_offers_25_at_most(server: DiscordServer, raw: Raw) -> None:
    """One more is refused; a name is 1 to 100 characters."""
    choices = [{"name": f"style {number}", "value": str(number)} for number in range(26)]
    one = raw.asked(4)
    await raw.refused(await raw.answer(one, 8, choices=choices), 400, 50035, "data.choices: Must be 25")
    assert (await raw.answer(one, 8, choices=choices[:25])).status_code == 204
    assert len(one.choices or []) == 25


async def test_a_defer_fixes_who_sees_it(server: DiscordServer, raw: Raw) -> None:
    """A public defer can't be filled with an ephemeral message; Discord takes the words and ignores the flag."""
    one = raw.asked()
    await raw.answer(one, 5)
    assert (await raw("PATCH", raw.hook(one, "@original"), {"content": "a", "flags": EPHEMERAL})).status_code == 200
    assert one.response
    assert not one.response.ephemeral
    assert ["was fixed" in problem for problem in server.problems] == [True]


async def test_the_first_follow_up_fills_a_defer(server: DiscordServer, raw: Raw) -> None:
    """The old way: no new message comes, and the defer's visibility stays."""
    one = raw.asked()
    await raw.answer(one, 5, flags=EPHEMERAL)
    made = (await raw("POST", raw.hook(one), {"content": "a", "flags": EPHEMERAL})).json()
    assert one.response
    assert (made["id"], one.followups, one.response.ephemeral) == (one.response.id, [], True)
    assert server.problems == []


async def test_a_deferred_message_takes_no_other_flag(server: DiscordServer, raw: Raw) -> None:
    """Only EPHEMERAL goes with a defer."""
    await raw.refused(await raw.answer(raw.asked(), 5, flags=1 << 15), 400, 50035, "can only be ephemeral")


async def test_a_private_message_has_no_way_but_its_token(server: DiscordServer, raw: Raw) -> None:
    """An ephemeral message isn't in the channel: not to be read or deleted there, and only its person sees it."""
    one = raw.asked()
    await raw.answer(one, 4, content="only you", flags=EPHEMERAL)
    assert one.response
    path = f"/channels/{one.channel.id}/messages/{one.response.id}"
    assert [(await raw(method, path)).json()["code"] for method in ("GET", "DELETE")] == [10008, 10008]
    assert server.person().sees(one.channel) == []
    assert (await raw("DELETE", raw.hook(one, "@original"))).status_code == 204


@pytest.mark.parametrize(("member", "answers"), [(True, [200] * 6), (False, [200] * 5 + [400])])
async def test_five_follow_ups_where_the_bot_is_no_member(
    server: DiscordServer, raw: Raw, member: bool, answers: list[int]
) -> None:
    """An application that only its user installed gets five (the status 400 is a guess, the code is documented)."""
    guild = server.guild(bot=member)
    ana = server.person(guild=guild)
    ana.install()
    one = raw.asked(person=ana, channel=server.channel(guild))
    await raw.answer(one, 4, content="painting")
    told = [(await raw("POST", raw.hook(one), {"content": str(number)})).status_code for number in range(6)]
    assert told == answers
    assert len(server.problems) == (0 if member else 1)


async def test_where_the_bot_is_no_member_nothing_can_be_posted(server: DiscordServer, raw: Raw) -> None:
    """Without the token the channel is closed to it."""
    channel = server.channel(server.guild(bot=False))
    answer = await raw("POST", f"/channels/{channel.id}/messages", {"content": "a"})
    assert (answer.status_code, answer.json()["code"]) == (403, 50001)


async def test_an_interaction_s_own_size_limit_counts(server: DiscordServer, raw: Raw) -> None:
    """Its attachment_size_limit, in the first response, follow-ups and edits."""
    server.interactions.size_limit_bytes = MIB
    one = raw.asked()
    await raw.answer(one, 5)
    answer = await raw("PATCH", raw.hook(one, "@original"), {}, [bytes(MIB + 1)])
    await raw.refused(answer, 413, 40005, "1048576 allowed")
    assert (await raw("PATCH", raw.hook(one, "@original"), {}, [PNG])).status_code == 200


async def test_rules_of_messages_count_in_answers_too(server: DiscordServer, raw: Raw) -> None:
    """With the path of the form that they stand in."""
    await raw.refused(await raw.answer(raw.asked(), 4, content="x" * 2001), 400, 50035, "data.content: Must be 2000")


async def test_silence_is_seen_and_on_record(server: DiscordServer, raw: Raw) -> None:
    """Whoever presses a button and gets no answer is shown Discord's own failure."""
    channel = server.channel(guild := server.guild())
    ana = server.person(guild=guild)
    await raw("POST", f"/channels/{channel.id}/messages", {"content": "a", "components": [row(button())]})
    (message,) = channel.messages.values()
    away = await ana.press(message, "again")
    assert (away.failed, server.problems) == ("This interaction failed", [])
    async with session(server) as told:
        pressing = asyncio.create_task(ana.press(message, "again"))
        await told("INTERACTION_CREATE")
        server.clock.move(3.01)
        failed = await pressing
        assert failed.failed == "This interaction failed"
        assert failed.interaction
        assert (await raw.answer(failed.interaction, 6)).json()["code"] == 10062
    silent, late = server.problems
    assert "no first response within 3.0 s to again:0" in silent
    assert "first response after 3.0 s" in late
