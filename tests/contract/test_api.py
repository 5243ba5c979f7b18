"""The API holds what its description says: schemathesis against a real server, with every check that it has."""

import asyncio
import os
import sys
from pathlib import Path

import pytest

from tests.helpers.web import KEY, chat

ROOT = Path(__file__).parents[2]
MANY = 10_000
PARTS = {
    "each call": ["--phases", "examples,coverage,fuzzing"],
    # Cancelling is a DELETE that leaves the message in its conversation, which is no use after free.
    "calls that lead to others": ["--phases", "stateful", "--exclude-operation-id", "cancel"],
}


async def held(folder: Path, *more: str) -> tuple[int | None, str]:
    """How schemathesis ends, and what it says.

    The stream of a conversation never ends by itself, so it is left out here; tests/flow/test_web_chat.py follows it.
    """
    limits = {"messages_per_minute": MANY, "uploads_per_minute": MANY, "desk_people": ["ana"]}
    async with chat(folder, **limits) as one:
        command = [sys.executable, "-m", "schemathesis.cli", "run", f"{one.url}/api/v1/openapi.json"]
        command += ["--header", f"Authorization: Bearer {KEY}", "--exclude-path", "/api/v1/events"]
        command += [
            "--checks",
            "all",
            "--warnings",
            "off",
            "--continue-on-failure",
            "--seed",
            "1",
            "--workers",
            "4",
            *more,
        ]
        environment = os.environ | {"SCHEMATHESIS_HOOKS": "tests.helpers.api_hooks", "PYTHONPATH": str(ROOT)}
        child = await asyncio.create_subprocess_exec(
            *command, cwd=folder, env=environment, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT
        )
        said, _ = await child.communicate()
        return child.returncode, said.decode()


@pytest.mark.parametrize("part", PARTS)
async def test_the_api_is_as_described(tmp_path: Path, part: str) -> None:
    """Every call keeps its description for good and bad input, with and without the key, one after the other."""
    code, said = await held(tmp_path, "--max-examples", "3", *PARTS[part])
    assert code == 0, said


@pytest.mark.proof
@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("seed", ["2", "3"])
async def test_the_api_is_as_described_at_length(tmp_path: Path, part: str, seed: str) -> None:
    """The same with many more requests."""
    code, said = await held(tmp_path, "--max-examples", "200", "--seed", seed, *PARTS[part])
    assert code == 0, said
