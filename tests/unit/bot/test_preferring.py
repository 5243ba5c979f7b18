"""Preferences: set by scope, checked, merged with the nearest scope first, and explained."""

import math
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot import ModelCard, RequestError
from bot.errors import ModelUnavailable
from bot.learning import Learning
from bot.preferences import UNSET, Preferences
from bot.preferring import Preferring
from bot.store import open_store, pack, unpack
from bot.style import Library, load_library
from bot.testing import CARD
from tests.support import database, message, rig

ON = Preferences(rewriting="on")
MINE, HERE, OURS = "user:paper/ana", "channel:paper/studio", "team:paper/guild"


async def describe(model: str) -> ModelCard:
    if model == "gone":
        raise ModelUnavailable("There is no model 'gone'", "Choose another one.", model)
    return CARD


@asynccontextmanager
async def preferring(
    folder: Path, library: Library | None = None, settings: Preferences = ON
) -> AsyncIterator[Preferring]:
    library = library or load_library()
    async with open_store(database(folder)) as store:
        yield Preferring(store, library, describe, Learning(store, library), settings)


def test_the_nearest_scope_wins_field_by_field() -> None:
    """What one scope says hides what those behind it say, and their reason for it with it."""
    near = Preferences(style="ink", steps=1.1, notes={"style": "near"}, sources={"style": "user"})
    far = Preferences(style="oil", aspect="3:2", notes={"style": "far", "aspect": "wide"}, sources={"aspect": "team"})
    both = near.over(far)
    assert both.said == {"style": "ink", "aspect": "3:2", "steps": 1.1}
    assert both.notes == {"style": "near", "aspect": "wide"}
    assert both.sources == {"style": "user", "aspect": "team"}
    assert UNSET.over(both) == both == both.over(UNSET)
    assert unpack(Preferences, pack(both)) == both


async def test_what_is_set_is_kept_until_it_is_cleared(tmp_path: Path) -> None:
    """A scope's preferences are set all at once, outlive the process, and an empty field clears what was set."""
    async with preferring(tmp_path) as first:
        wanted = Preferences("ask", "油画", " 3:2 ", "sketch", "zh", 4, 0, 0.75, notes={"style": "no"})
        kept = await first.set(MINE, wanted)
        assert kept == Preferences("ask", "oil", "3:2", "sketch", "zh", 4, 0, 0.75)
    async with preferring(tmp_path) as second:
        assert await second.get(MINE) == kept
        assert await second.get(HERE) == UNSET
        await second.set(MINE, Preferences(style="ink"))
        assert (await second.get(MINE)).said == {"style": "ink"}
        await second.set(MINE, UNSET)
        assert await second.get(MINE) == UNSET


@pytest.mark.parametrize(
    ("wrong", "line"),
    [
        (Preferences(rewriting="perhaps"), "There is no rewriting 'perhaps'. Choose one of: on, off, ask."),
        (Preferences(language="fr"), "There is no language 'fr'. Choose one of: en, zh."),
        (Preferences(style="waterclor"), "There is no style 'waterclor'. Did you mean 'watercolour'?"),
        (Preferences(aspect="9:1"), "The aspect '9:1' can't be painted. Say it like 3:2, from 1:4 to 4:1."),
        (Preferences(aspect="wide"), "The aspect 'wide' can't be painted. Say it like 3:2, from 1:4 to 4:1."),
        (Preferences(model="gone"), "There is no model 'gone'. Choose another one."),
        (Preferences(best_of=9), "The best_of 9 is out of range. Choose 1 to 8."),
        (Preferences(revisions=-2), "The revisions -2 is out of range. Choose 0 to 2."),
        (Preferences(steps=1.3), "The steps 1.3 is out of range. Choose 0.75 to 1.25."),
        (Preferences(steps=math.nan), "The steps nan is out of range. Choose 0.75 to 1.25."),
    ],
)
async def test_what_there_is_not_is_refused_in_one_line(tmp_path: Path, wrong: Preferences, line: str) -> None:
    """A value that is none says what there is, and what was set stays."""
    async with preferring(tmp_path) as one:
        await one.set(MINE, Preferences(style="ink"))
        with pytest.raises(RequestError) as refused:
            await one.set(MINE, wrong)
        assert str(refused.value) == line
        assert (await one.get(MINE)).said == {"style": "ink"}


