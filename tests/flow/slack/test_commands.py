"""/limner: help, settings, styles, the line and one's own pictures, in both languages and after a restart."""

from pathlib import Path
from typing import Any

import pytest

from adapters.slack.settings_panel import MOST
from bot.app import App
from bot.chat.panel import LABELS
from bot.testing import PaperEngine
from tests.helpers.slack_bot import slack_bot
from tests.slack_server import Person, SlackServer
from tests.slack_server.state import Channel, View
from tests.support import until

STYLE = 'title = {{ en = "{0}", zh = "{0}" }}\n[phrases]\nplain = "in the manner of {0}, * and _"\n'
LIMITED: dict[str, Any] = {"policy": {"pictures_per_day": 5}}


async def told(person: Person, text: str, channel: Channel) -> str:
    """What a person alone is answered."""
    seen = await person.command("/limner", text, channel)
    [answer] = await seen.until(lambda sight: [one for one in sight.messages if one.only_for is person.user])
    assert not seen.failed
    return str(answer.blocks)


async def panel(person: Person, channel: Channel) -> View:
    seen = await person.command("/limner", "settings", channel)
    return await seen.until(lambda one: one.modal)  # type: ignore[no-any-return]


def selects(view: View) -> list[str]:
    return [one["accessory"]["action_id"] for one in view.body["blocks"] if "accessory" in one]


async def set_for(app: App, scope: str) -> dict[str, Any]:
    return (await app.service.preferences(scope)).said


async def over(app: App) -> None:
    """Wait until nothing is under way: a picture is seen a moment before that."""

    async def is_over() -> bool:
        return not await app.service.line()

    await until(is_over)


@pytest.mark.parametrize("mode", ["socket", "http"])
async def test_help_and_styles(server: SlackServer, tmp_path: Path, mode: str) -> None:
    """Alone, asked for or misspelt it is help; a style is set by any name, listed and cleared; errors are one line."""
    ana, li, channel = server.person(), server.person("li", locale="zh-CN"), server.channel()
    outside = server.channel("outside", bot=False)
    async with slack_bot(server, tmp_path, own={"mode": mode}) as app:
        english, chinese = await told(ana, "", channel), await told(li, "帮助", outside)
        assert await told(ana, "hlep", channel) == english
        assert "made by AI" in english
        assert "由 AI 生成" in chinese
        for text in (english, chinese):
            assert all(f"`/limner {name}`" in text for name in ("settings", "styles", "queue", "history"))
            assert server.bot.mention in text
            assert "Describe picture" not in text
        assert "\\nink: ink wash painting\\n" in await told(ana, "styles", channel)
        assert "\\nink (水墨): 水墨画\\n" in await told(li, "风格", outside)
        assert "in the style 'ink' from now on" in await told(ana, "styles 水墨", channel)
        assert "Your default style: ink" in await told(ana, "styles", channel)
        for person, words in ((ana, "There is no style 'inkk'. `/limner styles`"), (li, "没有“inkk”这个风格")):
            seen = await person.command("/limner", "styles inkk", channel)
            assert words in await seen.until(lambda one: one.text)
        assert "no default style any more" in await told(ana, "styles none", channel)
        assert await set_for(app, f"user:slack/{ana.id}") == {}
    assert server.problems == []


async def test_the_line_and_calling_off(server: SlackServer, tmp_path: Path) -> None:
    """One sees all requests' number and one's own words; the list's buttons stop them, now and after a restart."""
    ana, li, channel = server.person(), server.person("li", locale="zh-CN"), server.channel()
    engine = PaperEngine()
    async with slack_bot(server, tmp_path, engine=engine):
        assert "Nothing is under way." in await told(ana, "queue", channel)
        engine.going.clear()
        for person, words in ((ana, "a red car"), (ana, "a green car"), (ana, "a blue car"), (li, "秘密的城堡")):
            asked = await person.command("/imagine", words, li.dm() if person is li else channel)
            # Its card may come after the command was taken, and is not to be seen as the answer to a later one.
            await asked.until(lambda one: one.message)
        seen = await ana.command("/limner", "queue", channel)
        await seen.until(lambda one: one.text.startswith("Requests under way in all: 4\nYours: 3\n1. a "))
        assert "秘密" not in seen.text
        assert seen.message
        assert seen.message.labels == ["Cancel 1", "Cancel 2", "Cancel 3"]
        theirs = await told(li, "队列", channel)
        assert "正在进行的请求共 4 个\\n其中你的：1 个\\n1. 秘密的城堡: " in theirs
        assert "car" not in theirs
        # Who was understood first is painted first, which need not be who asked first.
        [green] = [line[0] for line in seen.text.splitlines() if "a green car: " in line]
        await ana.press(seen.message, f"Cancel {green}")
        await seen.until(lambda one: "in all: 3\nYours: 2\n" in one.text)
        assert "green" not in seen.text
    async with slack_bot(server, tmp_path) as app:
        await over(app)
        late = await ana.press(seen.message, "Cancel 1")
        await late.until(lambda one: any("over already" in message.text for message in one.messages))
        await seen.until(lambda one: one.text == "Nothing is under way.")
    assert server.problems == []


