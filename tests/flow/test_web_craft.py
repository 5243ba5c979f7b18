"""Craft over HTTP: proposals to say yes to, preferences, what use teaches, the choice among candidates, findings."""

from pathlib import Path

import pytest

from bot.style import GROUPS
from bot.testing import ScriptedModel, calls
from tests.helpers.web import KEY, OTHER_KEY, chat

WORDS = "hey, could you draw a shiny red car"
UNSET = dict.fromkeys(["rewriting", "style", "aspect", "model", "language", "best_of", "revisions", "steps"])


@pytest.mark.parametrize("kind", ["use", "own_words", "prompt"])
async def test_a_proposal_is_painted_when_its_asker_says_so(tmp_path: Path, kind: str) -> None:
    """Ask first paints nothing; each button makes a message that paints what it says, also from another process."""
    async with chat(tmp_path) as one:
        script = await one.client(KEY)
        asked = await script.asked(WORDS, wishes={"ask": True, "seed": 7})
        assert asked["reply"]["pictures"] == []
        [proposal] = asked["reply"]["proposals"]
        assert [action["kind"] for action in proposal["actions"]] == ["use", "own_words", "prompt"]
        assert (proposal["request"], proposal["seed"]) == (WORDS, 7)
        [car] = proposal["brief"]["subjects"]
        assert (car["name"], car["count"], car["colour"], car["attributes"]) == ("car", 1, "red", ["shiny"])
    async with chat(tmp_path) as one:
        script = await one.client(KEY)
        own = {"prompt": "a green car"} if kind == "prompt" else {}
        pressed = await script.post(f"/messages/{asked['id']}/proposals/{proposal['id']}/{kind}", **own)
        assert (pressed["action"], pressed["reply_to"]) == (kind, proposal["id"])
        [picture] = (await script.over(pressed["id"]))["reply"]["pictures"]
        painted = {"use": proposal["prompt"], "own_words": WORDS, "prompt": "a green car"}
        assert (picture["prompt"], picture["seed"]) == (painted[kind], 7)
        assert (await script.get(f"/messages/{asked['id']}"))["reply"]["proposals"] == [proposal]


async def test_only_what_is_proposed_can_be_agreed_to(tmp_path: Path) -> None:
    """Neither somebody else's proposal, nor a picture, nor nothing; a prompt must not be empty."""
    async with chat(tmp_path) as one:
        script, other = await one.client(KEY), await one.client(OTHER_KEY)
        asked = await script.asked(WORDS, wishes={"ask": True})
        [proposal] = asked["reply"]["proposals"]
        [picture] = (await script.asked("a cat", thread="other"))["reply"]["pictures"]
        at = f"/api/v1/messages/{asked['id']}/proposals"
        tries = [
            (other, f"{at}/{proposal['id']}/use", 404, "not_found"),
            (script, f"{at}/{picture['id']}/use", 404, "not_found"),
            (script, f"/api/v1/pictures/{proposal['id']}/actions/again", 404, "not_found"),
            (script, f"{at}/{proposal['id']}/again", 422, "request"),
            (script, f"{at}/{proposal['id']}/prompt", 422, "request"),
        ]
        for who, path, *expected in tries:
            refused = await who.http.post(path, json={})
            assert [refused.status_code, refused.json()["error"]["code"]] == expected, path


async def test_preferences_are_ones_own(tmp_path: Path) -> None:
    """They are set all at once, count for the next message, for nobody else, and after a restart."""
    async with chat(tmp_path) as one:
        script, other = await one.client(KEY), await one.client(OTHER_KEY)
        assert await script.get("/preferences") == UNSET
        await script.put("/preferences", style="ink", aspect="3:2", revisions=0)
        wanted = await script.put("/preferences", rewriting="off", best_of=1, language="zh", steps=1)
        assert wanted == UNSET | {"rewriting": "off", "best_of": 1, "language": "zh", "steps": 1.0}
        assert await other.get("/preferences") == UNSET
    async with chat(tmp_path) as one:
        script, other = await one.client(KEY), await one.client(OTHER_KEY)
        assert await script.get("/preferences") == wanted
        [picture] = (await script.asked(WORDS))["reply"]["pictures"]
        [theirs] = (await other.asked(WORDS))["reply"]["pictures"]
        assert picture["prompt"] == WORDS
        assert theirs["prompt"] != WORDS


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"rewriting": "maybe"}, "rewriting"),
        ({"style": "no such style"}, "no such style"),
        ({"aspect": "wide"}, "aspect"),
        ({"best_of": 9}, "best_of"),
        ({"steps": 2}, "steps"),
        ({"tempo": 1}, "tempo"),
    ],
)
async def test_a_wrong_preference_changes_nothing(tmp_path: Path, wrong: dict[str, object], named: str) -> None:
    """One clear line names what is wrong, and what was set before stays."""
    async with chat(tmp_path, worker=False) as one:
        script = await one.client(KEY)
        before = await script.put("/preferences", aspect="3:2")
        refused = await script.http.put("/api/v1/preferences", json=wrong)
        assert refused.status_code == 422
        assert named in refused.json()["error"]["problem"]
        assert await script.get("/preferences") == before


