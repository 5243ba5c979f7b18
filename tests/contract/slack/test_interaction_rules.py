"""trigger_id, response_url, forms and acknowledgements: how long, how often, and what a person is shown."""

import pytest

from tests.contract.slack.clients import Raw, actions, bolt, button, by_http, by_socket, field, modal, plain, select
from tests.slack_server import SlackServer


async def test_a_trigger_id_works_once_for_three_seconds(server: SlackServer, raw: Raw) -> None:
    """Later, again, or made up: refused."""
    ana = server.person().user
    first, second = (server.interactions.begin(ana).trigger_id for _ in range(2))
    await raw.good("views.open", trigger_id=first, view=modal())
    await raw.refused("exchanged_trigger_id", "second time", "views.open", trigger_id=first, view=modal())
    server.clock.move(3.1)
    await raw.refused("expired_trigger_id", "after 3.0 s", "views.open", trigger_id=second, view=modal())
    await raw.refused("invalid_trigger_id", "never was", "views.open", trigger_id="1.2.3", view=modal())


async def test_a_response_url_works_five_times_in_half_an_hour(server: SlackServer, raw: Raw) -> None:
    """The sixth use and a late one are refused; a fault before its effect uses nothing up."""
    ana, channel = server.person(), server.channel(bot=False)
    one = server.interactions.begin(ana.user, channel=channel)
    server.faults.fails("response_url", 500)
    codes = [
        (await raw.http.post(server.interactions.url(one), json={"text": str(number)})).status_code
        for number in range(7)
    ]
    assert codes == [500, 200, 200, 200, 200, 200, 404]
    assert [record.error for record in server.requests][-1] == "used_url"
    server.clock.move(1801)
    other = server.interactions.begin(ana.user, channel=channel)
    server.clock.move(1801)
    assert (await raw.http.post(server.interactions.url(other), json={"text": "a"})).json()["error"] == "expired_url"
    assert ["over 5 times" in server.problems[0], "after 30 minutes" in server.problems[1]] == [True, True]


async def test_a_message_that_was_pressed_can_be_replaced(server: SlackServer, raw: Raw) -> None:
    """By response_url also an ephemeral one; or it is deleted."""
    ana, channel = server.person(), server.channel()
    body = {"channel": channel.id, "user": ana.id, "text": "a", "blocks": [actions(button())]}
    made = channel.messages[(await raw.good("chat.postEphemeral", **body))["message_ts"]]
    one = server.interactions.begin(ana.user, channel=channel, message=made)
    url = server.interactions.url(one)
    await raw.http.post(url, json={"text": "b", "replace_original": True})
    assert [each.text for each in ana.sees(channel)] == ["b"]
    await raw.http.post(url, json={"delete_original": True})
    assert ana.sees(channel) == []


async def test_a_form_is_filled_in_as_slack_does(server: SlackServer, raw: Raw) -> None:
    """What must be filled in is; a text has its length; a choice is among the options."""
    ana, channel = server.person(), server.channel()
    app = bolt(server)
    sent = []

    @app.view("edit")
    async def edited(ack, view) -> None:  # type: ignore[no-untyped-def]
        sent.append(view["state"]["values"])
        if len(sent) == 1:
            await ack(response_action="errors", errors={"prompt": "too short"})
        else:
            await ack(response_action="update", view=modal(title=plain("Thanks")))

    style = {"type": "input", "label": plain("Style"), "element": select(), "optional": True}
    view = modal(field(max_length=10), field("Seed", initial_value="7"), style)
    trigger_id = server.interactions.begin(ana.user, channel=channel).trigger_id
    await raw.good("views.open", trigger_id=trigger_id, view=view)
    for wrong, error in (
        ({}, ValueError),
        ({"prompt": "x" * 11}, ValueError),
        ({"prompt": "a", "Size": "1"}, LookupError),
    ):
        with pytest.raises(error):
            await ana.submit(ana.modal, **wrong)
    with pytest.raises(LookupError):
        await ana.submit(ana.modal, Prompt="a cat", Style="fog")
    async with by_socket(server, app):
        seen = await ana.submit(ana.modal, Prompt="a cat", Style="ink")
        again = await ana.submit(ana.modal)
    assert [values["text"]["value"] for values in (sent[0]["prompt"], sent[0]["seed"])] == ["a cat", "7"]
    assert sent[0]["b2"]["style"]["selected_option"]["value"] == "ink"
    assert (seen.errors, again.errors, server.problems) == ({"prompt": "too short"}, {}, [])
    assert again.modal is ana.modal
    assert ana.modal
    assert ana.modal.body["title"]["text"] == "Thanks"


