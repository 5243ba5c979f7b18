"""How much memory there is for a model, on the system or on the GPU."""

import contextlib
import os
import re
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc/meminfo")
# What a container may use, by the two generations of control groups.
LIMITS = (Path("/sys/fs/cgroup/memory.max"), Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"))


@dataclass(frozen=True, slots=True)
class Memory:
    """`free_bytes` is what could be had without others giving way."""

    total_bytes: int
    free_bytes: int


def system_memory() -> Memory:
    """This machine's memory, or this container's where that is less."""
    total = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    free = total
    with contextlib.suppress(OSError):
        if found := re.search(r"^MemAvailable:\s+(\d+) kB", PROC.read_text(encoding="utf-8"), re.MULTILINE):
            free = int(found.group(1)) * 1024
    for path in LIMITS:
        with contextlib.suppress(OSError, ValueError):  # not there, or 'max'
            total = min(total, int(path.read_text(encoding="utf-8")))
    return Memory(total, min(free, total))
