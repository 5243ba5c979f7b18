"""What a measurement was made on, as far as this machine and the painter tell."""

import os
import platform
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

LIBRARIES = ("torch", "diffusers")


@runtime_checkable
class TellsHealth(Protocol):
    """An engine that knows more of its painter than the contract asks for."""

    async def health(self) -> Mapping[str, Any]:
        """What GET /health answers."""


@dataclass(frozen=True, slots=True)
class Machine:
    """Where the bot runs, and what the painter says of where it runs.

    Attributes:
        processor: Of the bot's machine.
        device: What the painter paints on; empty where it does not say.
        versions: Of the painter's libraries, as far as they are known.
    """

    processor: str
    cores: int
    device: str
    versions: Mapping[str, str]


async def machine(engine: object, wanted: str | None) -> Machine:
    """Ask the painter, and where it is this machine's own and says nothing, look for oneself.

    Args:
        engine: Open.
        wanted: The device in the settings of the local engine; None for a painter elsewhere.

    Raises:
        EngineError: The painter can't be had.
    """
    health = await health_of(engine)
    device = health.get("device")
    versions = {name: str(health[name]) for name in LIBRARIES if health.get(name)}
    if wanted is not None:
        versions = {name: metadata.version(name) for name in LIBRARIES} | versions
        device = device or ("CPU" if wanted == "cpu" else await _found())
    return Machine(processor(), cores(), str(device or ""), versions)


async def health_of(engine: object) -> Mapping[str, Any]:
    """What the painter says of itself; nothing where the engine can't be asked. Raises EngineError."""
    return await engine.health() if isinstance(engine, TellsHealth) else {}


def processor() -> str:
    """Name of this machine's processor."""
    known = Path("/proc/cpuinfo")
    lines = known.read_text(encoding="utf-8", errors="replace").splitlines() if known.exists() else []
    named = (line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.processor() or platform.machine())


def cores() -> int:
    """Processor cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


async def _found() -> str:
    """What torch finds to paint on, asked in another process: this one has no torch."""
    from bot.doctor.machine import explore

    torch = (await explore(os.environ)).torch
    return torch.gpu or ("Apple GPU" if torch.mps else "CPU")
