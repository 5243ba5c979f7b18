"""What torch and the NVIDIA driver say of this machine, asked in other processes: importing torch may crash."""

import asyncio
import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from bot.doctor.aside import Said, ask

LIMIT_S = 90.0
# Runs where torch may be missing, broken or foreign, so that each piece has to be allowed to fail alone.
PROBE = """
import json, warnings
said = {}
with warnings.catch_warnings(record=True) as warned:
    warnings.simplefilter("always")
    try:
        import torch
        said["version"] = torch.__version__
        said["cuda"] = torch.version.cuda
        said["hip"] = torch.version.hip
        said["mps"] = torch.backends.mps.is_available()
        if torch.cuda.is_available():
            said["gpu"] = torch.cuda.get_device_name(0)
            said["free_bytes"], said["total_bytes"] = torch.cuda.mem_get_info(0)
            torch.ones(8, device="cuda").sum().item()
    except BaseException as error:
        said["error"] = f"{type(error).__name__}: {error}"
    else:
        try:
            import torchvision
            said["torchvision"] = torchvision.__version__
        except ModuleNotFoundError as error:
            if error.name != "torchvision":
                said["torchvision_error"] = str(error)
        except BaseException as error:
            said["torchvision_error"] = f"{type(error).__name__}: {error}"
said["warned"] = [str(one.message) for one in warned]
print(json.dumps(said))
"""
QUERY = ("--query-gpu=name,driver_version,memory.total,memory.free", "--format=csv,noheader,nounits")


@dataclass(frozen=True, slots=True)
class Torch:
    """What torch says of itself and of the GPU it can use.

    Attributes:
        cuda, hip: Version that the build was made for; None for builds that can't.
        gpu: Name of the first GPU that torch can use; empty without one.
        error: Why torch can't be used; empty when it can.
        torchvision: Its version; empty where it is not installed.
    """

    version: str = ""
    cuda: str | None = None
    hip: str | None = None
    mps: bool = False
    gpu: str = ""
    total_bytes: int = 0
    free_bytes: int = 0
    error: str = ""
    torchvision: str = ""
    torchvision_error: str = ""
    warned: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Driver:
    """What nvidia-smi says. `error` is why it fails; empty when it works."""

    gpus: tuple[str, ...] = ()
    version: str = ""
    total_bytes: int = 0
    error: str = ""


@dataclass(frozen=True, slots=True)
class Machine:
    """Both together; `driver` is None where there is no nvidia-smi."""

    torch: Torch
    driver: Driver | None


async def explore(environment: Mapping[str, str]) -> Machine:
    """Ask torch and the driver at the same time."""
    torch, driver = await asyncio.gather(_torch(environment), _driver(environment))
    return Machine(torch, driver)


async def _torch(environment: Mapping[str, str]) -> Torch:
    try:
        said = await ask(sys.executable, "-P", "-c", PROBE, environment=environment, limit_s=LIMIT_S)
    except TimeoutError:
        return Torch(error=f"it was not imported within {LIMIT_S:g} s")
    return read_torch(said)


def read_torch(said: Said | None) -> Torch:
    """What the probe printed."""
    if said is None:
        return Torch(error=f"{sys.executable} can't be started")
    if said.code < 0:
        return Torch(error=f"importing it kills Python (signal {-said.code}): {said.last_words}")
    try:
        values: dict[str, Any] = json.loads(said.out.strip().splitlines()[-1])
    except (IndexError, ValueError):
        return Torch(error=f"importing it ends Python (exit code {said.code}): {said.last_words}")
    known = {field.name for field in fields(Torch)} - {"warned"}
    warned = tuple(" ".join(str(text).split()) for text in values.get("warned", ()))
    return Torch(**{name: value for name, value in values.items() if name in known}, warned=warned)


async def _driver(environment: Mapping[str, str]) -> Driver | None:
    try:
        said = await ask("nvidia-smi", *QUERY, environment=environment, limit_s=20.0)
    except TimeoutError:
        return Driver(error="it does not answer")
    except OSError as error:
        return Driver(error=str(error))
    return None if said is None else read_driver(said)


def read_driver(said: Said) -> Driver:
    """What nvidia-smi printed: a line for each GPU with name, driver, total and free MiB."""
    rows = [[cell.strip() for cell in line.split(",")] for line in said.out.splitlines() if line.count(",") == 3]
    if said.code or not rows:
        return Driver(error=said.last_words)
    total_mib = rows[0][2]
    return Driver(
        gpus=tuple(row[0] for row in rows),
        version=rows[0][1],
        total_bytes=int(total_mib) * 2**20 if total_mib.isdigit() else 0,
    )
