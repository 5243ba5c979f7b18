"""The command line as a person meets it: real processes, with pipes or with a pseudo-terminal."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

LIMNER = str(Path(sys.executable).with_name("limner"))
PATIENCE_S = 60.0


def environment(home: Path, **more: str) -> dict[str, str]:
    """Ours without settings of the machine, with a home of its own and an engine that paints paper at once."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LIMNER_", "OPENAI_"))}
    for name in ("NO_COLOR", "FORCE_COLOR", "COLORTERM", "TTY_COMPATIBLE", "COLUMNS", "LINES"):
        kept.pop(name, None)
    return kept | {"LIMNER_HOME": str(home), "LIMNER_ENGINE": "paper", "OMP_NUM_THREADS": "1"} | more


def limner(
    home: Path, *arguments: str, stdin: bytes = b"", env: Mapping[str, str] | None = None, cwd: Path | None = None
) -> subprocess.CompletedProcess[bytes]:
    """Run a command to its end, with pipes on all sides."""
    return subprocess.run(
        [LIMNER, *arguments],
        input=stdin,
        capture_output=True,
        env=environment(home, **(env or {})),
        cwd=cwd or home.parent,
        timeout=PATIENCE_S,
        check=False,
    )


def one_line(done: subprocess.CompletedProcess[bytes]) -> str:
    """The one line that a problem is told in; checks that nothing else was said anywhere."""
    said = done.stderr.decode()
    assert done.stdout == b""
    assert said.endswith("\n")
    assert said.count("\n") == 1, said
    assert said.startswith("limner: "), said
    return said.removeprefix("limner: ").rstrip("\n")


class Screen:
    """A process on a pseudo-terminal of 80 x 40 cells with 24-bit colours."""

    def __init__(self, process: subprocess.Popen[bytes], master: int) -> None:
        self.process = process
        self.output = b""
        self._master = master

    @property
    def text(self) -> str:
        """All that was printed, without escape sequences."""
        return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", self.output.decode(errors="replace")).replace("\r\n", "\n")

    def type(self, text: str) -> None:
        """Type on the keyboard; chr(3) is Ctrl-C, chr(4) is Ctrl-D."""
        os.write(self._master, text.encode())

    def wait_for(self, words: str, times: int = 1) -> None:
        """Read until `words` stand on the screen so many times."""
        while self.text.count(words) < times:
            assert self._read(), f"it ended without {words!r}:\n{self.text[-2000:]}"

    def wait_for_prompt(self, number: int) -> None:
        """Read until the chat asks for its n-th line; keys like Ctrl-D that come before that may be lost."""
        self.wait_for("\n> ", number)

    def wait(self) -> int:
        """Read to the end; the exit code."""
        while self._read():
            pass
        return self.process.wait(PATIENCE_S)

    def echoes(self) -> bool:
        """Whether the terminal shows what is typed, as a shell expects to find it."""
        return bool(termios.tcgetattr(self._master)[3] & termios.ECHO)

    def _read(self) -> bool:
        ready, _, _ = select.select([self._master], [], [], PATIENCE_S)
        assert ready, f"nothing more came after:\n{self.text[-2000:]}"
        try:
            chunk = os.read(self._master, 65536)
        except OSError:  # how Linux says that the other side is closed
            return False
        self.output += chunk
        return bool(chunk)


@contextmanager
def on_screen(home: Path, *arguments: str, **more: str) -> Iterator[Screen]:
    """A command on a terminal, as the leader of its own session, so that Ctrl-C reaches it."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 80, 0, 0))
    process = subprocess.Popen(
        [LIMNER, *arguments],
        stdin=slave,
        stdout=slave,
        stderr=slave,
        env=environment(home, TERM="xterm-256color", COLORTERM="truecolor", **more),
        cwd=home.parent,
        start_new_session=True,
        preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
    )
    os.close(slave)  # or its end would never be seen
    try:
        yield Screen(process, master)
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGKILL)
            process.wait()
        os.close(master)
