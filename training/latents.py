"""Keeps scenes as latents on disk, in shards that are the same for the same seed: `python -m training.latents`."""

import hashlib
import io
import json
import multiprocessing
import time
from argparse import ArgumentParser
from dataclasses import dataclass
from pathlib import Path
from random import Random

import numpy as np
import numpy.typing as npt
import torch
from diffusers import AutoencoderTiny
from torch import Tensor

from training.autoencoder import half_precision
from training.files import write_whole
from training.options import DOMAINS, folder_of
from training.pictures import draw_scenes
from training.progress import Progress
from training.world import Scene, render

SHARD_SIZE = 512
MOST_THINGS = 4
VALIDATION_SHARD = 1_000_000


@dataclass(frozen=True)
class Latents:
    """Unscaled latents, float16 (n, 4, 32, 32); boxes in pixels, int16 (n, 4, 4), zeros where a thing is missing."""

    latents: Tensor
    boxes: Tensor
    scenes: tuple[Scene, ...]

    def to(self, device: str) -> "Latents":
        """The same with its tensors on a device."""
        return Latents(self.latents.to(device), self.boxes.to(device), self.scenes)


def fingerprint(vae: Path) -> str:
    """A short name for an autoencoder's weights, so that latents of different ones never mix."""
    return hashlib.sha256((vae / "diffusion_pytorch_model.safetensors").read_bytes()).hexdigest()[:10]


def shards_folder(domain: str, vae: Path) -> Path:
    """Where the latents of this autoencoder lie."""
    return folder_of(domain, "latents") / fingerprint(vae)


def _drawn(job: tuple[str, int, int, int]) -> tuple[int, list[Scene], npt.NDArray[np.uint8], npt.NDArray[np.int16]]:
    """One shard's scenes, pictures (n, 256, 256, 3) and boxes; runs in a worker process."""
    domain, seed, index, size = job
    scenes = draw_scenes(Random(f"{seed}/{index}"), DOMAINS[domain], size, held=False)
    pictures = [render(scene) for scene in scenes]
    boxes = np.zeros((size, MOST_THINGS, 4), np.int16)
    for row, picture in enumerate(pictures):
        boxes[row, : len(picture.boxes)] = picture.boxes
    return index, scenes, np.stack([np.asarray(picture.image) for picture in pictures]), boxes


@torch.no_grad()
def encode(vae: AutoencoderTiny, pictures: npt.NDArray[np.uint8], device: str, batch: int = 32) -> Tensor:
    """Latents in float16 of uint8 pictures (n, 256, 256, 3)."""
    parts = []
    for start in range(0, len(pictures), batch):
        values = torch.from_numpy(pictures[start : start + batch]).to(device).permute(0, 3, 1, 2).float() / 127.5 - 1
        with half_precision(device):
            parts.append(vae.encoder(values.contiguous(memory_format=torch.channels_last)).float().cpu())
    return torch.cat(parts).half()


def build(
    domain: str, vae_folder: Path, indices: list[int], seed: int, device: str, workers: int, size: int = SHARD_SIZE
) -> Path:
    """Draw and encode the shards that are not there yet; returns their folder."""
    folder = shards_folder(domain, vae_folder)
    jobs = [(domain, seed, index, size) for index in indices if not (folder / f"{index:07d}.npz").exists()]
    vae = AutoencoderTiny.from_pretrained(vae_folder).float().to(device, memory_format=torch.channels_last)
    context = multiprocessing.get_context("spawn")
    with context.Pool(workers) as pool, Progress("latents", len(jobs), 0, size) as progress:
        for done, (index, scenes, pictures, boxes) in enumerate(pool.imap_unordered(_drawn, jobs), 1):
            _save(folder / f"{index:07d}.npz", encode(vae, pictures, device), boxes, scenes)
            progress.update(done, {})
    return folder


def build_until(domain: str, vae: Path, indices: list[int], device: str, workers: int, minutes: float) -> Path:
    """As `build` with seed 0, a few shards at a time, until all are there or time is up (one round at least)."""
    end_s = time.monotonic() + 60 * minutes
    round_size = max(2, 4 * workers)
    for start in range(0, len(indices), round_size):
        build(domain, vae, indices[start : start + round_size], 0, device, workers)
        if time.monotonic() > end_s:
            break
    return shards_folder(domain, vae)


def _save(path: Path, latents: Tensor, boxes: npt.NDArray[np.int16], scenes: list[Scene]) -> None:
    words = json.dumps([scene.to_json() for scene in scenes], ensure_ascii=False).encode()
    packed = io.BytesIO()
    np.savez(packed, latents=latents.numpy(), boxes=boxes, scenes=np.frombuffer(words, np.uint8))
    write_whole(path, lambda part: part.write_bytes(packed.getvalue()))


def _load(path: Path) -> Latents:
    with np.load(path) as data:
        scenes = tuple(Scene.from_json(entry) for entry in json.loads(data["scenes"].tobytes()))
        return Latents(torch.from_numpy(data["latents"]), torch.from_numpy(data["boxes"]), scenes)


def load(folder: Path) -> tuple[Latents, Latents]:
    """All training shards as one, and the validation shard; raises FileNotFoundError when one is missing."""
    paths = sorted(folder.glob("*.npz"))
    training = [_load(path) for path in paths if int(path.stem) != VALIDATION_SHARD]
    if not training or len(training) == len(paths):
        raise FileNotFoundError(f"no latents in {folder}; make them with python -m training.latents --shards 40")
    joined = Latents(
        torch.cat([part.latents for part in training]),
        torch.cat([part.boxes for part in training]),
        tuple(scene for part in training for scene in part.scenes),
    )
    return joined, _load(folder / f"{VALIDATION_SHARD:07d}.npz")


def main(arguments: list[str] | None = None) -> None:
    """Command line."""
    options = ArgumentParser(prog="python -m training.latents", description="Draws scenes and keeps their latents.")
    options.add_argument("--domain", choices=DOMAINS, default="starter")
    options.add_argument("--vae", type=Path, help="folder of the autoencoder (default: this domain's)")
    options.add_argument("--shards", type=int, default=40, help=f"shards of {SHARD_SIZE} scenes to have in the end")
    options.add_argument("--seed", type=int, default=0)
    options.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    options.add_argument("--workers", type=int, default=1, help="processes that draw")
    given = options.parse_args(arguments)
    vae = given.vae or folder_of(given.domain, "autoencoder") / "weights"
    torch.set_num_threads(1)
    indices = [*range(given.shards), VALIDATION_SHARD]
    print(build(given.domain, vae, indices, given.seed, given.device, given.workers))


if __name__ == "__main__":
    main()
