"""Teaches a trained model a new subject with LoRA (Hu et al. 2021, arXiv:2106.09685) from a handful of pictures.

The pictures come from a folder (each with a caption in a .txt file of the same name) or, to show that it works, from a
subject of the world that the model never met.
"""

import functools
from argparse import Namespace
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import Any

import torch
from diffusers import StableDiffusionPipeline
from diffusers.models.attention_processor import AttnProcessor
from PIL import Image
from safetensors.torch import save_file
from torch import Tensor, nn

from training.autoencoder import half_precision
from training.denoiser import token_ids
from training.feed import draw_batch
from training.learner import Learner
from training.loop import Run, Turn, launch
from training.options import DOMAINS, folder_of, parser, run_from
from training.pictures import to_tensor
from training.text2img import noise_levels, paint
from training.world import Domain, caption
from training.world.sheet import sheet

_TARGETS = ("to_q", "to_k", "to_v", "to_out.0")


class LowRank(nn.Module):
    """A linear layer that stays as it is, plus a product of two thin matrices that learns; starts as no change."""

    def __init__(self, base: nn.Linear, rank: int) -> None:
        super().__init__()
        self.base = base.requires_grad_(False)
        self.lora_A = nn.Linear(base.in_features, rank, bias=False)
        self.lora_B = nn.Linear(rank, base.out_features, bias=False)
        nn.init.normal_(self.lora_A.weight, std=1 / rank)
        nn.init.zeros_(self.lora_B.weight)

    def forward(self, x: Tensor) -> Tensor:
        """The layer's output with the learnt change."""
        changed: Tensor = self.base(x) + self.lora_B(self.lora_A(x))
        return changed


def add_lora(model: nn.Module, rank: int) -> dict[str, LowRank]:
    """Put a low-rank change beside every attention projection; returns them by the name of the layer they sit on."""
    names = [n for n, m in model.named_modules() if isinstance(m, nn.Linear) and n.endswith(_TARGETS) and "attn" in n]
    added = {}
    for name in names:
        parent, _, leaf = name.rpartition(".")
        holder = model.get_submodule(parent)
        layer = LowRank(model.get_submodule(name), rank)  # type: ignore[arg-type]
        setattr(holder, leaf, layer)
        added[name] = layer
    return added


@dataclass(frozen=True)
class Album:
    """The pictures to learn from, with a caption each."""

    pictures: list[Image.Image]
    captions: list[str]

    @staticmethod
    def of_folder(folder: Path) -> "Album":
        """Pictures with captions beside them; raises ValueError when there is none or a caption is missing."""
        files = sorted(p for p in folder.iterdir() if p.suffix.lower() in (".png", ".jpg", ".jpeg", ".webp"))
        bare = [p.name for p in files if not p.with_suffix(".txt").exists()]
        if not files or bare:
            raise ValueError(
                f"{folder} needs pictures with a .txt caption each; without one: {', '.join(bare) or 'all'}"
            )
        pictures = [Image.open(p).convert("RGB").resize((256, 256), Image.Resampling.LANCZOS) for p in files]
        return Album(pictures, [p.with_suffix(".txt").read_text(encoding="utf-8").strip() for p in files])

    @staticmethod
    def of_subject(subject: str, domain: Domain, count: int, seed: int) -> "Album":
        """Random flat scenes of one subject of the world."""
        rng = Random(seed)
        single = replace(domain, subjects=(subject,), kinds={"one": 1.0}, styles={"flat": 1.0})
        batch = draw_batch(rng, single, count, held=None)
        captions = [caption(scene, rng, fillers=False) for scene in batch.scenes]
        return Album([Image.fromarray(pixels) for pixels in batch.pixels], captions)


