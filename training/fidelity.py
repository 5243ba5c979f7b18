"""Measures an autoencoder on held-out scenes: `python -m training.fidelity FOLDER [--count 120]`, PSNR in decibels."""

import json
from argparse import ArgumentParser
from pathlib import Path
from random import Random

import torch
from diffusers import AutoencoderTiny

from training.options import DOMAINS
from training.pictures import draw_scenes, psnr_db, rendered
from training.world import Domain

_BATCH = 8


@torch.no_grad()
def fidelity(vae: AutoencoderTiny, domain: Domain, count: int, seed: int = 20_001) -> dict[str, float]:
    """Mean PSNR of all pictures and of each style, in decibels."""
    scenes = draw_scenes(Random(seed), domain, count, held=True)
    found: dict[str, list[float]] = {"all": []}
    for start in range(0, count, _BATCH):
        part = scenes[start : start + _BATCH]
        drawn = rendered(part)
        for scene, value in zip(
            part, psnr_db(vae.decoder(vae.encoder(drawn)).clamp(-1, 1), drawn).tolist(), strict=True
        ):
            found["all"].append(value)
            found.setdefault(scene.style, []).append(value)
    return {name: round(sum(values) / len(values), 2) for name, values in found.items()}


def main(arguments: list[str] | None = None) -> None:
    """Command line: prints one JSON object."""
    options = ArgumentParser(prog="python -m training.fidelity", description="Measures an autoencoder.")
    options.add_argument("folder", type=Path)
    options.add_argument("--domain", choices=DOMAINS, default="starter")
    options.add_argument("--count", type=int, default=120)
    given = options.parse_args(arguments)
    torch.set_num_threads(2)
    vae = AutoencoderTiny.from_pretrained(given.folder, dtype=torch.float32)
    print(json.dumps(fidelity(vae, DOMAINS[given.domain], given.count)))


if __name__ == "__main__":
    main()
