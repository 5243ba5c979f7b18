"""Meaning finds what words don't, through a real server that speaks the protocol; while it is away, words serve."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from bot.gallery import Gallery
from bot.knowledge.library import Library, open_library
from bot.knowledge.reading import read
from bot.knowledge.tables import passage_vectors
from bot.settings import Settings as LimnerSettings
from bot.settings import check
from bot.store import Store
from tests.unit.bot.knowledge.corpus import ON_SQLITE

MEANINGS = ("descal limescale 垢 lime", "drip leak water 漏", "warranty guarantee free repair 保修", "beans grind")


class EmbeddingServer:
    """Gives each text a dimension a meaning, by words; fails with a status where told to."""

    def __init__(self) -> None:
        self.url = ""
        self.requests: list[dict[str, Any]] = []
        self.answer: tuple[int, bytes] | None = None

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError, asyncio.IncompleteReadError):
            head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
            length = int(head.partition("content-length: ")[2].split()[0])
            body = json.loads(await reader.readexactly(length))
            assert head.startswith("post /v1/embeddings ")
            assert "authorization: bearer key" in head
            self.requests.append(body)
            found = [
                {"object": "embedding", "index": at, "embedding": vector(text)} for at, text in enumerate(body["input"])
            ]
            whole = {"object": "list", "data": found[::-1], "model": body["model"], "usage": {"prompt_tokens": 1}}
            status, data = self.answer or (200, json.dumps(whole).encode())
            lines = f"HTTP/1.1 {status} Told\r\ncontent-type: application/json\r\ncontent-length: {len(data)}\r\n"
            writer.write(f"{lines}connection: close\r\n\r\n".encode() + data)
            await writer.drain()
        writer.close()


def vector(text: str) -> list[float]:
    return [0.01, *(float(any(word in text.lower() for word in words.split())) for words in MEANINGS)]


@asynccontextmanager
async def serving() -> AsyncIterator[EmbeddingServer]:
    server = EmbeddingServer()
    listening = await asyncio.start_server(server.serve, "127.0.0.1", 0)
    server.url = f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}/v1"
    async with listening:
        yield server


def opened(store: Store, folder: Path, url: str) -> Library:
    values = {"embeddings": "openai:tiny", "embeddings_timeout_s": 5.0}
    settings = check(LimnerSettings, {"openai_base_url": url, "openai_api_key": "key", "knowledge": values})
    return open_library(store, Gallery(store, folder / "gallery"), settings)


async def count(store: Store) -> int:
    async with store.read() as connection:
        return int((await connection.execute(sa.select(sa.func.count()).select_from(passage_vectors))).scalar_one())


async def test_meaning_finds_another_language(store: Store, articles: Path, tmp_path: Path) -> None:
    """A question that shares no word with the passage finds it; words and meaning together beat either alone."""
    async with serving() as server:
        library = opened(store, tmp_path, server.url)
        await library.add(articles)
        assert [len(request["input"]) for request in server.requests] == [await count(store)]
        assert {request["encoding_format"] for request in server.requests} == {"float"}
        first = (await library.search("漏了 leak"))[0]
        assert first.passage.title == "Water under the housing"
        assert first.covered < 0.5
        best = [hit.passage.title for hit in await library.search("除垢 descaling")][:2]
        assert set(best) == {"除垢步骤", "Descaling the machine"}
        asked = len(server.requests)
        await library.add(articles)
        assert len(server.requests) == asked
        await library.remove(str(articles / "leak.md"))
        assert "Water under the housing" not in [hit.passage.title for hit in await library.search("漏了 leak")]


@ON_SQLITE
async def test_words_serve_while_the_server_is_away(
    store: Store, articles: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Failing, talking nonsense or not there at all: documents come in and are found, a warning is logged.

    Once it is back, the next reading gets what is missing.
    """
    async with serving() as server:
        for answer in [(401, b"no"), (200, b"<html>"), (200, b'{"data": []}'), None]:
            caplog.clear()
            server.answer = answer
            library = opened(store, tmp_path, server.url if answer else "http://127.0.0.1:9/v1")
            with caplog.at_level(logging.WARNING, "limner"):
                await library.add(articles)
                hits = await library.search("which powder for descaling")
            assert Path(hits[0].passage.source).name == "descale.md"
            assert await count(store) == 0
            said = [record.getMessage() for record in caplog.records if record.name == "limner.knowledge"]
            assert len(said) == 2
            assert all("by words alone" in line for line in said)
        await opened(store, tmp_path, server.url).add(articles)
        assert await count(store) == len(server.requests[-1]["input"])


async def test_a_document_in_the_place_of_another(store: Store, tmp_path: Path) -> None:
    """Its row number may be that of one that is gone; its own meaning is searched, not the other's."""
    async with serving() as server:
        library = opened(store, tmp_path, server.url)
        await library.put(read(b"# Guarantee\n\nTwo years.", "a.md"), "a")
        old = await library.put(read(b"# Grinding\n\nCoarse beans.", "b.md"), "b")
        await library.fill()
        assert "Puddle" not in [hit.passage.title for hit in await library.search("drip")]
        await library.remove(old)
        await library.put(read(b"# Puddle\n\nA leak below.", "c.md"), "c")
        await library.fill()
        assert (await library.search("drip"))[0].passage.title == "Puddle"
