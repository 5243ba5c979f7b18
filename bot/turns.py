"""Conversation memory: every turn is a row, saved as it happens, cut to a budget when it is read."""

from collections.abc import Sequence
from itertools import takewhile
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.jobs import Job
from bot.store import Store
from bot.tables import jobs, pictures, turns

TurnRow = dict[str, Any]
ROWS_READ = 200
# Kept, but no part of any conversation: what an LLM said that could not end its turn.
WITHDRAWN = "withdrawn:"
IS_SAID = turns.c.key.not_like(f"{WITHDRAWN}%")


class Turns:
    """What was said, by the asker, the LLM and its tools; messages are LangChain's own JSON form."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def add(self, job: Job, key: str, message: TurnRow) -> None:
        """Keep one message of a job's turn; a key that is there already is left as it is."""
        async with self._store.write() as connection:
            await self.add_in(connection, job, key, message)

    async def add_in(self, connection: AsyncConnection, job: Job, key: str, message: TurnRow) -> bool:
        """The same inside the caller's transaction; False where the key was there already."""
        known = sa.select(turns.c.id).where(turns.c.job_id == job.id, turns.c.key == key)
        if (await connection.execute(known)).scalar_one_or_none() is not None:
            return False
        values = {
            "job_id": job.id,
            "conversation": job.message.conversation,
            "user": job.message.user,
            "key": key,
            "message": message,
        }
        await connection.execute(turns.insert().values(values))
        return True

    async def of_job(self, job_id: str) -> list[TurnRow]:
        """What a job's turn has come to so far, in order; empty when it has not begun."""
        async with self._store.read() as connection:
            rows = await connection.execute(
                sa.select(turns.c.message).where(turns.c.job_id == job_id, IS_SAID).order_by(turns.c.id)
            )
            return list(rows.scalars())

    async def answers(self, job_id: str) -> int:
        """How many answers LLMs have given in a job's turn, withdrawn ones too: the next one's number."""
        are_answers = turns.c.key.like("ai:%") | turns.c.key.like(f"{WITHDRAWN}ai:%")
        query = sa.select(sa.func.count()).where(turns.c.job_id == job_id, are_answers)
        async with self._store.read() as connection:
            return int((await connection.execute(query)).scalar_one())

    async def withdraw_in(self, connection: AsyncConnection, job: Job, *, but_first: bool) -> None:
        """Take a job's answers, and the results of their calls, out of what was said, so that another LLM may try.

        The numbers stay taken: the effects of tools are keyed on them.

        Args:
            connection: In a transaction.
            job: Whose turn it is.
            but_first: The first answer stays; no LLM gave it.
        """
        first = (turns.c.key == "ai:0") | turns.c.key.like("tool:0-%")
        answers = turns.c.key.like("ai:%") | turns.c.key.like("tool:%")
        gone = answers & ~first if but_first else answers
        changed = turns.update().where(turns.c.job_id == job.id, gone)
        await connection.execute(changed.values(key=sa.literal(WITHDRAWN) + turns.c.key))

    async def before(self, job: Job) -> list[TurnRow]:
        """What the asker and Limner said here before this job, oldest first.

        When the message replies to a picture, the turn that made that picture comes last, whoever asked for it: it is
        what 'make it blue' means.
        """
        said = job.message
        mine = sa.select(turns.c.message, turns.c.job_id).where(
            turns.c.conversation == said.conversation, turns.c.user == said.user, turns.c.job_id != job.id, IS_SAID
        )
        # By job: the last words of one that failed at the painter may have been saved amid the next one's turn.
        mine = mine.join(jobs, jobs.c.id == turns.c.job_id).order_by(jobs.c.seq.desc(), turns.c.id.desc())
        async with self._store.read() as connection:
            rows = list(await connection.execute(mine.limit(ROWS_READ)))[::-1]
            if said.reply_to:
                meant = await self._of_picture(connection, said.reply_to)
                rows = [row for row in rows if row[1] != meant]
                wanted = sa.select(turns.c.message, turns.c.job_id).where(turns.c.job_id == meant, IS_SAID)
                rows += await connection.execute(wanted.order_by(turns.c.id))
        return _carried_out([message for message, _ in rows])

    async def _of_picture(self, connection: AsyncConnection, picture_id: str) -> str | None:
        query = sa.select(pictures.c.job_id).where(pictures.c.id == picture_id)
        return (await connection.execute(query)).scalar_one_or_none()


def _carried_out(messages: list[TurnRow]) -> list[TurnRow]:
    """Without the tool calls that a cancelled turn left open: LLM servers refuse a call that has no result."""
    kept = []
    for index, message in enumerate(messages):
        results = takewhile(lambda row: row["type"] == "tool", messages[index + 1 :])
        done = {row["data"]["tool_call_id"] for row in results}
        data = message["data"]
        calls = [call for call in data.get("tool_calls", ()) if call["id"] in done]
        if message["type"] != "ai" or calls or data["content"]:
            kept.append({**message, "data": data | {"tool_calls": calls}} if message["type"] == "ai" else message)
    return kept


def within_budget(messages: Sequence[TurnRow], tokens: int) -> list[TurnRow]:
    """The latest messages that fit, from one of the asker's on, so that no tool result stands without its call."""
    left = tokens
    start = len(messages)
    for index in range(len(messages) - 1, -1, -1):
        left -= _tokens(messages[index])
        if left < 0:
            break
        if messages[index]["type"] == "human":
            start = index
    return list(messages[start:])


def _tokens(message: TurnRow) -> int:
    """A cautious guess without a tokenizer: four Latin letters a token, every other character one."""
    text = str(message["data"].get("content", "")) + str(message["data"].get("tool_calls", ""))
    latin = sum(character.isascii() for character in text)
    return 4 + latin // 4 + (len(text) - latin)
