"""Plain diffusers as a server in a process of its own: what the painter is compared with.

Started by benchmarks/painter_arms.py. Reads one task a line as JSON from standard input and tells of each picture in a
line on standard output. Tasks are served as they come; with a batch of more than 1 those that wait and are alike in
size, steps and guidance share one call of the pipeline.
"""

import argparse
import hashlib
import io
import json
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TextIO

Task = dict[str, Any]
# What comes within this time of the first counts as waiting already: more than it takes to hand all tasks over.
GATHERING_S = 0.01


class Line:
    """Tasks that wait, filled by a thread that reads them, one a line."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._waiting: list[Task] = []
        self._over = False
        self._changed = threading.Condition()

    def read(self) -> None:
        """Take in tasks until the stream ends."""
        for line in self._stream:
            with self._changed:
                self._waiting.append(json.loads(line))
                self._changed.notify()
        with self._changed:
            self._over = True
            self._changed.notify()

    def take(self) -> list[Task]:
        """The next task, and those like it as far as its batch has room; nothing when all is over."""
        with self._changed:
            while not self._waiting and not self._over:
                self._changed.wait()
            if not self._waiting:
                return []
            gathers = self._waiting[0]["batch"] > 1
        if gathers:
            time.sleep(GATHERING_S)
        with self._changed:
            first = self._waiting[0]
            taken = [task for task in self._waiting if _kind(task) == _kind(first)][: first["batch"]]
            self._waiting = [task for task in self._waiting if task not in taken]
            return taken


def main() -> None:
    """Load the model, say so, and paint until standard input ends."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", required=True, help="folder of a diffusers pipeline")
    parser.add_argument("--device", required=True)
    parser.add_argument("--dtype", required=True)
    parser.add_argument("--threads", type=int, required=True)
    parser.add_argument("--folder", type=Path, required=True, help="where pictures are put")
    options = parser.parse_args()
    pipe = _load(options)
    line = Line(sys.stdin)
    threading.Thread(target=line.read, daemon=True).start()
    while tasks := line.take():
        _paint(pipe, tasks, options.folder)


def _load(options: argparse.Namespace) -> Any:
    import diffusers
    import torch

    torch.set_num_threads(options.threads)
    pipe = diffusers.DiffusionPipeline.from_pretrained(
        options.model, dtype=getattr(torch, options.dtype), use_safetensors=True, local_files_only=True
    ).to(options.device)
    pipe.set_progress_bar_config(disable=True)
    name = torch.cuda.get_device_name() if options.device == "cuda" else "CPU"
    _say({"device": name, "torch": torch.__version__, "diffusers": diffusers.__version__})
    return pipe


def _paint(pipe: Any, tasks: Sequence[Task], folder: Path) -> None:
    import torch

    begun_s = time.perf_counter()
    first = tasks[0]
    images = pipe(
        [task["prompt"] for task in tasks],
        width=first["width_px"],
        height=first["height_px"],
        num_inference_steps=first["steps"],
        guidance_scale=first["guidance_scale"],
        generator=[torch.Generator("cpu").manual_seed(task["seed"]) for task in tasks],
    ).images
    for task, image in zip(tasks, images, strict=True):
        stream = io.BytesIO()
        image.save(stream, "PNG")
        png = stream.getvalue()
        path = folder / f"{task['id']}.png"
        path.write_bytes(png)
        seconds = time.perf_counter() - begun_s
        _say({"id": task["id"], "path": str(path), "sha256": hashlib.sha256(png).hexdigest(), "seconds": seconds})


def _kind(task: Task) -> tuple[object, ...]:
    return tuple(task[name] for name in ("width_px", "height_px", "steps", "guidance_scale", "batch"))


def _say(fields: dict[str, Any]) -> None:
    print(json.dumps(fields), flush=True)


if __name__ == "__main__":
    main()