async def test_views_are_stacked_and_updated(server: SlackServer, raw: Raw) -> None:
    """Three at most; an update with an old hash, or of a view that was closed, is refused."""
    ana = server.person()

    def trigger() -> str:
        return server.interactions.begin(ana.user, view=ana.modal).trigger_id

    first = (await raw.good("views.open", trigger_id=trigger(), view=modal()))["view"]
    updated = await raw.good("views.update", view_id=first["id"], hash=first["hash"], view=modal())
    assert updated["view"]["hash"] != first["hash"]
    again = await raw("views.update", view_id=first["id"], hash=first["hash"], view=modal())
    assert again["error"] == "hash_conflict"
    for _ in range(2):
        await raw.good("views.push", trigger_id=trigger(), view=modal())
    await raw.refused("push_limit_reached", "over 3", "views.push", trigger_id=trigger(), view=modal())
    top = ana.modal
    await ana.close(top)
    assert (await raw("views.update", view_id=top.id, view=modal()))["error"] == "not_found"  # type: ignore[union-attr]
    assert ana.modal
    assert ana.modal.depth == 2


@pytest.mark.parametrize("how", ["late", "silent", "fails"])
@pytest.mark.parametrize("way", [by_socket, by_http])
async def test_who_does_not_acknowledge_in_time(server: SlackServer, how: str, way: object) -> None:
    """The person is shown a failure, and the broken rule is on record."""
    app, ana, channel = bolt(server), server.person(), server.channel()

    @app.command("/imagine")
    async def imagine(ack) -> None:  # type: ignore[no-untyped-def]
        if how == "late":
            server.clock.move(3.1)
        elif how == "fails":
            raise ConnectionError

    server.deliveries.deadline_s = 3.0 if how == "late" else 0.3
    async with way(server, app):  # type: ignore[operator]
        seen = await ana.command("/imagine", "a cat", channel)
    assert seen.failed in ("operation_timeout", "app_error")
    assert ["/imagine" in one for one in server.problems] == [True]


async def test_a_command_while_nobody_is_there(server: SlackServer) -> None:
    """It fails at once, and that is nobody's broken rule."""
    seen = await server.person().command("/imagine", "a cat")
    assert (seen.failed, server.problems) == ("dispatch_failed", [])


async def test_only_what_the_manifest_names(server: SlackServer, raw: Raw) -> None:
    """Commands, shortcuts and events that it doesn't name don't come, and its scopes are the token's."""
    server.install(
        {
            "features": {"slash_commands": [{"command": "/imagine"}], "agent_view": {}},
            "oauth_config": {"scopes": {"bot": ["commands", "chat:write", "im:history"]}},
            "settings": {"event_subscriptions": {"bot_events": ["message.im", "message.channels"]}},
        }
    )
    ana, channel = server.person(), server.channel()
    with pytest.raises(LookupError):
        await ana.command("/limner", "", channel)
    with pytest.raises(LookupError):
        await ana.shortcut("make")
    await ana.mention(channel, "a cat")
    await ana.say(ana.dm(), "a cat")
    assert [one.payload["event"]["channel"] for one in server.deliveries.all] == [ana.dm().id]
    await raw.refused("missing_scope", "files:write", "files.getUploadURLExternal", filename="a.png", length=1)


async def test_a_code_is_worth_one_token(server: SlackServer, raw: Raw) -> None:
    """With the app's secret; a second time or with another secret it is refused."""
    code, app = server.code(server.person()), {"client_id": server.client_id, "client_secret": server.client_secret}
    given = {**app, "code": code}
    await raw.refused("bad_client_secret", "client_secret", "oauth.v2.access", **{**given, "client_secret": "no"})
    answer = await raw.good("oauth.v2.access", **given)
    assert (answer["access_token"], answer["bot_user_id"]) == (server.token, server.bot.id)
    assert (await raw("oauth.v2.access", **given))["error"] == "invalid_code"
