"""The whole chain is given personal data, and afterwards nothing that it wrote has any of it."""

import json
import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from io import StringIO
from pathlib import Path

import pytest
from langchain_core.messages import AIMessage
from PIL import Image

from bot import Message, Wishes, log
from bot.app import App, open_app, working
from bot.jobs import State
from bot.settings import Settings
from bot.testing import PaperPlatform, ScriptedModel
from tests.helpers.personal_data import telling
from tests.support import message, until

TOLD = telling("personal_data")
INVISIBLE = "\u200b"  # the inbox takes it out, scrubbing or not
VALUES = {value.replace(INVISIBLE, "") for sample in TOLD for _, value in sample.values}
PAINTED = range(0, len(TOLD), 20)


@pytest.fixture
def plain_log(tmp_path: Path) -> Iterator[StringIO]:
    """Limner's log is in tmp_path/home/limner.log; this is what a formatter of no care writes of the same records."""
    root, own = logging.getLogger(), logging.getLogger("limner")
    before = (list(root.handlers), root.level, own.level)
    (tmp_path / "home").mkdir()
    with (tmp_path / "home" / "limner.log").open("a", encoding="utf-8") as file:
        log.set_up("debug", "text", file)
        careless = StringIO()
        root.addHandler(logging.StreamHandler(careless))
        yield careless
    root.handlers[:], root.level = before[0], before[1]
    own.setLevel(before[2])


@asynccontextmanager
async def opened(folder: Path, llm: ScriptedModel, *, privacy: bool) -> AsyncIterator[tuple[App, PaperPlatform]]:
    platform = PaperPlatform(folder / "platform")
    chosen = Settings(home=folder / "home", engine="paper", privacy=privacy, turns_at_once=32)
    async with open_app(chosen, {"paper": platform}, llm=llm) as app:
        yield app, platform


def written_in(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, and the texts inside its pictures."""
    files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    for path in folder.rglob("*.png"):
        with Image.open(path) as image:
            image.load()
            files[f"{path.name} text"] = json.dumps(image.info, default=str, ensure_ascii=False).encode()
    return files


def found_in(files: dict[str, bytes]) -> set[tuple[str, str]]:
    """(file, value) for every value that stands in a file, as it is or as JSON writes it."""
    return {
        (name, value)
        for name, content in files.items()
        for value in VALUES
        for form in {value, json.dumps(value)[1:-1], json.dumps(value, ensure_ascii=False)[1:-1]}
        if form.encode() in content
    }


def said() -> list[Message]:
    """Each string as a message of its own conversation; some are to be painted from their very words."""
    return [
        message(
            sample.text,
            channel=str(number),
            wishes=Wishes(negative_prompt=sample.text, as_is=number in PAINTED),
        )
        for number, sample in enumerate(TOLD)
    ]


@pytest.mark.proof
async def test_nothing_that_is_written_has_personal_data(tmp_path: Path, plain_log: StringIO) -> None:
    """Of 200 strings no value is in any byte of database, pictures or log, nor was shown to the LLM."""
    llm = ScriptedModel(script=[AIMessage("I have read it.")])
    async with opened(tmp_path, llm, privacy=True) as (app, platform), working(app):
        ids = [await app.inbox.accept(one) for one in said()]
        for sample in TOLD:
            log.get("test").info("they said %s", sample.text)
            log.get("test").error("it broke", exc_info=ValueError(sample.text))

        async def over() -> bool:
            return not await app.inbox.line()

        await until(over)
        while_open = written_in(tmp_path / "home")
        jobs = [job for one in ids if (job := await app.inbox.get(one))]
    assert [job.state for job in jobs] == [State.POSTED] * len(TOLD)
    assert sorted(platform.keys()) == sorted(ids)
    files = written_in(tmp_path / "home")
    assert {"limner.db", "limner.log"} <= files.keys()
    assert "limner.db-wal" in while_open
    assert sum(name.endswith(".png text") for name in files) == len(PAINTED)
    assert found_in(while_open) | found_in(files) == set()
    shown = "\n".join(part.text for asked in llm.asked for part in asked)
    assert len(llm.asked) == len(TOLD) - len(PAINTED)
    assert found_in({"LLM": shown.encode()}) == set()
    # The same places hold what was said otherwise, so the search has looked where it would be.
    assert b"[e-mail]" in files["limner.db"] + while_open["limner.db-wal"]
    assert files["limner.log"].count(b"[phone]") >= 2
    assert "[phone]" in shown
    careless = plain_log.getvalue().replace(INVISIBLE, "")
    assert {value for _, value in found_in({"careless log": careless.encode()})} == VALUES


async def test_the_search_would_find_it(tmp_path: Path) -> None:
    """With scrubbing off every value is found in the database, and the LLM is shown it: the test above can fail."""
    llm = ScriptedModel(script=[AIMessage("I have read it.")])
    async with opened(tmp_path, llm, privacy=False) as (app, _):
        for one in said():
            await app.inbox.accept(one)
        await app.inbox.beat()
        job = await app.inbox.take(turns=1, paintings=0)
        assert job is not None
        painted = await app.inbox.take(turns=1, paintings=0)
        assert painted is not None
        await app.assistant.turn(painted)
    files = written_in(tmp_path / "home")
    assert {value for _, value in found_in(files)} == VALUES
    assert found_in({"LLM": "\n".join(part.text for asked in llm.asked for part in asked).encode()}) != set()