@pytest.mark.parametrize("scope", ["", "ana", "user:ana", "user:/ana", "user:paper/", "group:paper/ana", "u" * 600])
async def test_what_is_no_scope_is_refused(tmp_path: Path, scope: str) -> None:
    """A scope names its kind, the adapter and who."""
    async with preferring(tmp_path) as one:
        with pytest.raises(RequestError, match="is no scope"):
            await one.get(scope)
        with pytest.raises(RequestError, match="is no scope"):
            await one.set(scope, ON)


async def test_a_message_gets_what_its_scopes_want_and_why(tmp_path: Path) -> None:
    """User over channel over team over settings; others' scopes don't count; each field has its reason."""
    async with preferring(tmp_path, settings=Preferences(rewriting="off", best_of=3)) as one:
        await one.set(MINE, Preferences(style="ink"))
        await one.set(HERE, Preferences(style="oil", aspect="1:1"))
        await one.set(OURS, Preferences(rewriting="ask", aspect="3:2", steps=1.2))
        await one.set("user:paper/bo", Preferences(aspect="2:3"))
        wanted = await one.wanted(message(team="guild"))
        assert wanted.said == {"rewriting": "ask", "style": "ink", "aspect": "1:1", "best_of": 3, "steps": 1.2}
        assert wanted.sources == {
            "rewriting": "team",
            "style": "user",
            "aspect": "channel",
            "best_of": "settings",
            "steps": "team",
        }
        assert wanted.notes["style"] == 'Style "ink", as your preferences say.'
        assert wanted.notes["aspect"] == "Painted at 1:1, as this channel's preferences say."
        assert wanted.notes["steps"] == "120% of the model's own steps, as this team's preferences say."
        chinese = await one.wanted(message("一只猫", team="guild"))
        assert chinese.notes["style"] == "按你的偏好设置，用“水墨”风格。"
        await one.set(MINE, Preferences(style="ink", language="zh"))
        assert (await one.wanted(message(team="guild"))).notes["style"] == chinese.notes["style"]
        elsewhere = await one.wanted(message(user="cy", channel="hall"))
        assert elsewhere.said == {"rewriting": "off", "best_of": 3}
        assert elsewhere.notes["rewriting"] == "Painted from the words as they are, as Limner's settings say."


async def test_asking_first_can_be_wished_for_one_message(tmp_path: Path) -> None:
    """`Wishes.ask` wins over what any scope says about rewriting; rewriting as ever needs no sentence."""
    async with preferring(tmp_path) as one:
        await one.set(MINE, Preferences(rewriting="off"))
        said = message()
        asking = await one.wanted(message(wishes=type(said.wishes)(ask=True)))
        assert (asking.rewriting, asking.sources["rewriting"]) == ("ask", "asker")
        assert asking.notes == {"rewriting": "The prompt was shown first, as you asked."}
        assert (await one.wanted(message(user="bo"))).notes == {}


async def test_a_style_that_is_gone_is_wanted_no_more(tmp_path: Path) -> None:
    """Taking a style's file away stops nobody's pictures; the rest of what they set stays."""
    async with preferring(tmp_path) as one:
        await one.set(MINE, Preferences(style="ink", aspect="3:2"))
    async with preferring(tmp_path, Library({}, {})) as later:
        assert (await later.wanted(message())).said == {"rewriting": "on", "aspect": "3:2"}


async def test_an_llm_is_told_which_language_to_answer_in(tmp_path: Path) -> None:
    """Whoever set a language is answered in it, and nobody else."""
    async with rig(tmp_path) as one:
        library = Library({}, {})
        await Preferring(one.store, library, describe, Learning(one.store, library), ON).set(
            MINE, Preferences(language="zh")
        )
        for user in ("ana", "bo"):
            await one.assistant.turn(await one.taken(message("what can you do?", user=user, channel=user)))
        rules = [asked[0].text for asked in one.llm.asked]
        assert ["answers in Chinese" in told for told in rules] == [True, False]
