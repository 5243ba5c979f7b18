"""What a device's errors mean, and which number format goes with it."""

import pytest
import torch

from bot.errors import EngineLost
from tools.engine.families import FAMILIES
from tools.engine.painter import device


@pytest.mark.parametrize(
    "error",
    [
        torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2.00 GiB."),
        RuntimeError("[enforce fail] DefaultCPUAllocator: can't allocate memory: you tried to allocate 10 bytes"),
        RuntimeError("MPS backend out of memory (MPS allocated: 1 GB)"),
        MemoryError(),
    ],
    ids=["cuda", "cpu", "mps", "python"],
)
def test_full_memory(error):
    """Too little memory is said with what was wanted, and is not taken for a broken device."""
    known = device.explain(error, "for a picture of 64x64 px")
    assert type(known) is device.OutOfMemory
    assert "for a picture of 64x64 px" in known.problem


@pytest.mark.parametrize(
    "error",
    [
        torch.AcceleratorError("CUDA error: an illegal memory access was encountered\nmore"),
        RuntimeError("CUDA error: device-side assert triggered"),
    ],
)
def test_broken_context(error):
    """A fault of the device needs a new process."""
    known = device.explain(error, "for a picture")
    assert isinstance(known, EngineLost)
    assert known.crashed
    assert "\n" not in str(known)


@pytest.mark.parametrize("error", [ValueError("out of memory"), RuntimeError("shapes differ")])
def test_other_errors(error):
    """What is not the device's is left to others."""
    assert device.explain(error, "for a picture") is None


def test_real_allocation_that_fails():
    """The refusal by torch of an absurd allocation on this machine is recognised."""
    with pytest.raises(RuntimeError) as raised:
        torch.empty(2**60, dtype=torch.uint8)
    assert type(device.explain(raised.value, "")) is device.OutOfMemory


@pytest.mark.parametrize("family", FAMILIES.values(), ids=FAMILIES)
def test_number_formats(family):
    """The CPU computes in float32; half precision elsewhere is as the table says."""
    assert device.dtype_for(torch.device("cpu"), family) is torch.float32
    assert device.dtype_for(torch.device("mps"), family) is getattr(torch, family.mps_dtype)


def test_auto_takes_what_is_there():
    """'auto' finds a device on every machine."""
    expected = "cuda" if torch.cuda.is_available() else "mps" if torch.backends.mps.is_available() else "cpu"
    assert device.choose("auto").type == expected
