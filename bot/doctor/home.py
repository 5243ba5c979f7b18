"""The home folder: whether it is there, ours alone, writable, and on a disk with room."""

import os
import shutil
import stat
import tempfile
from functools import partial
from pathlib import Path

from bot.doctor.aside import aside
from bot.doctor.finding import Case, Check, Finding, ok, problem, size, together, warning

SOCKET = "painter.sock"
# A socket's path has room for 104 bytes on some systems, 108 on others.
SOCKET_LIMIT_BYTES = 100
ELSEWHERE = "Choose another with --home or LIMNER_HOME"


async def look_at_home(case: Case) -> Finding:
    """Whether the home folder can be used, and by nobody else."""
    return await aside(partial(_home, case.settings.home))


async def look_at_pictures(case: Case) -> Finding:
    """Whether pictures can be kept."""
    return await aside(partial(_pictures, case.settings.home / "gallery"))


async def look_at_disk(case: Case) -> Finding:
    """Whether there is room for what Limner keeps."""
    return await aside(partial(_disk, case.settings.home, case.least_free_bytes))


CHECKS = (Check("home", look_at_home), Check("pictures", look_at_pictures), Check("disk", look_at_disk))


def _home(home: Path) -> Finding:
    place = there(home)
    if not place.is_dir():
        return problem(f"{place} is no folder", ELSEWHERE)
    if trouble := _cant_write(place):
        return problem(f"{place} can't be written to: {trouble}", f"chown or chmod it. {ELSEWHERE}")
    if place != home:
        return ok(f"{home} is not there yet; the first request makes it")
    return together([*_privacy(home), *_length(home)], f"{home}, writable, yours alone")


def _privacy(home: Path) -> list[Finding]:
    found = home.stat()
    if found.st_uid != os.getuid():
        return [warning(f"{home} belongs to another user", f"chown {os.getuid()} {home}")]
    if stat.S_IMODE(found.st_mode) & 0o077:
        mode = f"{stat.S_IMODE(found.st_mode):o}"
        return [warning(f"{home} is open to other users of this machine (mode {mode})", f"chmod 700 {home}")]
    return []


def _length(home: Path) -> list[Finding]:
    length = len(os.fsencode(home / SOCKET))
    if length <= SOCKET_LIMIT_BYTES:
        return []
    words = f"{home} is too long a path for the painter's socket ({length} bytes), which lies in /tmp instead"
    return [warning(words, f"A path of {SOCKET_LIMIT_BYTES - len(SOCKET) - 1} bytes would do. {ELSEWHERE}")]


def _pictures(gallery: Path) -> Finding:
    place = there(gallery)
    if not place.is_dir():
        return problem(f"{place} is no folder", f"Move it away. {ELSEWHERE}")
    if trouble := _cant_write(place):
        return problem(f"{place} can't be written to: {trouble}", f"chown or chmod it. {ELSEWHERE}")
    if place != gallery:
        return ok(f"{gallery} is not there yet; the first picture makes it")
    sizes = [path.stat().st_size for path in gallery.rglob("*.png")]
    return ok(f"{len(sizes)} files, {size(sum(sizes))} in {gallery}")


def _disk(home: Path, least_bytes: int) -> Finding:
    place = there(home)
    disk = shutil.disk_usage(place)
    found = f"{size(disk.free)} of {size(disk.total)} free at {place}"
    remedy = f"Free some, or move the home folder. {ELSEWHERE}"
    if disk.free < least_bytes:
        return problem(f"{found}, less than {size(least_bytes)}", remedy)
    if disk.free < 5 * least_bytes:
        return warning(f"{found}, less than {size(5 * least_bytes)}", remedy)
    inodes = os.statvfs(place)
    if inodes.f_files and inodes.f_favail < 1000:
        return problem(f"only {inodes.f_favail} more files fit at {place}, whatever their size", remedy)
    return ok(found)


def there(path: Path) -> Path:
    """The path itself, or the nearest one above it that there is."""
    return next(one for one in (path, *path.parents) if os.path.lexists(one))


def _cant_write(folder: Path) -> str:
    """Write, read and delete a file: permissions alone don't tell of a full or read-only disk. Why not, or nothing."""
    try:
        with tempfile.TemporaryFile(dir=folder, prefix=".doctor-") as file:
            file.write(b"\0" * 4096)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        return error.strerror or str(error)
    return ""
