"""A database from before chats (revision 0001) is upgraded with all that is in it, and can be used like a new one."""

from pathlib import Path

import sqlalchemy as sa

from bot.database import open_engine
from bot.migrations import runner
from bot.notebook import Notebook
from bot.schema import LINE, Found, Line, Standing, look
from bot.store import open_store
from bot.upgrade import settle

BEFORE = Line(("0001",), LINE.folders)
# As that version kept them: what came later is not in these rows.
MESSAGE = '{"adapter": "paper", "event_id": "e", "user": "ana", "text": "一只猫"}'
JOB = (
    'INSERT INTO jobs (id, adapter, event_id, conversation, "user", message, state, tag, posted_as, created_at)'
    f" VALUES ('j1', 'paper', 'e', 'paper//', 'ana', '{MESSAGE}', 'posted', 1.0, 'c/1', 5.0)"
)
TURN = "INSERT INTO turns (job_id, conversation, \"user\", key, message) VALUES ('j1', 'paper//', 'ana', 'human', '{}')"


async def test_an_older_database_becomes_todays(empty_url: str, tmp_path: Path) -> None:
    """Its rows are the same, its tables those of a new one, and what chats need finds the old posts."""
    async with open_engine(empty_url, rebuilding=True) as engine, engine.begin() as connection:
        await connection.run_sync(runner.to_head, BEFORE)
        for statement in (JOB, TURN):
            await connection.exec_driver_sql(statement)
        assert await connection.run_sync(look) == Found(Standing.OLDER, "0001")
        assert await connection.run_sync(runner.differences) != []
        before = (await connection.exec_driver_sql("SELECT * FROM jobs")).all()
    assert await settle(empty_url, told=True) == Found(Standing.OLDER, "0001")
    async with open_store(empty_url) as store:
        async with store.read() as connection:
            assert await connection.run_sync(look) == Found(Standing.CURRENT, LINE.head)
            assert await connection.run_sync(runner.differences) == []
            assert (await connection.execute(sa.text("SELECT * FROM jobs"))).all() == before
            assert (await connection.execute(sa.text("SELECT count(*) FROM turns"))).scalar_one() == 1
        notebook = Notebook(store)
        assert await notebook.job_at("paper", "c/1") == "j1"
        await notebook.remember("paper", "seen", "1")
        assert await notebook.recall("paper", "seen") == "1"
