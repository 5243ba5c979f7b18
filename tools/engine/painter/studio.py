"""Paints pictures from tasks, many at a time: everything that runs in the painting threads."""

import hashlib
import time
from collections.abc import Sequence
from contextvars import copy_context
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from bot.errors import EngineError
from bot.tasks import Lora, ModelCard, PaintTask
from tools.engine.cards import Cards
from tools.engine.painter import device as devices
from tools.engine.painter import hub, libraries, pictures
from tools.engine.painter.arguments import arguments, guest_of, only_image
from tools.engine.painter.curve import Curves
from tools.engine.painter.device import DeviceName, OutOfMemory
from tools.engine.painter.order import Guest, Order
from tools.engine.painter.pipelines import Loaded, Shelf
from tools.engine.painter.previews import Glimpses, Pace
from tools.engine.painter.progress import Progress, Watcher

if TYPE_CHECKING:
    from tools.engine.painter.calls import Call
    from tools.engine.painter.caps import Caps
    from tools.engine.painter.meeting import Meeting


@dataclass(frozen=True, slots=True)
class Result:
    """A picture as PNG; `steps` is what the pipeline took, `seconds` is painting and encoding."""

    png: bytes
    sha256: str
    width_px: int
    height_px: int
    steps: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Ways:
    """How to paint.

    Attributes:
        device: What to paint on; 'auto' takes CUDA, then MPS, then the CPU.
        threads: CPU threads for arithmetic; None leaves it to torch.
        memory_gib: What loaded models may take together; None leaves it to the device.
        reproducible: A picture is the same to the last bit in whatever company; costs the company's speed.
        pace: How often previews are made; None for no previews.
        cards: Know what settings say of models.
    """

    device: DeviceName = "auto"
    threads: int | None = None
    memory_gib: float | None = None
    reproducible: bool = False
    pace: Pace | None = Pace()  # noqa: RUF009 - frozen
    cards: Cards = field(default_factory=Cards)


@dataclass(frozen=True, slots=True)
class _Open:
    """What there is once torch is imported."""

    shelf: Shelf
    meeting: "Meeting"
    caps: "Caps"


