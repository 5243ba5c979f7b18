"""What pictures are painted on: the build of torch, the GPU and its driver."""

import os

from bot.doctor.finding import Case, Check, Finding, ok, problem, size, together, warning
from bot.doctor.machine import LIMIT_S, Driver, Machine, Torch
from bot.doctor.memory import system_memory

LIMIT = LIMIT_S + 15.0


async def look_at_torch(case: Case) -> Finding:
    """Whether torch can be used, and is built for this machine's GPU."""
    return judge_torch(await case.machine.get())


async def look_at_gpu(case: Case) -> Finding:
    """Whether there is a GPU, its driver works and torch reaches it."""
    return judge_gpu(await case.machine.get(), str(case.settings.engines.get("local", {}).get("device", "auto")))


# Where the painter is on another machine, this one's torch is of no use.
CHECKS = (Check("torch", look_at_torch, LIMIT), Check("gpu", look_at_gpu, LIMIT))


def judge_torch(machine: Machine) -> Finding:
    """The finding on what torch and the driver said."""
    torch, driver = machine.torch, machine.driver
    if torch.error:
        again = f"pip install --force-reinstall torch{f'=={_plain(torch)}' if torch.version else ''}"
        return problem(f"torch can't be used: {torch.error}", again)
    findings = []
    if driver and driver.gpus and _build(torch) == "CPU":
        # What PyPI has for Linux is built for CUDA.
        findings.append(
            warning(
                f"{torch.version} is the CPU build, and there is an {driver.gpus[0]}",
                f"pip install --force-reinstall torch=={_plain(torch)} --index-url https://pypi.org/simple",
            )
        )
    if torch.torchvision_error:
        findings.append(
            problem(
                f"torchvision does not fit torch {torch.version}: {torch.torchvision_error}",
                "pip install --upgrade torchvision, or pip uninstall torchvision: Limner does without",
            )
        )
    beside = f", torchvision {torch.torchvision}" if torch.torchvision else ", no torchvision (not needed)"
    return together(findings, f"{torch.version}, {_build(torch)} build{beside}")


def judge_gpu(machine: Machine, wanted: str) -> Finding:
    """The finding on the GPU; `wanted` is the setting engines.local.device."""
    torch, driver = machine.torch, machine.driver
    if torch.gpu and wanted in ("auto", "cuda"):
        return ok(f"{torch.gpu}, {size(torch.total_bytes)}, {size(torch.free_bytes)} free{_driver(driver)}")
    if torch.mps and wanted in ("auto", "mps"):
        return ok(f"Apple's GPU through MPS, {size(system_memory().total_bytes)} shared with the system")
    if wanted in ("cuda", "mps"):
        return problem(f"engines.local.device is '{wanted}', and torch reaches no such GPU", _way_to_gpu(torch, driver))
    if wanted == "auto" and driver and driver.error:
        return warning(
            f"nvidia-smi fails: {driver.error}",
            "Install or repair the NVIDIA driver and start the machine anew; till then the CPU paints",
        )
    if wanted == "auto" and driver and driver.gpus:
        said = next((text for text in torch.warned if "driver" in text.lower() or "cuda" in text.lower()), "")
        return warning(
            f"torch can't reach the {driver.gpus[0]} (driver {driver.version}){f': {said[:200]}' if said else ''}",
            _way_to_gpu(torch, driver),
        )
    return ok(f"none in use; the CPU paints, with {os.cpu_count()} cores and {size(system_memory().total_bytes)}")


def _build(torch: Torch) -> str:
    if torch.cuda:
        return f"CUDA {torch.cuda}"
    return f"ROCm {torch.hip}" if torch.hip else "MPS" if torch.mps else "CPU"


def _plain(torch: Torch) -> str:
    """The version without the build's name: '2.13.0' for '2.13.0+cpu'."""
    return torch.version.partition("+")[0]


def _driver(driver: Driver | None) -> str:
    return f", driver {driver.version}" if driver and driver.version else ""


def _way_to_gpu(torch: Torch, driver: Driver | None) -> str:
    if not driver:
        return "Install the GPU's driver, or set device = 'auto'"
    if torch.cuda:
        return f"Update the NVIDIA driver to one for CUDA {torch.cuda}; in a container, start it with its GPUs"
    return "Install the build of torch that the line 'torch' names, or set device = 'cpu'"
