"""Files that are there whole or not at all, whatever dies while they are written."""

import os
import shutil
import tempfile
from pathlib import Path

from bot.errors import GalleryError


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that it is there whole or not at all: to a neighbour, to the disk, then renamed.

    Raises:
        GalleryError: The disk is full, or the folder can't be made or written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".limner-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                os.fchmod(file.fileno(), 0o644)
                file.flush()
                os.fsync(file.fileno())
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        free = shutil.disk_usage(_existing(path)).free
        remedy = "Free some disk space." if free < len(data) else "Choose a place that you may write to."
        raise GalleryError(f"{path} can't be written: {error.strerror or error}", remedy) from error


def _existing(path: Path) -> Path:
    return next(parent for parent in [path, *path.parents] if parent.exists())
