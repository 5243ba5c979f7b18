"""A vision model is shown the picture in the person's message, and its yes and no are read in whatever form."""

import base64
from pathlib import Path
from typing import Any

import pytest

from bot.errors import SettingsError
from bot.llm import Vision, open_vision
from bot.llm.trouble import LlmError, Trouble
from bot.llm.vision import read_answers
from bot.settings import Settings
from bot.testing import blank_png
from tests.helpers.chat_server import ChatServer, chat_server, fails, hangs_up, says, sends

PNG = blank_png(8, 8, b"abc")
QUESTIONS = ("Are there exactly two cats in the picture?", "Is the car red?", "Is there any dog in the picture?")


def settings(server: ChatServer, tmp_path: Path, **more: Any) -> Settings:
    values = {"home": tmp_path, "vision": "openai:eyes", "openai_base_url": server.url, "llm_retries": 0} | more
    return Settings.model_validate(values)


@pytest.mark.parametrize(
    ("said", "answers"),
    [
        ("1. yes\n2. no\n3. no", (True, False, False)),
        ("1: Yes.\n2: No, it is blue.\n3: yes", (True, False, True)),
        ("**1.** Yes\n**2.** **No**\n**3.** No", (True, False, False)),
        ("1) YES 2) no 3) unsure", (True, False, None)),
        ("Here is what I see.\n\n1. Yes, two cats.\n2. No - 3 cars.\n3. No.", (True, False, False)),
        ("yes\nno\nno", (True, False, False)),
        ("Yes, no, no.", (True, False, False)),
        ('{"1": "yes", "2": "no", "3": false}', (True, False, False)),
        ('```json\n{"answers": ["yes", "no", true]}\n```', (True, False, True)),
        ('[{"question": 1, "answer": "yes"}, {"question": 2, "answer": "no"}]', (True, False, None)),
        ("1. 是\n2. 不是，是蓝色的\n3. 没有", (True, False, False)),
        ("1. 不确定\n2. 有\n3. 否", (None, True, False)),
        ("1. yes\n1. no\n2. no", (None, False, None)),
        ("1. I think so\n2. perhaps\n3. There is none", (None, None, None)),
        ("3. no\n1. yes", (True, None, False)),
        ("yes", (None, None, None)),
        ("9. yes\n0. no", (None, None, None)),
        ("I can't look at pictures.", (None, None, None)),
        ("[[[", (None, None, None)),
        ('{"answers": "yes"}', (None, None, None)),
        ("", (None, None, None)),
    ],
)
def test_answers_are_read_in_any_form(said: str, answers: tuple[bool | None, ...]) -> None:
    """A clear yes or no counts for its question alone; what is unclear, missing or contradicted is nothing."""
    assert read_answers(said, 3) == answers


async def test_the_picture_goes_into_the_persons_message(tmp_path: Path) -> None:
    """The server gets one system and one user message, the picture as a data URL in the user's, and the questions."""
    async with chat_server() as server:
        server.next(says("1. yes\n2. no\n3. no"))
        async with open_vision(settings(server, tmp_path)) as vision:
            assert vision
            assert await vision.answers(QUESTIONS, PNG) == (True, False, False)
        assert server.problems == []
        system, user = server.requests[0]["messages"]
        assert (system["role"], user["role"]) == ("system", "user")
        text, picture = user["content"]
        assert [text["text"].splitlines()[n] for n in (0, 2)] == [f"1. {QUESTIONS[0]}", f"3. {QUESTIONS[2]}"]
        head, _, data = picture["image_url"]["url"].partition(",")
        assert head == "data:image/png;base64"
        assert base64.b64decode(data) == PNG


@pytest.mark.parametrize(
    ("reply", "trouble"),
    [
        (fails(500), Trouble.BROKEN),
        (fails(400, "this model takes no images"), Trouble.REFUSED),
        (hangs_up, Trouble.UNREACHABLE),
        (says(""), Trouble.EMPTY),
        (sends(200, b"<html>"), Trouble.UNREADABLE),
        (sends(200, b'{"choices": []}'), Trouble.UNREADABLE),
    ],
    ids=["500", "400", "hangs up", "empty", "no JSON", "no choices"],
)
async def test_what_goes_wrong_is_one_kind_of_error(tmp_path: Path, reply: Any, trouble: Trouble) -> None:
    """Whatever a server does instead of answering is an LlmError, so that the judge can be asked instead."""
    async with chat_server() as server:
        server.next(reply)
        async with open_vision(settings(server, tmp_path)) as vision:
            assert vision
            with pytest.raises(LlmError) as caught:
                await vision.answers(QUESTIONS, PNG)
        assert caught.value.trouble is trouble


async def test_a_server_that_is_down_is_left_alone_for_a_while(tmp_path: Path) -> None:
    """After a failure that lasts, the next look does not ask the server again."""
    async with chat_server() as server:
        server.next(fails(500))
        async with open_vision(settings(server, tmp_path)) as vision:
            assert isinstance(vision, Vision)
            for _ in range(2):
                with pytest.raises(LlmError):
                    await vision.answers(QUESTIONS, PNG)
        assert len(server.requests) == 1


async def test_none_is_opened_where_none_is_named(tmp_path: Path) -> None:
    """Without the setting there are no eyes; a name that is none is told under the setting's own name."""
    async with open_vision(Settings(home=tmp_path)) as vision:
        assert vision is None
    with pytest.raises(SettingsError) as caught:
        async with open_vision(Settings(home=tmp_path, vision="eyes")):
            pass
    assert caught.value.key == "vision"
