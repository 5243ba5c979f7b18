"""The whole chain with an LLM behind a real server: settings, client, assistant, tools, gallery, platform."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot import Picture
from bot.app import App, open_app, working
from bot.jobs import FINAL, Job
from bot.llm import open_llm
from bot.settings import Settings
from bot.testing import PaperPlatform
from tests.helpers.chat_server import ChatServer, chat_server
from tests.support import message, until

KEY = "sk-proj-this-is-the-secret-key"
CALL_LIMIT = 4


@dataclass
class Talk:
    """An open chain, the server that its LLM stands on, and a clock for its breaker."""

    app: App
    server: ChatServer
    platform: PaperPlatform
    channel: str = "studio"
    now_s: float = 0.0

    async def ask(self, words: str, **more: Any) -> tuple[Job, list[Picture]]:
        """Say something and wait until it is answered; the job and its pictures."""
        job_id = await self.app.inbox.accept(message(words, channel=self.channel, **more))

        async def over() -> bool:
            found = await self.app.inbox.get(job_id)
            return found is not None and found.state in FINAL

        await until(over)
        job = await self.app.inbox.get(job_id)
        assert job is not None
        return job, await self.app.gallery.of_job(job_id)


@asynccontextmanager
async def talk(folder: Path, **more: Any) -> AsyncIterator[Talk]:
    platform = PaperPlatform(folder / "platform")
    async with chat_server() as server:
        own = {"llm": "openai:m", "openai_base_url": server.url, "openai_api_key": KEY, "llm_retries": 0}
        own |= {"home": folder / "home", "engine": "paper", "llm_call_limit": CALL_LIMIT, "llm_timeout_s": 60.0} | more
        settings = Settings.model_validate(own)
        one: Talk
        async with (
            open_llm(settings, clock=lambda: one.now_s) as llm,
            open_app(settings, {"paper": platform}, llm=llm) as app,
        ):
            one = Talk(app, server, platform)
            async with working(app):
                yield one