async def test_use_is_counted_and_forgotten(tmp_path: Path) -> None:
    """Keeping marks a picture and is counted, as is a download, once each a picture; nothing follows from so little."""
    async with chat(tmp_path) as one:
        script, other = await one.client(KEY), await one.client(OTHER_KEY)
        pictures = [
            (await script.asked("a cat", thread=style, wishes={"style": style}))["reply"]["pictures"][0]
            for style in ("ink", "photo")
        ]
        kept, saved = (f"/pictures/{picture['id']}" for picture in pictures)
        for _ in range(2):
            await script.put(f"{kept}/keep")
            await script.get(kept)
            assert (await script.http.get(f"/api/v1{saved}/image?download=1")).is_success
        assert (await script.http.get(f"/api/v1{kept}/image")).is_success  # being looked at says nothing
        assert [(await script.get(path))["kept"] for path in (kept, saved)] == [True, False]
        refused = await other.http.put(f"/api/v1{kept}/keep")
        assert (refused.status_code, refused.json()["error"]["code"]) == (404, "not_found")
        learned = await other.get("/learned")
        assert {use["style"]: use["kept"] for use in learned["uses"]} == {"ink": 1, "photo": 1}
        assert (learned["pictures"], learned["preferences"], learned["notes"]) == (2, UNSET, [])
        await script.delete(f"{kept}/keep")
        assert not (await script.get(kept))["kept"]
        await script.delete("/learned")
        learned = await script.get("/learned")
        assert (learned["pictures"], sum(use["kept"] for use in learned["uses"])) == (0, 0)


async def test_the_choice_among_candidates_is_told(tmp_path: Path) -> None:
    """The best of three by the sum that is told, with the figures of all of them."""
    async with chat(tmp_path) as one:
        script = await one.client(KEY)
        [picture] = (await script.asked("a red car", wishes={"best_of": 3}))["reply"]["pictures"]
        choice = picture["choice"]
        assert len(choice["scores"]) == picture["best_of"] == 3
        totals = [score["consistency"] + choice["weight"] * score["quality"] for score in choice["scores"]]
        assert [score["total"] for score in choice["scores"]] == pytest.approx(totals)
        assert choice["scores"][choice["chosen"]]["total"] == max(score["total"] for score in choice["scores"])
        assert choice["scores"][choice["chosen"]]["seed"] == picture["seed"]
        [alone] = (await script.asked("a red car", wishes={"best_of": 1}))["reply"]["pictures"]
        assert alone["choice"] is None


async def test_what_the_checker_put_right_is_told(tmp_path: Path) -> None:
    """An LLM that loses a number is put right, and the finding is told in the asker's language."""
    subjects = [{"name": "cat", "count": 1, "colour": "black"}]
    async with chat(
        tmp_path, llm=ScriptedModel(script=[calls("imagine", prompt="三只黑猫", subjects=subjects)])
    ) as one:
        [picture] = (await (await one.client(KEY)).asked("三只黑猫"))["reply"]["pictures"]
        [finding] = picture["findings"]
        assert (finding["kind"], finding["wanted"], finding["found"]) == ("count", "3", "1")
        assert finding["text"] in picture["notes"]
        assert "3" in finding["text"]
        assert picture["brief"]["subjects"][0]["count"] == 3


async def test_styles_come_in_groups(tmp_path: Path) -> None:
    """Styles of a group follow each other, groups in their order, titles in the reader's language."""
    async with chat(tmp_path, worker=False) as one:
        for language in ("en", "zh"):
            client = await one.client(KEY, **{"Accept-Language": language})
            styles = (await client.get("/styles"))["styles"]
            groups = list(dict.fromkeys(style["group"] for style in styles))
            order = [title[language] for title in GROUPS.values()]
            assert groups == [title for title in order if title in groups]
            assert len(groups) > 5
            assert [style["group"] for style in styles] == sorted((s["group"] for s in styles), key=order.index)
        assert {"name": "ink", "description": "水墨", "group": "绘画"} in styles
