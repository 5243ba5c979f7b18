"""Choosing with the real painter, the built-in model and its own judge; looking with a vision model over HTTP."""

from pathlib import Path

import pytest

from bot.app import open_app, working
from bot.choosing import best, total
from bot.inbox import Inbox
from bot.messages import Picture, Wishes
from bot.settings import Settings
from bot.testing import PaperPlatform
from tests.helpers.chat_server import chat_server, fails, says
from tests.support import message, until


async def asked(platform: PaperPlatform, settings: Settings, words: str, **wishes: int) -> Picture:
    """The one picture that comes of a wish."""
    async with open_app(settings, {"paper": platform}) as app, working(app):
        job_id = await app.inbox.accept(message(words, wishes=Wishes(**wishes)))
        await until(lambda: bool(platform.posts()))
        [picture] = await app.gallery.of_job(job_id)
        assert isinstance(app.inbox, Inbox)
        return picture


@pytest.mark.proof
@pytest.mark.painter
async def test_sketch_judges_its_own_pictures(tmp_path: Path) -> None:
    """The best of two by Sketch's judge is kept, with scores that differ and lie between nothing and all."""
    platform = PaperPlatform(tmp_path / "platform")
    settings = Settings(home=tmp_path, engines={"local": {"device": "cpu", "threads": 1}}, privacy=False)
    picture = await asked(platform, settings, "a red car on a beach", best_of=2, revisions=1, seed=7)
    choice = picture.choice
    assert choice
    assert choice.judge == "sketch"
    first, second = choice.scores[:2]
    assert (first.seed, second.seed) == (7, 11)
    assert 0 < first.consistency < 1
    assert 0 < first.quality < 1
    assert total(first, choice.weight) != total(second, choice.weight)
    looked = [score for score in choice.scores if score.missing is not None]
    assert looked[0] is choice.scores[best(choice.scores[:2], choice.weight)]
    assert picture.plan.seed == choice.scores[choice.chosen].seed
    assert {"judging", "looking"} <= {progress.stage for progress in platform.seen}


@pytest.mark.parametrize("answers", ["good", "broken"])
async def test_a_vision_model_looks_at_every_round(tmp_path: Path, answers: str) -> None:
    """A picture that the vision model finds wanting is painted again until it says yes; a broken one fails nothing."""
    async with chat_server() as server:
        script = [says("1. no\n2. yes"), says("1. yes\n2. yes")] if answers == "good" else [fails(500)]
        server.next(*script)
        settings = Settings(
            home=tmp_path, engine="paper", revisions=2, vision="openai:eyes", openai_base_url=server.url, llm_retries=0
        )
        picture = await asked(PaperPlatform(tmp_path / "platform"), settings, "two dogs and a red car", seed=7)
        assert server.problems == []
        questions = server.requests[0]["messages"][-1]["content"][0]["text"]
        assert "Are there exactly two dogs in the picture?" in questions
    choice = picture.choice
    assert choice
    assert choice.judge == "paper"
    if answers == "good":
        assert (len(server.requests), choice.rounds, choice.chosen, picture.plan.seed) == (2, 1, 1, 11)
        assert picture.plan.prompt.startswith("exactly two dogs, ")
        assert "Painted again after a look at it; at first this was not right: two dogs." in picture.notes
    else:
        assert len(server.requests) == 1  # the judge looks instead, at every round
        assert choice.scores[0].missing is not None