class LoraRecipe:
    """Learns the album by flow matching; only the thin matrices change."""

    def __init__(self, run: Run, base: Path, album: Album, rank: int, prompts: list[str]) -> None:
        self._run, self._album, self._prompts = run, album, prompts
        self._made = StableDiffusionPipeline.from_pretrained(base, dtype=torch.float32).to(run.device)
        self._made.set_progress_bar_config(disable=True)
        for part in (self._made.unet, self._made.vae, self._made.text_encoder):
            part.requires_grad_(False)
        self._made.unet.set_attn_processor(AttnProcessor())
        self._before = [paint(self._made, [prompt], seed)[0] for seed, prompt in enumerate(prompts)]
        self._layers = add_lora(self._made.unet, rank)
        thin = nn.ModuleDict(
            {n.replace(".", "/"): nn.ModuleList([m.lora_A, m.lora_B]) for n, m in self._layers.items()}
        )
        self._learner = Learner({"lora": thin.to(run.device)}, 1e-3, weight_decay=0.0)
        with torch.no_grad():
            latents = self._made.vae.encoder(to_tensor(album.pictures, run.device))
        self._latents = latents * self._made.vae.config.scaling_factor

    def step(self, turn: Turn) -> dict[str, float]:
        """One batch from the album."""
        rows = [turn.rng.randrange(len(self._album.captions)) for _ in range(self._run.batch)]
        clean = self._latents[rows]
        noise, times = torch.randn_like(clean), noise_levels(len(rows), self._run.device)
        share = times[:, None, None, None]
        ids = token_ids(self._made.tokenizer, [self._album.captions[row] for row in rows]).to(self._run.device)
        with half_precision(self._run.device):
            words = self._made.text_encoder(ids).last_hidden_state
            velocity = self._made.unet((1 - share) * clean + share * noise, times * 1000, words).sample
        loss = (velocity.float() - (noise - clean)).pow(2).mean()
        self._learner.update(loss, turn.progress)
        return {"flow": loss.item()}

    def sheet(self) -> Image.Image:
        """The album, the prompts before, and the same prompts and seeds after."""
        after = [paint(self._made, [prompt], seed)[0] for seed, prompt in enumerate(self._prompts)]
        columns = len(self._prompts)
        return sheet([*self._album.pictures[:columns], *self._before, *after], columns, 160)

    def state(self) -> dict[str, Any]:
        """The learner's state."""
        return self._learner.state()

    def load(self, state: dict[str, Any]) -> None:
        """Go on from a saved state."""
        self._learner.load(state)

    def export(self, folder: Path) -> None:
        """pytorch_lora_weights.safetensors, as `load_lora_weights` of diffusers reads it."""
        folder.mkdir(parents=True, exist_ok=True)
        weights = {}
        for name, layer in self._layers.items():
            weights[f"unet.{name}.lora_A.weight"] = layer.lora_A.weight.detach().cpu().contiguous()
            weights[f"unet.{name}.lora_B.weight"] = layer.lora_B.weight.detach().cpu().contiguous()
        save_file(weights, folder / "pytorch_lora_weights.safetensors")


def make(given: Namespace, run: Run) -> LoraRecipe:
    """The recipe that the options describe."""
    domain = DOMAINS[given.domain]
    album = (
        Album.of_folder(given.pictures) if given.pictures else Album.of_subject(given.subject, domain, 24, given.seed)
    )
    places = ("on a beach", "in the snow at night", "in a room", "on a city street")
    prompts = album.captions[:4] if given.pictures else [f"a {given.subject} {place}" for place in places]
    return LoraRecipe(run, given.base, album, given.rank, prompts)


def main(arguments: list[str] | None = None) -> None:
    """Command line."""
    options = parser("lora", "Teaches a model a new subject with LoRA.", steps=400, batch=8)
    options.add_argument("--base", type=Path, help="folder of the pipeline (default: this domain's text2img)")
    options.add_argument("--pictures", type=Path, help="folder of pictures with .txt captions")
    options.add_argument("--subject", default="mushroom", help="subject of the world, where no folder is given")
    options.add_argument("--rank", type=int, default=8)
    given = options.parse_args(arguments)
    given.base = given.base or folder_of(given.domain, "text2img") / "weights"
    launch(run_from(given), functools.partial(make, given))


if __name__ == "__main__":
    main()