async def test_the_last_pictures(server: SlackServer, tmp_path: Path) -> None:
    """Each with alt text, its words and where it stands; what was veiled stays so; gone on from anywhere."""
    ana, li, channel = server.person(), server.person("li", locale="zh-CN"), server.channel()
    outside = server.channel("outside", bot=False)
    policy = {"policy": {"rules": {"gore": {"words": ["blood"], "action": "spoiler"}}}}
    async with slack_bot(server, tmp_path, **policy) as app:
        assert "你还没有图片" in await told(li, "历史", channel)
        first = await (await ana.command("/imagine", "a *red* car & <x> --style ink --seed 7", channel)).picture()
        blood = await ana.command("/imagine", "blood on snow", channel)
        await blood.until(lambda one: one.message and "Show the picture" in one.message.labels)
        gone = await (await ana.command("/imagine", "a bad car", channel)).picture()
        await ana.press(gone, "Delete")
        await (await li.command("/imagine", "a foreign car", channel)).picture()
        await over(app)
        seen = await ana.command("/limner", "history", outside)
        shown = await seen.picture()
        assert shown.only_for is ana.user
        _, hidden, red, row = shown.blocks
        assert "2. a ∗red∗ car &amp; &lt;x&gt; · style ink · seed 7 · <https://studio.slack.com/" in red["text"]["text"]
        assert f"p{first.ts.replace('.', '')}|show>" in red["text"]["text"]
        assert red["accessory"]["alt_text"].startswith("Picture made by AI: a red car")
        assert "blood on snow" in hidden["text"]["text"]
        veil = await ana.press(shown, hidden["accessory"]["action_id"])
        await veil.until(lambda one: one.modal and one.modal.body["blocks"][0]["type"] == "image")
        assert len(row["elements"]) == 2
    async with slack_bot(server, tmp_path) as app:
        pressed = await ana.press(shown, "Vary 2")
        await pressed.until(lambda one: any("direct messages" in message.text for message in one.messages))
        [varied] = await server.until(lambda: [one for one in ana.sees(ana.dm()) if one.pictures])
        assert "a red car" in varied.text
        await over(app)
    assert server.problems == []


async def test_settings_of_a_person(server: SlackServer, tmp_path: Path) -> None:
    """Selects set and clear, after a restart too; a model is offered only where there is a choice."""
    ana, channel = server.person(), server.channel()
    async with slack_bot(server, tmp_path, **LIMITED):
        view = await panel(ana, channel)
        mine = [name for name in LABELS if name not in ("answers", "model")]
        assert selects(view) == [f"set:user:{name}" for name in mine]
        assert "5 of 5 pictures left" in str(view.body)
        await ana.press(view, "Style", "ink")
        await server.until(lambda: "Saved." in str(view.body))
    async with slack_bot(server, tmp_path, models={"other": {}}) as app:
        for name, value, said in (("Size", "3:2", "Size"), ("Language", "zh", "已保存"), ("风格", "default", "已保存")):
            before = view.hash
            await ana.press(view, name, value)
            await server.until(lambda before=before: view.hash != before)
            assert said in str(view.body)
        assert await set_for(app, f"user:slack/{ana.id}") == {"aspect": "3:2", "language": "zh"}
        assert "set:user:model" in selects(view)
        await ana.press(view, "模型", "other")
        await server.until(lambda: view.element("模型")[1]["initial_option"]["value"] == "other")
        await ana.press(view, "可见范围", "private")
        await server.until(lambda: view.element("可见范围")[1]["initial_option"]["value"] == "private")
        await (await ana.command("/imagine", "一辆红色的车", channel)).until(
            lambda one: any(message.channel is ana.dm() and message.pictures for message in one.messages)
        )
    assert server.problems == []


async def test_settings_of_a_place_are_its_admins(server: SlackServer, tmp_path: Path) -> None:
    """Admins set what holds for channel and workspace, and switch Limner off there; others see it, and are told why."""
    ana, boss, channel = server.person(), server.person("boss"), server.channel()
    boss.user.admin = True
    async with slack_bot(server, tmp_path) as app:
        view = await panel(boss, channel)
        await boss.press(view, "This workspace")
        await server.until(lambda: "set:team:style" in selects(view))
        await boss.press(view, "Style", "oil")
        await server.until(lambda: "Saved." in str(view.body))
        await boss.press(view, "This channel")
        await server.until(lambda: "set:channel:answers" in selects(view))
        await boss.press(view, "Answers", "off")
        await server.until(lambda: "Saved." in str(view.body))
        assert await set_for(app, f"team:slack/{server.world.team}") == {"style": "oil"}
        assert await set_for(app, f"channel:slack/{channel.id}") == {"answers": "off"}
        assert "switched off in this channel" in (await ana.command("/imagine", "a red car", channel)).text
        theirs = await panel(ana, channel)
        await ana.press(theirs, "This channel")
        await server.until(lambda: "Limner is off here" in str(theirs.body))
        assert "set by the workspace's admins" in str(theirs.body)
        assert selects(theirs) == []
        boss.user.admin = False
    async with slack_bot(server, tmp_path) as app:
        await boss.press(view, "Answers", "on")
        await server.until(lambda: "set by the workspace's admins" in str(view.body))
        assert await set_for(app, f"channel:slack/{channel.id}") == {"answers": "off"}
        alone = await panel(ana, ana.dm())
        assert [part["text"]["text"] for part in alone.body["blocks"][0]["elements"]] == [
            "Your settings",
            "This workspace",
        ]
    assert server.problems == []


async def test_many_styles_fit(server: SlackServer, tmp_path: Path) -> None:
    """More styles than a select has room for: each is set by its name, and what is set is shown."""
    folder = tmp_path / "styles"
    folder.mkdir()
    for number in range(120):
        name = f"{number:03}".ljust(60, "x")
        (folder / f"{name}.toml").write_text(STYLE.format(name), encoding="utf-8")
    ana, channel = server.person(), server.channel()
    async with slack_bot(server, tmp_path, style_folders=[folder]):
        assert "more" in await told(ana, "styles", channel)
        assert name in await told(ana, f"styles {name}", channel)
        view = await panel(ana, channel)
        style = view.element("Style")[1]
        assert style["initial_option"]["value"] == name
        assert MOST < len(style["options"]) <= 100
    assert server.problems == []
