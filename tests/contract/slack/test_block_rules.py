"""Block Kit's limits: one over each is refused and put on record, one at it is taken."""

from typing import Any

import pytest

from tests.contract.slack.clients import Raw, actions, button, field, image, modal, plain, section, select
from tests.slack_server import SlackServer

Json = dict[str, Any]


def over(count: int) -> str:
    return "x" * count


def limits(extra: int) -> list[tuple[str, list[Json]]]:
    """Blocks at each limit, or over it by `extra`."""
    option = {"text": plain(over(75 + extra)), "value": "a"}
    buttons = [button(action_id=f"a{number}") for number in range(25 + extra)]
    return [
        ("no more than 50", [{"type": "divider"}] * (50 + extra)),
        ("1 to 3000", [section(over(3000 + extra))]),
        ("1 to 25 items", [actions(*buttons)]),
        ("1 to 10 items", [{"type": "context", "elements": [plain("a")] * (10 + extra)}]),
        ("1 to 75", [actions(button(over(75 + extra)))]),
        ("1 to 2000", [actions(button(value=over(2000 + extra)))]),
        ("1 to 255", [actions(button(action_id=over(255 + extra)))]),
        ("1 to 2000", [image(alt_text=over(2000 + extra))]),
        ("1 to 150", [{"type": "header", "text": plain(over(150 + extra))}]),
        ("1 to 75", [actions(select(options=[option]))]),
        ("1 to 150", [section(accessory=select(placeholder=plain(over(150 + extra))))]),
        ("no more than 10", [{"type": "section", "fields": [plain("a")] * (10 + extra)}]),
        ("1 to 255", [section(block_id=over(255 + extra))]),
        ("1 to 30", [actions(button(confirm={"confirm": plain(over(30 + extra))}))]),
    ]


@pytest.mark.parametrize("number", range(len(limits(0))), ids=lambda number: limits(0)[number][0])
async def test_each_limit(server: SlackServer, raw: Raw, number: int) -> None:
    """What is as long as allowed is taken; one more is refused with its place named."""
    where = {"channel": server.channel().id, "text": "a cat"}
    await raw.good("chat.postMessage", blocks=limits(0)[number][1], **where)
    words, blocks = limits(1)[number]
    answer = await raw.refused("invalid_blocks", words, "chat.postMessage", blocks=blocks, **where)
    assert "json-pointer:/blocks" in answer["response_metadata"]["messages"][0]


@pytest.mark.parametrize(
    ("words", "block"),
    [
        ("alt_text: missing", {"type": "image", "image_url": "https://example.org/cat.png"}),
        ("either image_url or slack_file", image(slack_file={"id": "F1"})),
        ("invalid slack file", {"type": "image", "slack_file": {"id": "F1"}, "alt_text": "a"}),
        ("action_id must be unique", actions(button(), button("Other"))),
        ("unsupported type", {"type": "picture"}),
        ("unsupported element", actions({"type": "slider"})),
        ("must be a plain_text", {"type": "header", "text": {"type": "mrkdwn", "text": "a"}}),
        ("must be a string", actions(button(value=1))),
        ("primary or danger", actions(button(style="blue"))),
        ("among the options", actions(select(initial_option={"text": plain("fog"), "value": "fog"}))),
        ("needs text or fields", {"type": "section"}),
    ],
)
async def test_what_no_block_may_be(server: SlackServer, raw: Raw, words: str, block: Json) -> None:
    """Missing alt text, doubled ids, unknown kinds and more are refused."""
    channel = server.channel().id
    await raw.refused("invalid_blocks", words, "chat.postMessage", channel=channel, text="a", blocks=[block])


async def test_ids_of_blocks_differ_and_texts_have_an_end(server: SlackServer, raw: Raw) -> None:
    """Two blocks of one id, and texts of over 13,000 characters in all, are refused."""
    where = {"channel": server.channel().id, "text": "a"}
    twice = [section(block_id="a"), section(block_id="a")]
    await raw.refused("invalid_blocks", "block_id must be unique", "chat.postMessage", blocks=twice, **where)
    long = [section(over(2700))] * 5
    await raw.refused("msg_blocks_too_long", "13000", "chat.postMessage", blocks=long, **where)


def views(extra: int) -> list[tuple[str, Json]]:
    return [
        ("1 to 24", {"title": plain(over(24 + extra))}),
        ("0 to 3000", {"private_metadata": over(3000 + extra)}),
        ("0 to 255", {"callback_id": over(255 + extra)}),
        ("1 to 24", {"submit": plain(over(24 + extra))}),
        ("no more than 100", {"blocks": [{"type": "divider"}] * (100 + extra)}),
    ]


@pytest.mark.parametrize("number", range(len(views(0))), ids=lambda number: str(list(views(0)[number][1])))
async def test_each_limit_of_a_modal(server: SlackServer, raw: Raw, number: int) -> None:
    """As for blocks."""
    for extra in (1, 0):
        trigger_id = server.interactions.begin(server.person().user).trigger_id
        words, wrong = views(extra)[number]
        if extra:
            view = modal(**wrong)
            await raw.refused("invalid_arguments", words, "views.open", trigger_id=trigger_id, view=view)
        else:
            await raw.good("views.open", trigger_id=trigger_id, view=modal(**wrong))


async def test_a_modal_with_fields_can_be_sent(server: SlackServer, raw: Raw) -> None:
    """One with an input and no submit is refused; a Home tab is no modal."""
    trigger_id = server.interactions.begin(server.person().user).trigger_id
    view = modal(field(), submit=None)
    await raw.refused("invalid_arguments", "needs submit", "views.open", trigger_id=trigger_id, view=view)
    home = {"type": "home", "blocks": [section()]}
    await raw.refused("invalid_arguments", "must be modal", "views.open", trigger_id=trigger_id, view=home)
