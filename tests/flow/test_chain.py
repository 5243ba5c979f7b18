"""The whole chain on real parts: settings, plugins, director, imagine tool, engine, gallery, platform."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from bot import LimnerError, Message, Picture, Wishes
from bot.app import App, open_app, working
from bot.errors import PluginError, SettingsError, StoreError
from bot.jobs import FINAL, Job, State
from bot.settings import Settings
from bot.testing import PaperPlatform, ScriptedModel, calls
from tests.support import message, until


@dataclass
class Chain:
    """An open app and the platform it answers on."""

    app: App
    platform: PaperPlatform

    async def ask(self, said: Message | str, **more: Any) -> tuple[Job, list[Picture]]:
        """Say something and wait until it is answered; the job and its pictures."""
        job_id = await self.app.inbox.accept(message(said, **more) if isinstance(said, str) else said)

        async def over() -> bool:
            found = await self.app.inbox.get(job_id)
            return found is not None and found.state in FINAL

        await until(over)
        job = await self.app.inbox.get(job_id)
        assert job is not None
        assert self.platform.keys().count(job_id) == 1
        return job, await self.app.gallery.of_job(job_id)


def settings(folder: Path, **more: Any) -> Settings:
    return Settings(**({"home": folder / "home", "engine": "paper"} | more))


@asynccontextmanager
async def chain(folder: Path, **more: Any) -> AsyncIterator[Chain]:
    platform = PaperPlatform(folder / "platform")
    async with open_app(settings(folder, **more), {"paper": platform}) as app, working(app):
        yield Chain(app, platform)


@pytest.mark.parametrize(
    ("words", "subject", "colour"),
    [
        ("hey, could you draw a red car on a beach at sunset?", "car", "red"),
        ("画一只蓝色的猫", "cat", "blue"),
    ],
    ids=["english", "chinese"],
)
async def test_words_become_a_picture(tmp_path: Path, words: str, subject: str, colour: str) -> None:
    """A wish in English or Chinese is understood, painted, kept with its lineage, and posted once."""
    async with chain(tmp_path) as one:
        job, [picture] = await one.ask(words)
        assert job.state is State.POSTED
        assert picture.plan.request == words
        [meant] = picture.plan.brief.subjects
        assert (meant.name, meant.colour) == (subject, colour)
        assert colour in picture.plan.prompt
        image = Image.open(picture.path)
        image.load()
        assert image.text["parameters"].startswith(picture.plan.prompt)  # type: ignore[attr-defined]
        [post] = one.platform.posts()
        assert (post["outcome"], post["pictures"]) == ("done", [picture.sha256])


@pytest.mark.parametrize(
    ("first", "then", "colour"),
    [("a red car", "make it blue", "blue"), ("画一辆红色的汽车", "改成蓝色的", "blue")],
    ids=["english", "chinese"],
)
async def test_a_follow_up_changes_the_last_picture(tmp_path: Path, first: str, then: str, colour: str) -> None:
    """A follow-up keeps subject and seed, changes what was said, and knows its parent."""
    async with chain(tmp_path) as one:
        _, [before] = await one.ask(first)
        _, [after] = await one.ask(then)
        assert after.plan.parent == before.id
        assert [(s.name, s.colour) for s in after.plan.brief.subjects] == [("car", colour)]
        assert after.plan.seed == before.plan.seed


async def test_another_one_is_another_picture(tmp_path: Path) -> None:
    """'再来一张' paints the same wish with another seed."""
    async with chain(tmp_path) as one:
        _, [before] = await one.ask("画一只红色的猫")
        _, [after] = await one.ask("再来一张")
        assert after.plan.brief.subjects == before.plan.brief.subjects
        assert after.plan.seed != before.plan.seed


async def test_a_follow_up_goes_on_after_a_restart(tmp_path: Path) -> None:
    """The conversation is remembered by the next process."""
    async with chain(tmp_path) as one:
        _, [before] = await one.ask("a red car")
    async with chain(tmp_path) as two:
        _, [after] = await two.ask("make it blue")
        assert after.plan.parent == before.id


async def test_two_people_in_one_place_do_not_mix(tmp_path: Path) -> None:
    """A follow-up means one's own last picture, not the other's that came between."""
    async with chain(tmp_path) as one:
        _, [mine] = await one.ask("a red car", user="ana")
        await one.ask("a green dog", user="bob")
        _, [after] = await one.ask("make it blue", user="ana")
        assert after.plan.parent == mine.id


async def test_what_was_set_by_hand_wins(tmp_path: Path) -> None:
    """Size, count, seed, steps and guidance that were set by hand are painted with."""
    wishes = Wishes(width_px=128, height_px=64, count=2, seed=5, steps=3, guidance_scale=2.0)
    async with chain(tmp_path) as one:
        job, pictures = await one.ask("a red car", wishes=wishes)
        assert job.state is State.POSTED
        plans = [picture.plan for picture in pictures]
        assert [(p.width_px, p.height_px, p.seed, p.steps, p.guidance_scale) for p in plans] == [
            (128, 64, 5, 3, 2.0),
            (128, 64, 6, 3, 2.0),
        ]


@pytest.mark.parametrize(
    ("wishes", "said"),
    [
        (Wishes(count=5), "The count 5 is out of range"),
        (Wishes(width_px=0, height_px=0), "A width of 0 px can't be painted"),
        (Wishes(width_px=10**9, height_px=64), "A width of 1000000000 px can't be painted"),
        (Wishes(style="nonsense"), "There is no style 'nonsense'"),
    ],
)
async def test_what_cannot_be_done_is_said(tmp_path: Path, wishes: Wishes, said: str) -> None:
    """A wish out of range ends with one line that names it, no picture, and a whole next turn."""
    async with chain(tmp_path) as one:
        job, pictures = await one.ask("a red car", wishes=wishes)
        assert pictures == []
        assert said in job.text
        assert "\n" not in job.text
        assert one.platform.posts()[-1]["text"] == job.text
        _, painted = await one.ask("a red car")
        assert len(painted) == 1


async def test_a_platform_that_was_down_gets_everything_once(tmp_path: Path) -> None:
    """What was accepted while the platform was down is posted once when a later process finds it up."""
    async with chain(tmp_path) as one:
        one.platform.down.touch()
        ids = [await one.app.inbox.accept(message("a red car", user=user, channel=user)) for user in ("ana", "bob")]

        async def tried() -> bool:
            return all(job.tries for job in await one.app.inbox.line())

        await until(tried)
        assert one.platform.posts() == []
    async with chain(tmp_path) as two:
        two.platform.down.unlink()

        async def over() -> bool:
            return await two.app.inbox.line() == []

        await until(over)
        assert sorted(two.platform.keys()) == sorted(ids)
        assert [len(post["pictures"]) for post in two.platform.posts()] == [1, 1]


async def test_the_disk_says_no(tmp_path: Path) -> None:
    """A gallery that can't be written ends the job with words, and the next one is painted when it can be again."""
    async with chain(tmp_path) as one:
        (tmp_path / "home" / "gallery").write_text("in the way")
        job, pictures = await one.ask("a red car")
        assert (job.state, pictures) == (State.FAILED, [])
        assert "can't be written" in job.text
        (tmp_path / "home" / "gallery").unlink()
        job, pictures = await one.ask("a red car")
        assert (job.state, len(pictures)) == (State.POSTED, 1)


