"""Several requests to one model at one meeting, and the same requests alone."""

import inspect
import threading
import time
from dataclasses import dataclass
from functools import cache
from typing import Any

import torch
from diffusers import AutoPipelineForInpainting
from PIL import Image

from tools.engine.families import FAMILIES
from tools.engine.painter.adapters import Worn
from tools.engine.painter.meeting import Meeting
from tools.engine.painter.order import Guest, Order
from tools.engine.painter.pipelines import Loaded
from tools.engine.painter.seats import Seats

# Whoever was served is waited for, so that batches don't depend on the machine's speed.
PATIENCE_S = 30.0


@dataclass(frozen=True)
class Wish:
    """One request to a family, with the LoRAs that it wears; equal wishes give equal pictures."""

    words: str
    steps: int
    seed: int
    size: tuple[int, int]
    kind: str = "paint"
    negative: str = ""
    worn: Worn = ()


class Gathering:
    """One family's model, a meeting, and the batches that ran at it."""

    def __init__(self, loaded: Loaded, control: Any = None) -> None:
        self.loaded = loaded
        self.control = control
        self.inpaint = _inpainting(loaded.pipe)
        self.batches: list[int] = []
        self.meeting = Meeting(_Counting(self.batches))
        self.seats = Seats(self.meeting, adapters=loaded.adapters)
        # As the painter does: at the 7.5 of many a pipeline, Sketch, made for 2.5, rounds twenty times as coarsely.
        self.guidance = {FAMILIES[loaded.card.family].guidance_argument: loaded.card.guidance_scale}
        self.alone = cache(lambda wish: latents(self.pipe(wish.kind), wish, **self.guidance))

    def pipe(self, kind: str) -> Any:
        """The unmodified pipeline of a kind."""
        if kind == "control":
            return self.control
        if kind == "inpaint":
            return self.inpaint
        return self.loaded.img2img if kind == "img2img" else self.loaded.pipe

    def together(self, wishes: list[Wish], late_s: list[float], leaves: int = -1, fails: int = -1) -> list[Any]:
        """What each wish came to when all run at the meeting: latents, or the error that it ended with."""
        ends: list[Any] = [None] * len(wishes)
        all_here = threading.Barrier(len(wishes))

        def run(number: int) -> None:
            pipe = self.seats.pipe(self.pipe(wishes[number].kind))
            wish = wishes[number]
            guest = Guest(str(number), wish.steps, time.monotonic(), adapters=wish.worn, away=not any(late_s))
            extra = _leaving(self.meeting, guest) if number == leaves else {}
            try:
                with self.meeting.guest(guest):
                    all_here.wait()
                    time.sleep(late_s[number])
                    ends[number] = latents(pipe, wish, broken=number == fails, **self.guidance, **extra)
            except Exception as error:  # noqa: BLE001 - it is what the test looks at
                ends[number] = error

        threads = [threading.Thread(target=run, args=(number,)) for number in range(len(wishes))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=120)
        return ends


def _inpainting(pipe: Any) -> Any | None:
    """The same weights as a pipeline that paints a part of a picture anew, where diffusers has one."""
    if type(pipe).__name__ == "StableDiffusion3Pipeline":
        return None  # it takes nothing but 16 or 33 channels, and the tiny one has 4
    try:
        found = AutoPipelineForInpainting.from_pipe(pipe)
    except ValueError:
        return None
    found.set_progress_bar_config(disable=True)
    return found


class _Counting(Order):
    """Waits for everybody, and keeps how many ran together."""

    def __init__(self, batches: list[int]) -> None:
        super().__init__(lambda _: 8)
        self._batches = batches

    def patience_s(self, group: Any, away: Any, now_s: float) -> float:
        return PATIENCE_S if away and len(group) < 8 else 0.0

    def served(self, group: Any, seconds: float) -> None:
        if group[0].seat.steps:
            self._batches.append(len(group))


def _leaving(meeting: Meeting, guest: Guest) -> dict[str, Any]:
    def leave(pipe: Any, step: int, time_step: Any, tensors: dict[str, Any]) -> dict[str, Any]:
        meeting.dismiss(guest)
        return tensors

    return {"callback_on_step_end": leave}


def latents(pipe: Any, wish: Wish, *, broken: bool = False, **extra: Any) -> torch.Tensor:
    """What a pipeline makes of a wish, short of decoding."""
    width, height = wish.size
    told = {
        "prompt": wish.words,
        "num_inference_steps": wish.steps,
        "generator": torch.Generator().manual_seed(wish.seed),
        "output_type": "latent",
        "width": width,
        "height": height,
        "strength": 0.8,
        "complex_human_instruction": [],
        "use_resolution_binning": False,
        "image": _guide(wish.seed, wish.size),
        "mask_image": _guide(wish.seed + 1, wish.size).convert("L"),
        **extra,
    }
    accepted = inspect.signature(pipe.__call__).parameters
    if wish.negative:
        told["negative_prompt"] = wish.negative
    if wish.kind == "paint":
        del told["image"]
    if broken:
        told["callback_on_step_end"] = _break
    found: torch.Tensor = pipe(**{name: value for name, value in told.items() if name in accepted}).images
    return found


def _break(_pipe: Any, step: int, _time: Any, tensors: dict[str, Any]) -> dict[str, Any]:
    """From the second step on a request hands in latents of a shape that the denoiser can't take."""
    return {"latents": tensors["latents"].repeat(1, 2, *[1] * (tensors["latents"].dim() - 2))} if step else tensors


def _guide(seed: int, size: tuple[int, int]) -> Image.Image:
    grain = torch.rand(size[1], size[0], 3, generator=torch.Generator().manual_seed(seed))
    return Image.fromarray((grain * 255).byte().numpy())
