"""The commands in docs/api.md work as they stand."""

import asyncio
import re
from pathlib import Path

from adapters.web.errors import BY_STATUS
from adapters.web.models import WHY
from tests.helpers.needs import needs
from tests.helpers.web import KEY, chat

TEXT = (Path(__file__).parents[2] / "docs" / "api.md").read_text(encoding="utf-8")


async def test_every_command_works(tmp_path: Path) -> None:
    """Pasted one after the other into a shell, they ask for a picture, follow it, fetch it, and all the rest."""
    needs("curl", "curl")
    blocks = re.findall(r"```sh\n(.*?)```", TEXT, re.DOTALL)
    async with chat(tmp_path) as one:
        given = f"URL={one.url}\nKEY={KEY}\n"
        script = given + "\n".join(block for block in blocks if not block.startswith("URL="))
        assert script.count("curl") == TEXT.count("curl -")
        child = await asyncio.create_subprocess_exec(
            *("bash", "-eu", "-c", script),
            cwd=tmp_path,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        out, errors = await child.communicate()
    assert (child.returncode, errors) == (0, b"")
    assert b'"state":"done"' in out
    assert b'"cancelled":' in out
    assert (tmp_path / "beach.png").read_bytes().startswith(b"\x89PNG")


def test_every_status_is_explained() -> None:
    """The table of errors knows each status and code that the API gives."""
    rows = re.findall(r"^\| ([\d, ]+) \| (.+?) \|", TEXT, re.MULTILINE)
    statuses = {int(status) for row, _ in rows for status in row.split(", ")}
    codes = {code for _, row in rows for code in re.findall(r"`(\w+)`", row)}
    assert statuses == {*WHY, *BY_STATUS}
    assert {code for code, _, _ in BY_STATUS.values()} <= codes
