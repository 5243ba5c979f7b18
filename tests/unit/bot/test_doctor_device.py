"""The doctor on torch and the GPU: builds that don't fit, drivers that fail, a torch that kills Python."""

import os
from pathlib import Path

import pytest

from bot.doctor.device import judge_gpu, judge_torch
from bot.doctor.finding import GIB, Level
from bot.doctor.machine import Driver, Machine, Torch, explore
from tests.helpers.sick import package, program

GPU = Driver(("NVIDIA H100",), "550.54", 80 * GIB)
CUDA = Torch("2.13.0", cuda="13.0", gpu="NVIDIA H100", total_bytes=80 * GIB, free_bytes=78 * GIB)
CPU = Torch("2.13.0+cpu")


def environment(**more: str) -> dict[str, str]:
    """This process's, with programs of the system only."""
    return {"PATH": "/usr/bin:/bin", "OMP_NUM_THREADS": "1", "HOME": os.environ.get("HOME", "/")} | more


async def test_a_cpu_build_beside_a_gpu_and_a_torchvision_of_another_torch(tmp_path: Path) -> None:
    """A driver that lists a GPU which torch was not built for, and a broken torchvision, come with their pip lines."""
    smi = program(tmp_path / "bin", "nvidia-smi", "echo 'NVIDIA RTX 4090, 550.54, 24564, 24000'")
    site = package(tmp_path / "site", "torchvision", "raise RuntimeError('operator torchvision::nms does not exist')")
    machine = await explore(environment(PATH=f"{smi}:/usr/bin:/bin", PYTHONPATH=str(site)))
    assert machine.driver == Driver(("NVIDIA RTX 4090",), "550.54", 24564 * 2**20)
    if machine.torch.cuda or machine.torch.gpu:
        pytest.skip("this torch is a CUDA build")
    found = judge_torch(machine)
    assert found.level is Level.PROBLEM
    assert "is the CPU build, and there is an NVIDIA RTX 4090" in found.found
    assert "torchvision does not fit" in found.found
    assert "operator torchvision::nms does not exist" in found.found
    assert f"pip install --force-reinstall torch=={machine.torch.version.partition('+')[0]}" in found.remedy
    assert "pip install --upgrade torchvision" in found.remedy
    gpu = judge_gpu(machine, "auto")
    assert gpu.level is Level.WARNING
    assert "torch can't reach the NVIDIA RTX 4090 (driver 550.54)" in gpu.found


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("import os; os.abort()", "kills Python (signal 6)"),
        ("import os; os._exit(3)", "ends Python (exit code 3)"),
        ("raise OSError('libcudart.so.13: cannot open shared object file')", "libcudart.so.13: cannot open"),
        ("raise SystemExit('not today')", "SystemExit: not today"),
        ("__version__ = '1.0'", "AttributeError"),
    ],
    ids=["abort", "exit", "library", "SystemExit", "another torch"],
)
async def test_a_torch_that_can_not_be_imported(tmp_path: Path, source: str, words: str) -> None:
    """However torch fails, the doctor lives on and names the line that installs it again."""
    site = package(tmp_path / "site", "torch", source)
    found = judge_torch(await explore(environment(PYTHONPATH=str(site))))
    assert found.level is Level.PROBLEM
    assert words in found.found
    assert found.remedy.startswith("pip install --force-reinstall torch")


async def test_a_driver_that_fails(tmp_path: Path) -> None:
    """What nvidia-smi says of a missing driver is told, with the way out."""
    said = "NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver."
    smi = program(tmp_path / "bin", "nvidia-smi", f'echo "{said}"; exit 9')
    site = package(tmp_path / "site", "torch", "raise ImportError('not needed here')")
    machine = await explore(environment(PATH=f"{smi}:/usr/bin:/bin", PYTHONPATH=str(site)))
    found = judge_gpu(Machine(CPU, machine.driver), "auto")
    assert found.level is Level.WARNING
    assert said.rstrip(".") in found.found
    assert "Install or repair the NVIDIA driver" in found.remedy


def test_a_gpu_that_is_well() -> None:
    """Name, memory and driver are shown, and the build."""
    found = judge_gpu(Machine(CUDA, GPU), "auto")
    assert (found.level, found.found) == (Level.OK, "NVIDIA H100, 80.0 GiB, 78.0 GiB free, driver 550.54")
    assert judge_torch(Machine(CUDA, GPU)).found == "2.13.0, CUDA 13.0 build, no torchvision (not needed)"


def test_no_gpu_is_no_trouble() -> None:
    """Where there is none, the CPU paints, and that is well."""
    found = judge_gpu(Machine(CPU, None), "auto")
    assert found.level is Level.OK
    assert "the CPU paints" in found.found
    assert judge_torch(Machine(CPU, None)).level is Level.OK


def test_a_driver_that_is_too_old() -> None:
    """A CUDA build that can't reach the GPU shows what torch said of the driver."""
    said = "CUDA initialization: The NVIDIA driver on your system is too old (found version 11040)."
    found = judge_gpu(Machine(Torch("2.13.0", cuda="13.0", warned=("other words", said)), GPU), "auto")
    assert found.level is Level.WARNING
    assert "too old (found version 11040)" in found.found
    assert "Update the NVIDIA driver to one for CUDA 13.0" in found.remedy


@pytest.mark.parametrize("wanted", ["cuda", "mps"])
def test_a_device_that_settings_name_and_that_is_not_there(wanted: str) -> None:
    """engines.local.device = 'cuda' on a machine without is a problem."""
    found = judge_gpu(Machine(CPU, None), wanted)
    assert found.level is Level.PROBLEM
    assert f"engines.local.device is '{wanted}'" in found.found
    assert "device = 'auto'" in found.remedy


def test_other_builds_are_named() -> None:
    """ROCm and Apple's GPU are told as what they are."""
    assert "ROCm 7.0 build" in judge_torch(Machine(Torch("2.13.0+rocm7", hip="7.0"), None)).found
    apple = Machine(Torch("2.13.0", mps=True, torchvision="0.28.0"), None)
    assert judge_torch(apple).found == "2.13.0, MPS build, torchvision 0.28.0"
    assert "MPS" in judge_gpu(apple, "auto").found
    assert "the CPU paints" in judge_gpu(apple, "cpu").found
