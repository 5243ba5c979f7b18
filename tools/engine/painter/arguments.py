"""From a task to the arguments of a diffusers pipeline, and from its output to the one picture."""

import inspect
import math
import time
from typing import Any

from bot.errors import EngineError
from bot.tasks import ModelCard, PaintTask
from tools.engine.families import FAMILIES
from tools.engine.painter import pictures
from tools.engine.painter.adapters import worn_by
from tools.engine.painter.order import Guest
from tools.engine.painter.progress import Progress

# What can wait is treated as if it had come so much later: it is outrun, but never for ever.
BEHIND_S = 60.0


def steps_of(task: PaintTask) -> int:
    """Steps that are made: a task that starts from a picture leaves the first ones out, but never all."""
    return max(int(task.steps * task.strength + 1e-9), 1)


def guest_of(task: PaintTask) -> Guest:
    """A task that comes to the meeting now; one of its steps counts as many as it has pixels."""
    step_work = float(task.width_px * task.height_px)
    came_s = time.monotonic() + BEHIND_S * task.priority
    worn = worn_by(task.loras)
    return Guest(task.id, steps_of(task) * step_work, came_s, step_work, task.model, worn)


def arguments(task: PaintTask, pipe: Any, card: ModelCard, progress: Progress) -> dict[str, Any]:
    """What the pipeline is called with: of all that the task says what this pipeline takes."""
    import torch

    family = FAMILIES[card.family]
    wanted: dict[str, Any] = {
        "prompt": task.prompt,
        "width": task.width_px,
        "height": task.height_px,
        "num_inference_steps": task.steps,
        family.guidance_argument: task.guidance_scale,
        # Drawn on the CPU, so that a seed means the same on every device.
        "generator": torch.Generator("cpu").manual_seed(task.seed),
        "output_type": "np",
        "callback_on_step_end": progress,
        "callback_on_step_end_tensor_inputs": progress.tensors(pipe),
        **family.arguments(task.steps),
    }
    if negative := (card.negative_prompt and task.negative_prompt) or family.blank_negative:
        wanted["negative_prompt"] = negative
    if family.frame_tokens:
        wanted["max_sequence_length"] = card.token_limit + family.frame_tokens
    if task.task == "img2img":
        wanted["image"] = pictures.decode(task.image, task.width_px, task.height_px)
        wanted["strength"] = _whole_steps(task)
    accepted = inspect.signature(pipe.__call__).parameters
    return {name: value for name, value in wanted.items() if name in accepted}


def only_image(output: Any, model: str) -> Any:
    """The one picture of a pipeline's output, (height, width, 3) in 0 to 1.

    Raises:
        EngineError: There is none that can be shown.
    """
    import numpy

    if any(getattr(output, "nsfw_content_detected", None) or ()):
        raise EngineError(f"The safety checker of '{model}' held the picture back", "Ask for something else.")
    image = output.images[0]
    if not numpy.isfinite(image).all():
        raise EngineError(
            f"'{model}' painted nothing that can be shown: its numbers overflowed",
            "Set another device or model.",
        )
    return image


def _whole_steps(task: PaintTask) -> float:
    """The strength that makes these steps: some pipelines round steps * strength up, others down."""
    strength = steps_of(task) / task.steps
    return strength if task.steps * strength >= steps_of(task) else math.nextafter(strength, 1)