class Studio:
    """Device and models. `paint` may run in several threads at once; `load` only while none of them paints.

    diffusers and transformers change torch's defaults for the whole process while they load, so that whatever is
    painted meanwhile could go wrong.

    Args:
        curves: Keeps how many pay off together.

    Attributes:
        order: Whose turn it is, and when everybody is likely to be done.
    """

    def __init__(self, ways: Ways = Ways(), curves: Curves | None = None) -> None:
        self._ways = ways
        self._curves = curves
        self._open: _Open | None = None
        self.order = Order(self._cap, self._takes_s)

    def ready(self, model: str, loras: Sequence[Lora] = ()) -> bool:
        """Whether a model is loaded with these LoRAs, and something was done about it if it ran out of memory."""
        return self._open is not None and self._open.shelf.ready(model, loras)

    def load(self, model: str, loras: Sequence[Lora] = ()) -> ModelCard:
        """Make a model ready to paint: load it, or LoRAs into it, or make it lighter after it ran out of memory.

        Raises:
            EngineError, ModelUnavailable, EngineLost: As `Shelf.take`, or torch can't be imported.
        """
        if self._open is None:
            self._open = self._opened()
        return self._open.shelf.take(model, loras).card

    def paint(self, task: PaintTask, watcher: Watcher, guest: Guest | None = None) -> Result:
        """Paint a picture; the same task gives the same picture on the same device, to rounding in other company.

        Args:
            task: Checked against the model's card already; its model and LoRAs are ready.
            watcher: Told of each step.
            guest: The task at the meeting.

        Raises:
            Cancelled: The watcher wants no more, or the guest was dismissed.
            OutOfMemory: It may be tried again once `load` has made the model lighter; nothing more can be done about
                it if the model is still ready.
            EngineError, EngineLost: One line each.
        """
        if self._open is None or not self._open.shelf.holds(task.model, task.loras):
            self.load(task.model, task.loras)
        assert self._open is not None
        loaded, guest = self._open.shelf.get(task.model), guest or guest_of(task)
        progress = Progress(task.steps, watcher, guest, self._glimpses(task, loaded))
        begun_s = time.perf_counter()
        try:
            output = _met(self._open.meeting, task, loaded, guest, progress)
        except Exception as error:
            raise self._explain(error, task) from error
        self.order.done(guest)
        image = only_image(output, task.model)
        png = pictures.encode(image)
        height_px, width_px = image.shape[:2]
        seconds = time.perf_counter() - begun_s
        return Result(png, hashlib.sha256(png).hexdigest(), width_px, height_px, progress.steps, seconds)

    def dismiss(self, guest: Guest) -> None:
        """A request is cancelled; its place is free within a step."""
        guest.stopped = True
        if self._open is not None:
            self._open.meeting.dismiss(guest)

    def state(self) -> dict[str, Any]:
        """How it paints, for whoever runs it; only what is known before torch is imported where nothing is loaded."""
        device = self._open.shelf.device if self._open else None
        told: dict[str, Any] = {"memory_mib": round(devices.peak_mib(device), 1)}
        if self._open is not None:
            told |= libraries.versions() | {"device": devices.name_of(self._open.shelf.device)}
            told |= {"mean_batch": round(self.order.mean_batch, 2), "lightened": self._open.shelf.lightened()}
        return told

    def close(self) -> None:
        """Let nobody paint any more."""
        if self._open is not None:
            self._open.meeting.close()

    def _opened(self) -> "_Open":
        libraries.bring_in()
        import torch

        from tools.engine.painter import caps as measured
        from tools.engine.painter import meeting as meetings

        device = devices.choose(self._ways.device)
        if self._ways.threads is not None:
            torch.set_num_threads(self._ways.threads)  # every thread that begins from here on takes it over
        caps = measured.Caps(device, self._curves, alone=self._ways.reproducible)
        meeting = meetings.Meeting(self.order, caps)
        watched, cards = self._ways.pace is not None, self._ways.cards
        shelf = Shelf(device, meeting, self._ways.memory_gib, previews=watched, cards=cards)
        return _Open(shelf, meeting, caps)

    def _cap(self, call: "Call") -> int:
        assert self._open is not None
        return self._open.caps(call)

    def _takes_s(self, call: "Call", number: int) -> float | None:
        assert self._open is not None
        return self._open.caps.takes_s(call, number)

    def _glimpses(self, task: PaintTask, loaded: Loaded) -> Glimpses | None:
        if self._ways.pace is None or loaded.viewer is None:
            return None
        return Glimpses(loaded.viewer, self._ways.pace, task.width_px, task.height_px)

    def _explain(self, error: Exception, task: PaintTask) -> EngineError:
        if isinstance(error, EngineError):
            return error
        known = devices.explain(error, f"for a picture of {task.width_px}x{task.height_px} px")
        if isinstance(known, OutOfMemory) and self._open is not None:
            self._open.shelf.overflowed(task.model)
        return known or EngineError(f"'{task.model}' could not paint this: {hub.first_line(error)}")


def _met(meeting: "Meeting", task: PaintTask, loaded: Loaded, guest: Guest, progress: Progress) -> Any:
    """The pipeline's output, painted in company, or by the meeting's host where that is not known to be safe."""
    pipe = _pipe_for(task, loaded)
    with meeting.guest(guest):
        if loaded.seats is not None:
            pipe = loaded.seats.pipe(pipe)
            return pipe(**arguments(task, pipe, loaded.card, progress))
        call = partial(pipe, **arguments(task, pipe, loaded.card, progress))

        def paint() -> Any:
            loaded.adapters.wear_everywhere(guest.adapters)
            return call()

        return meeting.alone(partial(copy_context().run, paint))  # its log lines name the job


def _pipe_for(task: PaintTask, loaded: Loaded) -> Any:
    if task.task == "paint":
        return loaded.pipe
    if loaded.img2img is None:
        raise EngineError(f"'{task.model}' can't start from a picture", "Ask with words alone, or set another model.")
    return loaded.img2img
