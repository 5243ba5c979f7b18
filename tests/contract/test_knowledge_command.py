"""`limner knowledge` as an administrator calls it; and an older database that gets the tables of the knowledge."""

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import sqlalchemy as sa

from bot.database import open_engine
from bot.migrations import runner
from bot.schema import LINE, Line
from bot.store import open_store
from bot.upgrade import settle
from tests.helpers.terminal import environment

SCRIPT = """
import contextlib, io, json, sys
from bot.cli import main
for name in json.loads(sys.argv[2]):
    sys.modules[name] = None
for arguments in json.loads(sys.argv[1]):
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            main(["knowledge", *arguments])
        except SystemExit as end:
            code = end.code
    print(json.dumps([code, out.getvalue(), err.getvalue()]))
"""


def said(home: Path, *commands: Sequence[str], missing: Sequence[str] = ()) -> list[tuple[int, str, str]]:
    """Exit code, output and problem of each of several commands, one after the other in one process.

    Args:
        home: The home folder.
        commands: The words of each behind 'limner knowledge'.
        missing: Packages that this process can't import.
    """
    command = [sys.executable, "-c", SCRIPT, json.dumps(commands), json.dumps(missing)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment(home), cwd=home.parent)
    return [(code, out, err) for code, out, err in map(json.loads, done.stdout.splitlines())]


def test_from_a_folder_to_an_answer(tmp_path: Path) -> None:
    """Added, listed, searched and removed, by people and by scripts; a bad file is told and the rest read."""
    home, docs = tmp_path / "home", tmp_path / "docs"
    docs.mkdir()
    (docs / "reset.md").write_text("# Reset\n\nHold the knob for \x1b[31mten seconds.")
    (docs / "bad.pdf").write_bytes(b"no")
    add, again, listed, table, found, shown, nothing, removed, twice, empty = said(
        home,
        ["add", str(docs), "--url", "https://x.example"],
        ["add", str(docs), "--prune"],
        ["list", "--json"],
        ["list"],
        ["search", "which", "knob", "--json"],
        ["search", "knob", "--limit", "1"],
        ["search", "zebra"],
        ["remove", str(docs)],
        ["remove", str(docs)],
        ["list"],
    )
    assert add[:2] == (1, "1 added, 0 changed, 0 unchanged, 0 removed.\n")
    assert add[2].startswith(f"limner: {docs / 'bad.pdf'}: bad.pdf is damaged")
    assert "1 unchanged" in again[1]
    [document] = json.loads(listed[1])["documents"]
    assert (document["title"], document["status"], document["passages"]) == ("Reset", "ready", 1)
    assert document["id"] in table[1]
    [hit] = json.loads(found[1])["hits"]
    assert (hit["document_id"], hit["url"], hit["covered"]) == (document["id"], "https://x.example/reset", 1.0)
    assert shown[1].startswith("Reset  (")
    assert "\x1b" not in shown[1]
    assert nothing == (0, "Nothing in the knowledge speaks of this.\n", "")
    assert removed[1] == "Removed 1 document.\n"
    assert twice[0] == 2
    assert empty[1].startswith("No documents yet.")


def test_conversations_are_decided_by_a_person(tmp_path: Path) -> None:
    """Imported pairs wait; one is approved, one rejected."""
    home, file = tmp_path / "home", tmp_path / "pairs.jsonl"
    pairs = [{"question": f"Question {word}?", "answer": f"Answer {word}."} for word in ("alpha", "beta")]
    file.write_text("\n".join(map(json.dumps, pairs)))
    imported, waiting = said(home, ["import-conversations", str(file)], ["list", "--waiting", "--json"])
    assert imported[1].startswith("2 new of 2.")
    one, two = [document["id"] for document in json.loads(waiting[1])["documents"]]
    *decided, left, found = said(
        home, ["approve", one], ["reject", two], ["approve", two], ["list", "--waiting"], ["search", "alpha"]
    )
    assert [code for code, _, _ in decided] == [0, 0, 2]
    assert left[1] == "Nothing waits.\n"
    assert found[1].startswith("Question alpha?")


def test_what_can_not_be_read_is_one_line(tmp_path: Path) -> None:
    """No such file, addresses that are refused, and kinds whose package is missing; plain text needs none."""
    (tmp_path / "a.md").write_text("# A\n\nb")
    (tmp_path / "b.txt").write_text("plain words")
    places = ["missing", "http://127.0.0.1/", "https://user@x.example/", "https://localhost/", "a.md"]
    *refused, plain = said(tmp_path / "home", *[["add", place] for place in [*places, "b.txt"]], missing=["bs4"])
    assert [(code, out) for code, out, _ in refused] == [(2, "")] * len(places)
    assert all(err.startswith("limner: ") and err.count("\n") == 1 for _, _, err in refused)
    assert refused[-1][2] == "limner: a.md can't be read without the package bs4. pip install 'limner[knowledge]'.\n"
    assert plain[0] == 0


async def test_an_older_database_gets_the_knowledge(empty_url: str) -> None:
    """Upgraded from revision 0002, its index is kept by the database: what is written is found, what goes is not."""
    async with open_engine(empty_url, rebuilding=True) as engine, engine.begin() as connection:
        await connection.run_sync(runner.to_head, Line(("0001", "0002"), LINE.folders))
    await settle(empty_url, told=True)
    document = "INSERT INTO documents VALUES ('d', 's', 't', '', 'en', 'v', 'ready', 1.0)"
    passage = "INSERT INTO passages (id, document_id, number, headings, text) VALUES ('p', 'd', 0, '[]', 'knob')"
    words = "INSERT INTO passage_words SELECT seq, 'titel', '', '2.4ghz knob' FROM passages"
    async with open_store(empty_url) as store:
        async with store.write() as connection:
            for statement in (document, passage, words):
                await connection.execute(sa.text(statement))
        sqlite = "SELECT count(*) FROM passage_index WHERE passage_index MATCH '\"2.4ghz\"'"
        postgresql = "SELECT count(*) FROM passage_index WHERE words @> ARRAY['2.4ghz']"
        query = sa.text(sqlite if store.address.get_backend_name() == "sqlite" else postgresql)
        async with store.read() as connection:
            assert (await connection.execute(query)).scalar_one() == 1
        async with store.write() as connection:
            await connection.execute(sa.text("DELETE FROM documents"))
        async with store.read() as connection:
            assert (await connection.execute(query)).scalar_one() == 0
