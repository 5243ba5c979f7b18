"""The painting model: whether it is on this machine, whole, and small enough for it."""

import re
import shutil
from functools import partial
from importlib.util import find_spec
from pathlib import Path

from bot.doctor.aside import aside
from bot.doctor.device import LIMIT
from bot.doctor.finding import GIB, Case, Check, Finding, ok, problem, size, warning
from bot.doctor.machine import Torch
from bot.doctor.memory import Memory, system_memory
from bot.doctor.weights import Weights, weigh

REPOSITORY = re.compile(r"[\w-][\w.-]*/[\w-][\w.-]*")
# On a GPU large models are loaded in 16 bits, on a CPU in 32.
GPU_BYTES, CPU_BYTES = 2, 4
# Beside the weights a picture needs room for what is computed, and the system for itself.
ROOM = 1.25
DOWNLOAD_ROOM_BYTES = 20 * GIB


async def look_at_model(case: Case) -> Finding:
    """Whether the model that settings name is here and fits."""
    model = case.settings.model
    folder = await aside(partial(_place, model))
    if folder is None:
        if not REPOSITORY.fullmatch(model):
            return problem(
                f"there is no model '{model}'", "Set model to 'sketch', a folder, or a repository like 'owner/name'."
            )
        return await aside(partial(_absent, case))
    weights = await aside(partial(weigh, folder))
    if weights.faults:
        again = "Install Limner again" if model == "sketch" else "Download or copy the model again"
        return problem(f"{model}: {'; '.join(weights.faults[:3])} in {folder}", again)
    return fits(model, weights, *await _room(case))


CHECKS = (Check("model", look_at_model, LIMIT),)


def fits(model: str, weights: Weights, where: str, memory: Memory) -> Finding:
    """The finding on a whole model; `where` is 'GPU' or 'system'."""
    needed = weights.parameters * (GPU_BYTES if where == "GPU" else CPU_BYTES)
    found = f"{model}: {weights.parameters / 1e6:.0f} million parameters, {size(needed)} in the {where}'s memory"
    smaller = "Set a smaller model" + (", or engines.local.device = 'cpu'" if where == "GPU" else "")
    if needed > memory.total_bytes:
        return problem(f"{found}, which has only {size(memory.total_bytes)}", smaller)
    if needed * ROOM > memory.total_bytes:
        return warning(f"{found} leave little of its {size(memory.total_bytes)} for painting", smaller)
    if needed > memory.free_bytes:
        return warning(f"{found}, of which only {size(memory.free_bytes)} are free now", "Stop what else uses it")
    return ok(f"{found} of {size(memory.total_bytes)}")


def _place(model: str) -> Path | None:
    """The folder that holds the model; of a repository the newest copy in the hub's cache; None where there is none."""
    if model == "sketch":
        spec = find_spec("tools")
        places = list(spec.submodule_search_locations or ()) if spec else []
        return Path(places[0]) / "sketch" if places else None
    if (folder := Path(model).expanduser()).is_dir():
        return folder.absolute()
    if not REPOSITORY.fullmatch(model):
        return None
    from huggingface_hub import try_to_load_from_cache

    found = try_to_load_from_cache(model, "model_index.json")
    return Path(found).parent if isinstance(found, str) else None


def _absent(case: Case) -> Finding:
    from huggingface_hub import constants

    model, cache = case.settings.model, Path(constants.HF_HUB_CACHE)
    if constants.HF_HUB_OFFLINE:
        return problem(
            f"{model} is not on this machine, and HF_HUB_OFFLINE keeps the hub out of reach",
            f"Unset it, or bring the model into {cache}.",
        )
    free_bytes = shutil.disk_usage(next(path for path in (cache, *cache.parents) if path.is_dir())).free
    tight = f", and only {size(free_bytes)} are free in {cache}" if free_bytes < DOWNLOAD_ROOM_BYTES else ""
    return warning(
        f"{model} is not on this machine yet{tight}",
        f"The first picture downloads it; `hf download {model}` does that beforehand.",
    )


async def _room(case: Case) -> tuple[str, Memory]:
    """The memory that weights will lie in."""
    wanted = case.settings.engines.get("local", {}).get("device", "auto")
    torch = Torch() if wanted == "cpu" else (await case.machine.get()).torch
    if torch.gpu and wanted != "mps":
        return "GPU", Memory(torch.total_bytes, torch.free_bytes)
    return "system", system_memory()
