"""A file that one process of a home folder holds at a time: who holds it starts what all of them share."""

import contextlib
import fcntl
from pathlib import Path
from typing import BinaryIO


class FileLock:
    """The system lets go of it when its holder dies, however it dies. Raises OSError where it can't be made."""

    def __init__(self, path: Path) -> None:
        self._file: BinaryIO = path.open("ab")
        self.held = False

    def take(self) -> bool:
        """Try to get it, without waiting."""
        with contextlib.suppress(BlockingIOError):
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            self.held = True
        return self.held

    def release(self) -> None:
        """Let go of it."""
        self._file.close()
        self.held = False
