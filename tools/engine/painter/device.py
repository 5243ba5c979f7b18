"""What the painter paints on: choosing device and number format, and what a device's errors mean."""

import gc
from typing import TYPE_CHECKING, Literal

from bot.errors import EngineError, EngineLost
from tools.engine.families import Family
from tools.engine.painter.hub import first_line

if TYPE_CHECKING:
    import torch
DeviceName = Literal["auto", "cuda", "mps", "cpu"]
# torch says so in plain RuntimeErrors on some devices.
_FULL = ("out of memory", "can't allocate memory", "not enough memory")


class OutOfMemory(EngineError):
    """The device has not enough memory for what it was to do."""


def choose(wanted: DeviceName) -> "torch.device":
    """The device to paint on.

    Raises:
        EngineError: The one asked for is not there.
    """
    import torch

    there = {"cuda": torch.cuda.is_available(), "mps": torch.backends.mps.is_available(), "cpu": True}
    if wanted == "auto":
        return torch.device(next(name for name, is_there in there.items() if is_there))
    if not there[wanted]:
        raise EngineError(
            f"This machine has no '{wanted}' device that PyTorch {torch.__version__} can use",
            "Set device = 'auto', or install the PyTorch build for it.",
        )
    return torch.device(wanted)


def dtype_for(device: "torch.device", family: Family) -> "torch.dtype":
    """Number format of a family's weights on a device."""
    import torch

    if device.type == "cpu":
        return torch.float32
    name = family.cuda_dtype if device.type == "cuda" else family.mps_dtype
    if name == "bfloat16" and device.type == "cuda" and not torch.cuda.is_bf16_supported():
        name = "float16"
    return {"float32": torch.float32, "float16": torch.float16, "bfloat16": torch.bfloat16}[name]


def name_of(device: "torch.device") -> str:
    """What a GPU calls itself; 'CPU' and 'MPS' stand for themselves."""
    import torch

    return str(torch.cuda.get_device_name(device)) if device.type == "cuda" else device.type.upper()


def free(device: "torch.device") -> None:
    """Give back what nothing refers to any more."""
    import torch

    gc.collect()
    if device.type == "cuda":
        torch.cuda.empty_cache()
    elif device.type == "mps":
        torch.mps.empty_cache()


def peak_mib(device: "torch.device | None") -> float:
    """The most memory that was taken so far: the GPU's where there is one, else this process's."""
    import resource
    import sys

    if device is not None and device.type == "cuda":
        import torch

        return torch.cuda.max_memory_reserved(device) / 2**20
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)


def wait(device: "torch.device") -> None:
    """Wait until the device has done all that it was told, so that a time that is measured is its own."""
    import torch

    if device.type == "cuda":
        torch.cuda.synchronize(device)
    elif device.type == "mps":
        torch.mps.synchronize()


def is_full(error: Exception) -> bool:
    """Whether an error says that the device's memory is full."""
    import torch

    if isinstance(error, (torch.OutOfMemoryError, MemoryError)):
        return True
    return isinstance(error, RuntimeError) and any(words in str(error).lower() for words in _FULL)


def explain(error: Exception, doing: str) -> EngineError | None:
    """What a device's error means; None when it is not the device's.

    Args:
        error: As raised by torch.
        doing: What the painter was about, such as 'to load sdxl' or 'for a picture of 1024x1024 px'.

    Returns:
        EngineLost where the device's context is broken and only a new process can go on.
    """
    import torch

    text = str(error).lower()
    if is_full(error):
        return OutOfMemory(f"There is not enough memory {doing}", "Ask for a smaller picture, or set a smaller model.")
    if isinstance(error, torch.AcceleratorError) or (isinstance(error, RuntimeError) and "cuda error" in text):
        return EngineLost(
            f"The GPU failed: {first_line(error)}", "The painter starts anew; see its log if this comes back."
        )
    return None
