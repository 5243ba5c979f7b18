"""Opens pictures that come from outside safely: what is kept of them is pixels, nothing else."""

import asyncio
import contextlib
import hashlib
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from dataclasses import dataclass
from io import BytesIO

from bot import decoder, log
from bot.errors import LimnerError, RequestError
from bot.image_headers import ACCEPTED, Header, check_header, check_scans, read_header

MAX_BYTES = 20 * 2**20
CPU_S = 20
"""Several times what the largest accepted picture of any kind takes."""
PATIENCE_S = 120.0
"""Wall-clock time, for a child that does not even use its processor time."""
_SLICE_BYTES = 2**18

_log = log.get("images")


@dataclass(frozen=True, slots=True)
class SafePicture:
    """A picture of which only the pixels are left: an RGB PNG without metadata, upright, opaque."""

    png: bytes
    width_px: int
    height_px: int
    sha256: str


class PictureOpener:
    """Opens pictures from outside, each in a child process of its own that can't take the bot along.

    The size that a file declares is checked before anything is decoded. The child has no secrets in its environment,
    about 270 MB of memory, and `cpu_s` seconds of processor time.

    Args:
        at_once: Children at a time; the others wait.
        max_bytes: Largest file.
        cpu_s: Processor seconds for one picture, 1 or more.
    """

    def __init__(self, *, at_once: int = 2, max_bytes: int = MAX_BYTES, cpu_s: int = CPU_S) -> None:
        self._turn = asyncio.Semaphore(at_once)
        self._max_bytes = max_bytes
        self._cpu_s = cpu_s

    async def open(self, data: bytes, *, max_side_px: int | None = None) -> SafePicture:
        """Decode a PNG, JPEG, WebP or GIF (its first frame), turn it upright by its EXIF, and drop all else.

        Colours are kept as numbers; a colour profile is dropped unread.

        Args:
            data: The file.
            max_side_px: Shrink the picture so that its longer side has at most this.

        Raises:
            RequestError: It is no such picture, damaged, or too large in bytes, pixels, memory or time.
        """
        self._check(data)
        async with self._turn:
            png = await self._decoded(data, max_side_px or 0)
        header = read_header(png)
        return SafePicture(png, header.width_px, header.height_px, hashlib.sha256(png).hexdigest())

    def _check(self, data: bytes) -> Header:
        if not data:
            raise RequestError("This file is empty", f"Send a {ACCEPTED}")
        if len(data) > self._max_bytes:
            sizes = f"{len(data) / 2**20:.1f} MiB", f"{self._max_bytes / 2**20:g} MiB"
            raise RequestError(f"This picture is too large: {sizes[0]}", f"Send one of at most {sizes[1]}")
        header = read_header(data)
        check_header(header)
        if header.kind == "JPEG":
            check_scans(data)
        return header

    async def _decoded(self, data: bytes, max_side_px: int) -> bytes:
        child = await self._start(max_side_px)
        try:
            async with asyncio.timeout(PATIENCE_S):
                png, reason = await _exchanged(child, data)
                status = await child.wait()
        except TimeoutError as error:
            raise _too_slow() from error
        finally:
            if child.returncode is None:
                child.kill()
                await child.wait()
        _judge(status, reason)
        return png

    async def _start(self, max_side_px: int) -> Process:
        return await asyncio.create_subprocess_exec(
            *(sys.executable, "-P", "-W", "ignore", "-m", decoder.__name__, str(self._cpu_s), str(max_side_px)),
            stdin=PIPE,
            stdout=PIPE,
            stderr=PIPE,
            env=_environment(),
            start_new_session=True,  # Ctrl-C is for the parent
        )


def _environment() -> dict[str, str]:
    """What the child needs to run this very code; no token is in it."""
    kept = {name: os.environ[name] for name in ("LD_LIBRARY_PATH", "PYTHONHOME") if name in os.environ}
    return kept | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "MALLOC_ARENA_MAX": "1", "LC_ALL": "C.UTF-8"}


async def opened(data: bytes, *, max_side_px: int | None = None) -> SafePicture:
    """Open one picture by itself, as `PictureOpener.open` does; whoever opens many keeps a `PictureOpener`."""
    return await PictureOpener().open(data, max_side_px=max_side_px)


async def _exchanged(child: Process, data: bytes) -> tuple[bytes, str]:
    """Hand the file to the child; what it wrote, and the last line of why it failed."""
    assert child.stdin is not None
    assert child.stdout is not None
    assert child.stderr is not None
    with contextlib.suppress(ConnectionError):  # a child that ended early says why by its status
        for at in range(0, len(data), _SLICE_BYTES):
            child.stdin.write(memoryview(data)[at : at + _SLICE_BYTES])
            await child.stdin.drain()
    child.stdin.close()
    png = BytesIO()  # joining a list of parts would hold the picture twice
    while part := await child.stdout.read(_SLICE_BYTES):
        png.write(part)
    reason = (await child.stderr.read()).decode(errors="replace").strip()
    return png.getvalue(), reason.rpartition("\n")[2]


def _judge(status: int, reason: str) -> None:
    """Turn the end of a child into one clear line."""
    if status == 0:
        return
    _log.info("A picture was refused: status %d, %s", status, reason or "no reason given")
    if status == decoder.TOO_MUCH_MEMORY:
        raise RequestError("This picture takes too much memory to open", "Send it smaller, or as a plain PNG or JPEG")
    if status in (-signal.SIGXCPU, -signal.SIGKILL):
        raise _too_slow()
    if status == decoder.DAMAGED or status < 0:
        raise RequestError("This picture is damaged and can't be opened", f"Save it again and send a {ACCEPTED}")
    raise LimnerError(f"Pictures can't be opened: {reason}", "Install Limner again")


def _too_slow() -> RequestError:
    return RequestError("This picture takes too long to open", "Save it again as a plain PNG or JPEG")