@pytest.mark.parametrize(
    ("wrong", "error", "said"),
    [
        ({"engine": "nonsense"}, PluginError, "There is no plugin 'nonsense' among engines"),
        ({"tools": {"nonsense": {}}}, PluginError, "There is no plugin 'nonsense' among tools"),
        ({"tools": {"imagine": {"colour": 1}}}, SettingsError, "There is no setting 'tools.imagine.colour'"),
        ({"engines": {"paper": {"step_s": "x"}}}, SettingsError, "engines.paper.step_s"),
        ({"llm": "nonsense"}, SettingsError, "Setting 'llm' = 'nonsense' names no LLM"),
        ({"llm": "openai:m"}, SettingsError, "needs a key"),
        ({"database": "nonsense"}, StoreError, "is not a URL"),
    ],
)
async def test_wrong_settings_stop_the_start(
    tmp_path: Path, wrong: dict[str, Any], error: type[LimnerError], said: str
) -> None:
    """A setting that can't be heeded stops the start with one line."""
    with pytest.raises(error) as raised:
        async with chain(tmp_path, **wrong):
            pass
    assert said in str(raised.value)
    assert "\n" not in str(raised.value)


async def test_what_stops_an_adapter_stops_the_app_as_itself(tmp_path: Path) -> None:
    """An adapter that can't go on ends `working` with its own error, not with a group of errors."""

    class Broken(PaperPlatform):
        async def run(self, inbox: Any) -> None:
            raise SettingsError("The token is wrong", "Set another.", "adapters.paper.token")

    async with open_app(settings(tmp_path), {"paper": Broken(tmp_path / "platform")}) as app:
        with pytest.raises(SettingsError, match="The token is wrong"):
            async with working(app):
                await app.inbox.changed.wait()
                await until(lambda: False)


async def test_an_error_of_the_block_comes_out_as_itself(tmp_path: Path) -> None:
    """What goes wrong inside the block that `working` runs beside is not wrapped."""
    with pytest.raises(ZeroDivisionError):
        async with chain(tmp_path):
            raise ZeroDivisionError


async def test_words_as_they_are_ask_no_llm(tmp_path: Path) -> None:
    """Whoever wants their very words painted gets that, even where the director would only have said hello."""
    llm = ScriptedModel(script=[AssertionError("the LLM was asked")])
    platform = PaperPlatform(tmp_path / "platform")
    async with open_app(settings(tmp_path), {"paper": platform}, llm=llm) as app, working(app):
        _, [picture] = await Chain(app, platform).ask("hello", wishes=Wishes(as_is=True))
    assert picture.plan.prompt == "hello"
    assert llm.asked == []


async def test_an_llm_is_told_of_a_command_that_means_a_picture(tmp_path: Path) -> None:
    """The instructions name the command, and only where there was one."""
    llm = ScriptedModel(script=[calls("imagine", prompt="a cat", subjects=[{"name": "cat", "count": 1}])])
    platform = PaperPlatform(tmp_path / "platform")
    async with open_app(settings(tmp_path), {"paper": platform}, llm=llm) as app, working(app):
        one = Chain(app, platform)
        await one.ask("cat", wants_picture=True)
        await one.ask("cat", wants_picture=False)
    told = ["can only mean a picture" in asked[0].text for asked in llm.asked]
    assert told == [True, False]
