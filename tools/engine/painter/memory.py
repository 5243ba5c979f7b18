"""What models take of the memory, how much there is, and how a model is made to take less."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot import log

if TYPE_CHECKING:
    import torch

_log = log.get("painter")
_GIB = 2**30
# The rest is for what lies between a model's layers while it paints, and for everything else on the machine.
GPU_SHARE = 0.8
CPU_SHARE = 0.5


def budget_bytes(device: "torch.device", wanted_gib: float | None) -> int:
    """What loaded models may take together."""
    import torch

    if wanted_gib is not None:
        return int(wanted_gib * _GIB)
    if device.type == "cuda":
        return int(torch.cuda.get_device_properties(device).total_memory * GPU_SHARE)
    if device.type == "mps":
        return int(torch.mps.recommended_max_memory() * GPU_SHARE)
    return int(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") * CPU_SHARE)


def files_bytes(folder: Path) -> int | None:
    """What a pipeline's weights take on disk; None where they are still to be downloaded.

    It may be more than they will take in memory, where there are several formats of them: then one model more than
    necessary makes room.
    """
    return sum(file.stat().st_size for file in folder.glob("*/*.safetensors")) or None


def weights_bytes(pipe: Any) -> int:
    """What a loaded pipeline's weights take."""
    import torch

    modules = {part for part in pipe.components.values() if isinstance(part, torch.nn.Module)}
    tensors = [tensor for module in modules for tensor in (*module.parameters(), *module.buffers())]
    return sum(tensor.numel() * tensor.element_size() for tensor in tensors)


def can_be_lighter(pipe: Any, device: "torch.device") -> bool:
    """Whether `tile` or `offload` would do something."""
    return _can_tile(pipe) or _can_offload(pipe, device)


def tile(pipe: Any) -> bool:
    """Let a pipeline's autoencoder decode in parts; False where that is not possible, or done already."""
    if not _can_tile(pipe):
        return False
    pipe.vae.enable_tiling()
    _log.warning("memory ran out: pictures of %s are decoded in tiles from now on", type(pipe).__name__)
    return True


def offload(pipe: Any, device: "torch.device") -> bool:
    """Keep a pipeline's parts in the machine's memory and bring each to the GPU when it is used.

    False where there is no other memory, or it is done already.
    """
    if not _can_offload(pipe, device):
        return False
    pipe.enable_model_cpu_offload(device=device)
    _log.warning("memory ran out: parts of %s are offloaded from now on, which is slower", type(pipe).__name__)
    return True


def _can_tile(pipe: Any) -> bool:
    vae = getattr(pipe, "vae", None)
    return hasattr(vae, "enable_tiling") and not getattr(vae, "use_tiling", False)


def _can_offload(pipe: Any, device: "torch.device") -> bool:
    return device.type != "cpu" and hasattr(pipe, "enable_model_cpu_offload") and not getattr(pipe, "_all_hooks", None)
