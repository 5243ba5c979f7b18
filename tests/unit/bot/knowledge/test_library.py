"""Documents come in whole, change without losing ids, wait for approval, and go with all that hangs on them."""

import base64
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.errors import FetchError, RequestError
from bot.fetch import Fetcher
from bot.gallery import Gallery
from bot.knowledge.conversations import Pair, pairs_in
from bot.knowledge.library import Library
from bot.knowledge.tables import documents, figures, passage_vectors, passage_words, passages
from bot.store import Store
from bot.testing import blank_png
from tests.helpers.forged import Names, listening
from tests.unit.bot.knowledge.corpus import ARTICLES, ON_SQLITE

PNG = blank_png(16, 16, b"abc")
WORDS = " ".join(f"word{number}" for number in range(130))


async def rows(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """All that the tables of the knowledge hold, and what the index finds."""
    async with store.read() as connection:
        tables = (documents, passages, figures, passage_words, passage_vectors)
        found = {table.name: [tuple(row) for row in await connection.execute(sa.select(table))] for table in tables}
        index = "SELECT rowid FROM passage_index" if connection.dialect.name == "sqlite" else "TABLE passage_index"
        return found | {"index": [tuple(row) for row in await connection.execute(sa.text(index))]}


async def test_nothing_is_written_where_nothing_changed(library: Library, articles: Path, store: Store) -> None:
    """A second reading of the same folder leaves every row as it was, and says so."""
    (articles / "leak.md").write_text(f"---\nurl: https://own.example\n---\n{ARTICLES['leak.md']}")
    first = await library.add(articles, url_base="https://x.example")
    before = await rows(store)
    for base in ("https://x.example", ""):
        again = await library.add(articles, prune=True, url_base=base)
        assert (len(first.added), len(again.unchanged), again.removed) == (len(ARTICLES), len(ARTICLES), [])
        assert await rows(store) == before
    assert len(before["index"]) == len(before["passage_words"]) == len(before["passages"])


async def test_what_stays_keeps_its_id(library: Library, tmp_path: Path) -> None:
    """Of a changed file the passages that are the same keep their ids, though they moved; the new words are found."""
    file = tmp_path / "a.md"
    file.write_text(f"# T\n\n## One\n\napples {WORDS}\n\n## Two\n\npears {WORDS}\n")
    await library.add(file)
    [one], [two] = [await library.search(word) for word in ("apples", "pears")]
    file.write_text(f"# T\n\n## New\n\nplums {WORDS}\n\n## Two\n\npears {WORDS}\n\n## One\n\ncherries {WORDS}\n")
    report = await library.add(file)
    assert report.changed == [str(file)]
    assert await library.search("apples") == []
    [kept] = await library.search("pears")
    assert kept.passage.id == two.passage.id
    assert kept.passage.version != two.passage.version
    assert (await library.search("cherries"))[0].passage.id != one.passage.id
    file.write_text(f"# Renamed\n\n## Two\n\npears {WORDS}\n")
    await library.add(file)
    assert (await library.search("renamed"))[0].passage.id == two.passage.id


async def test_gone_files_are_pruned(library: Library, articles: Path, store: Store) -> None:
    """Only with prune do documents of that folder go whose files went; those of another folder stay."""
    other = articles.with_name("articles-2")
    other.mkdir()
    (other / "x.txt").write_text("elsewhere")
    await library.add(other)
    await library.add(articles)
    (articles / "leak.md").unlink()
    assert (await library.add(articles)).removed == []
    assert (await library.add(articles, prune=True)).removed == [str(articles / "leak.md")]
    for file in articles.iterdir():
        file.unlink()
    articles.rmdir()
    await library.add(articles, prune=True)
    assert [one.source for one in await library.documents()] == [str(other / "x.txt")]
    await library.remove(str(other))
    assert not any((await rows(store)).values())
    with pytest.raises(RequestError, match="has no document"):
        await library.remove(str(other))


@ON_SQLITE
async def test_one_bad_file_does_not_stop_the_others(library: Library, articles: Path) -> None:
    """A broken document of a folder is told in a line and the rest is read; alone it is an error."""
    (articles / "broken.pdf").write_bytes(b"nonsense")
    report = await library.add(articles)
    assert len(report.added) == len(ARTICLES)
    [problem] = report.problems
    assert problem.startswith(f"{articles / 'broken.pdf'}: broken.pdf is damaged")
    for place in ("broken.pdf", "missing.md", "picture.png"):
        with pytest.raises(RequestError):
            await library.add(articles / place)


@ON_SQLITE
async def test_pictures_come_along(library: Library, tmp_path: Path, store: Store) -> None:
    """Relative files and data URLs are kept as pixels; a new picture under an old name changes the document.

    Files outside the folder, remote ones and what is no picture are left out.
    """
    folder = tmp_path / "docs"
    (folder / "img").mkdir(parents=True)
    (folder / "img" / "a b.png").write_bytes(PNG)
    (folder / "no.png").write_bytes(b"no picture")
    (tmp_path / "secret.png").write_bytes(PNG)
    (folder / "link.png").symlink_to(tmp_path / "secret.png")
    data = f"data:image/png;base64,{base64.b64encode(PNG).decode()}"
    outside = (
        "../secret.png",
        str(tmp_path / "secret.png"),
        "link.png",
        "http://127.0.0.1/x.png",
        "no.png",
        "lost.png",
    )
    links = "".join(f"![outside]({link})\n\n" for link in outside)
    text = f"# Panel\n\nLook:\n\n![Screenshot: the menu](img/a%20b.png)\n\n![the lamp]({data})\n\n{links}"
    (folder / "a.md").write_text(text)
    await library.add(folder)
    [hit] = await library.search("lamp")
    shown = hit.passage.figures
    assert [(one.caption, one.is_screenshot) for one in shown] == [("Screenshot: the menu", True), ("the lamp", False)]
    assert (await Gallery(store, tmp_path / "gallery").source(shown[0].sha256)).startswith(b"\x89PNG")
    assert (await library.add(folder)).unchanged == [str(folder / "a.md")]
    (folder / "img" / "a b.png").write_bytes(blank_png(16, 16, b"xyz"))
    assert (await library.add(folder)).changed == [str(folder / "a.md")]
    assert (await library.search("lamp"))[0].passage.figures[0].sha256 != shown[0].sha256


@ON_SQLITE
async def test_a_picture_with_a_caption_is_a_document(library: Library, tmp_path: Path) -> None:
    """The caption finds the picture; a changed caption changes it; a picture without one is not read."""
    folder = tmp_path / "pictures"
    folder.mkdir()
    (folder / "back.png").write_bytes(PNG)
    (folder / "other.png").write_bytes(PNG)
    (folder / "back.txt").write_text("Back panel\nThe blue socket is the WAN port.")
    assert (await library.add(folder)).added == [str(folder / "back.png")]
    [hit] = await library.search("which socket is blue")
    assert (hit.passage.title, len(hit.passage.figures)) == ("Back panel", 1)
    (folder / "back.txt").write_text("Back panel\nThe green socket is the WAN port.")
    assert (await library.add(folder / "back.png")).changed
    assert await library.search("blue") == []


@ON_SQLITE
async def test_a_page_is_added_by_its_address(store: Store, tmp_path: Path) -> None:
    """Its pictures come from the same host alone; other addresses of the network inside are refused."""
    asked: list[str] = []

    async def serve(head: str, writer: object) -> None:
        path = head.split()[1]
        asked.append(path)
        kind, data = ("image/png", PNG) if path.endswith(".png") else ("text/html; charset=utf-8", page.encode())
        lines = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {len(data)}\r\n\r\n"
        writer.write(lines.encode() + data)  # type: ignore[attr-defined]

    async with listening(serve) as port:
        names = Names({})
        own = {"kb.example": ["127.0.0.0/8"], "other.example": ["127.0.0.0/8"]}
        fetcher = Fetcher(own=own, ports={port}, plain_http=True, resolve=names)
        library = Library(store, Gallery(store, tmp_path / "gallery"), fetcher=fetcher)
        url = f"http://kb.example:{port}/a/b"
        other = f"http://other.example:{port}/y.png"
        page = f'<main><h1>Knob</h1><p>Turn it.<img src="../x.png" alt="the knob"><img src="{other}" alt="no"></main>'
        await library.add(url)
        [hit] = await library.search("turn knob")
        assert (hit.passage.source, hit.passage.url) == (url, url)
        assert [one.caption for one in hit.passage.figures] == ["the knob"]
        assert asked == ["/a/b", "/x.png"]
        assert (await library.add(url)).unchanged == [url]
        with pytest.raises(FetchError, match="not on the public internet"):
            await library.add(f"http://third.example:{port}/")
        assert "other.example" not in names.asked
        assert await library.remove(url)


async def test_conversations_wait_for_a_person(library: Library, store: Store) -> None:
    """Pairs are scrubbed, are found only once approved, and rejected ones neither stay nor come back."""
    lines = [
        '{"question": "How do I pair it? Mail ana@example.com", "answer": "Turn it.\\n\\nCall +86 138 1234 5678"}',
        "",
        '{"question": "怎么退款", "answer": "在订单页面申请", "url": "https://x.example/1"}',
    ]
    one, two = await library.add_conversations(pairs_in(lines))
    assert await library.add_conversations(pairs_in(lines)) == []
    assert [document.status for document in await library.documents()] == ["waiting", "waiting"]
    assert await library.search("pair turn 退款") == []
    assert (await library.approve(one)).title == "How do I pair it? Mail [e-mail]"
    [hit] = await library.search("how to pair")
    assert (hit.passage.source, hit.passage.document_id) == ("conversation", one)
    assert hit.passage.text.startswith("Turn it.\nCall [phone]")
    await library.reject(two)
    assert await library.add_conversations(pairs_in(lines)) == []
    kept = str(await rows(store))
    assert not any(word in kept for word in ("ana@", "1234 5678", "申请"))
    for document_id in (one, two, "unknown"):
        for decide in (library.approve, library.reject):
            with pytest.raises(RequestError, match="waits"):
                await decide(document_id)


@pytest.mark.parametrize(
    "line",
    ["nonsense", "[]", '{"question": "a"}', '{"question": "a", "answer": 3}', '{"question": " ", "answer": "b"}'],
)
def test_a_line_that_is_no_pair_is_named(line: str) -> None:
    """The number of the first wrong line, and what was expected."""
    with pytest.raises(RequestError, match=r"^Line 2 .*Expected an object"):
        list(pairs_in(['{"question": "a", "answer": "b"}', line]))
    assert Pair("a", "b").url == ""
