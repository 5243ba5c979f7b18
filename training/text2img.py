"""Trains the denoiser and its text tower by flow matching on latents (Lipman et al. 2022, arXiv:2210.02747)."""

import copy
import functools
from argparse import Namespace
from pathlib import Path
from random import Random
from typing import Any

import torch
from diffusers import AutoencoderTiny, StableDiffusionPipeline, UNet2DConditionModel
from diffusers.models.attention_processor import AttnProcessor
from PIL import Image
from torch import Tensor, nn
from transformers import CLIPTextModel, CLIPTokenizer

from training.autoencoder import half_precision
from training.coupling import couple
from training.denoiser import new_text_model, new_unet, pipeline, save_half, token_ids
from training.files import load_state
from training.latents import Latents, load, shards_folder
from training.learner import Learner
from training.loop import Run, Turn, launch
from training.options import folder_of, parser, run_from
from training.prompts import STARTER_PROMPTS, WORLD_PROMPTS
from training.world import Scene, caption
from training.world.sheet import sheet

GUIDANCE, STEPS = 2.5, 8
_UNCONDITIONAL = 0.08
_PURE_NOISE = 0.1
_SUBJECT_WEIGHT = 2.0
_CELL_PX = 8


def noise_levels(count: int, device: str) -> Tensor:
    """Random times in (0, 1]: logit-normal, towards noise, and pure noise for a tenth; shape (count,)."""
    times = torch.sigmoid(torch.randn(count, device=device) * 1.1 + 0.6).clamp(0.01, 1)
    return torch.where(torch.rand(count, device=device) < _PURE_NOISE, torch.ones_like(times), times)


def subject_weights(boxes: Tensor, cells: int = 32) -> Tensor:
    """Loss weights of mean 1 that count cells inside boxes (n, things, 4) more; shape (n, 1, cells, cells)."""
    middle = (torch.arange(cells, device=boxes.device) + 0.5) * _CELL_PX
    left, top, right, bottom = (edge[..., None] for edge in boxes.float().unbind(-1))
    across = (middle >= left) & (middle < right)
    down = (middle >= top) & (middle < bottom)
    inside = (down[..., :, None] & across[..., None, :]).any(1, keepdim=True)
    weights = 1 + _SUBJECT_WEIGHT * inside.float()
    return weights / weights.mean((1, 2, 3), keepdim=True)


def centres_of(boxes: Tensor) -> Tensor:
    """Centre of the first box as column and row in cells, shape (n, 2)."""
    first = boxes[:, 0].float()
    middle = torch.stack([first[:, 0] + first[:, 2], first[:, 1] + first[:, 3]], 1) / 2
    return (middle / _CELL_PX - 0.5).round().long()


class Text2ImageRecipe:
    """`start` is a StableDiffusionPipeline folder to go on from; without it everything starts from zero."""

    def __init__(self, run: Run, given: Namespace) -> None:
        self._run, self._chinese = run, given.chinese
        vae_folder = given.vae or folder_of(given.domain, "autoencoder") / "weights"
        self.vae = AutoencoderTiny.from_pretrained(vae_folder).float().to(run.device)
        start: Path | None = given.start
        self.tokenizer = CLIPTokenizer.from_pretrained((start or given.text) / "tokenizer")
        text, unet = _parts(start, given.text, self.tokenizer)
        if run.device == "cpu":
            unet.set_attn_processor(AttnProcessor())  # fused attention is slower backwards on a CPU
        else:
            unet.to(memory_format=torch.channels_last)
        modules: dict[str, nn.Module] = {"unet": unet.to(run.device), "text": text.to(run.device)}
        self._learner = Learner(modules, given.rate, rates={"text": 0.25}, average=0.999)
        self._prompts = STARTER_PROMPTS if given.domain == "starter" else WORLD_PROMPTS
        self._data, self._held = load(shards_folder(given.domain, vae_folder))
        self._data = self._data.to(run.device)
        self._empty = token_ids(self.tokenizer, [""])

    def step(self, turn: Turn) -> dict[str, float]:
        """Learn from one batch of latents with fresh captions."""
        rows = [turn.rng.randrange(len(self._data.scenes)) for _ in range(self._run.batch)]
        clean, noise, times, boxes = self._noised(self._data, rows, noise_levels(len(rows), self._run.device))
        ids = self._ids([self._data.scenes[row] for row in rows], turn.rng)
        predicted = self._predict(self._learner.modules, clean, noise, times, ids)
        error = (predicted - (noise - clean)).pow(2)
        loss = (error * subject_weights(boxes)).mean()
        self._learner.update(loss, turn.progress)
        figures = {"flow": loss.item()}
        if turn.step % 100 == 0:
            figures["validation"] = self.validate()
        return figures

    def _noised(self, data: Latents, rows: list[int], times: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        device = self._run.device
        clean = data.latents[rows].to(device).float() * self.vae.config.scaling_factor
        boxes = data.boxes[rows].to(device)
        lone = torch.tensor([data.scenes[row].kind == "one" for row in rows], device=device)
        floats = torch.tensor([data.scenes[row].things[0].floats for row in rows], device=device)
        chosen = lone & ((times > 0.7) | (torch.rand(len(rows), device=device) < 0.6))
        return clean, couple(torch.randn_like(clean), centres_of(boxes), floats, chosen), times, boxes

    def _ids(self, scenes: list[Scene], rng: Random) -> Tensor:
        captions = [caption(s, rng, "zh" if rng.random() < self._chinese else "en") for s in scenes]
        ids = token_ids(self.tokenizer, captions)
        dropped = torch.tensor([rng.random() < _UNCONDITIONAL for _ in scenes])
        return torch.where(dropped[:, None], self._empty, ids).to(self._run.device)

    def _predict(
        self, modules: dict[str, nn.Module], clean: Tensor, noise: Tensor, times: Tensor, ids: Tensor
    ) -> Tensor:
        share = times[:, None, None, None]
        with half_precision(self._run.device):
            words = modules["text"](ids).last_hidden_state
            velocity: Tensor = modules["unet"]((1 - share) * clean + share * noise, times * 1000, words).sample
        return velocity.float()

    @torch.no_grad()
    def validate(self, count: int = 64) -> float:
        """Mean squared error of the clean latents guessed at t = 0.5 by the averaged weights, on unseen scenes.

        It seeds the generators anew; the loop does the same before each step, so nothing else changes.
        """
        torch.manual_seed(1)
        times = torch.full((count,), 0.5, device=self._run.device)
        clean, noise, times, _ = self._noised(self._held, list(range(count)), times)
        ids = self._ids(list(self._held.scenes[:count]), Random(1))
        velocity = self._predict(self._learner.averaged, clean, noise, times, ids)
        return float((0.5 * (velocity - (noise - clean))).pow(2).mean())

    def pipeline(self) -> StableDiffusionPipeline:
        """The averaged weights as a pipeline of their own."""
        parts = {name: copy.deepcopy(module).float() for name, module in self._learner.averaged.items()}
        return pipeline(copy.deepcopy(self.vae), parts["text"], self.tokenizer, parts["unet"])

    def sheet(self) -> Image.Image:
        """The fixed prompts, each with its own fixed seed."""
        made = self.pipeline()
        pictures = [paint(made, [prompt], seed)[0] for seed, prompt in enumerate(self._prompts)]
        return sheet(pictures, 8, 192)

    def state(self) -> dict[str, Any]:
        """The learner's state."""
        return self._learner.state()

    def load(self, state: dict[str, Any]) -> None:
        """Go on from a saved state."""
        self._learner.load(state)

    def export(self, folder: Path) -> None:
        """The averaged weights as a StableDiffusionPipeline in float16."""
        save_half(self.pipeline(), folder)


def _parts(
    start: Path | None, text: Path | None, tokenizer: CLIPTokenizer
) -> tuple[CLIPTextModel, UNet2DConditionModel]:
    if start:
        tower = CLIPTextModel.from_pretrained(start / "text_encoder").float()
        return tower, UNet2DConditionModel.from_pretrained(start / "unet").float()
    if text and (text / "text_encoder").exists():
        return CLIPTextModel.from_pretrained(text / "text_encoder").float(), new_unet()
    return new_text_model(tokenizer), new_unet()


@torch.no_grad()
def paint(
    made: StableDiffusionPipeline, prompts: list[str], seed: int, steps: int = STEPS, guidance: float = GUIDANCE
) -> list[Image.Image]:
    """Pictures of 256 pixels for the prompts; the same seed gives the same pictures."""
    generator = torch.Generator("cpu").manual_seed(seed)
    sizes = {"height": 256, "width": 256}
    output = made(prompts, num_inference_steps=steps, guidance_scale=guidance, generator=generator, **sizes)
    pictures: list[Image.Image] = output.images
    return pictures


def make(given: Namespace, run: Run) -> Text2ImageRecipe:
    """The recipe that the options describe."""
    return Text2ImageRecipe(run, given)


def snapshot(given: Namespace, folder: Path) -> None:
    """Write the last checkpoint's averaged weights as a pipeline, while the training itself goes on elsewhere."""
    run = run_from(given)
    recipe = make(given, run)
    recipe.load(load_state(run.folder / "checkpoint.pt")["recipe"])
    recipe.export(folder)


def main(arguments: list[str] | None = None) -> None:
    """Command line."""
    options = parser("text2img", "Trains text to image by flow matching.", steps=20_000, batch=24)
    options.add_argument("--start", type=Path, help="folder of a pipeline to go on from")
    options.add_argument("--vae", type=Path, help="folder of the autoencoder (default: this domain's)")
    options.add_argument("--text", type=Path, help="folder with tokenizer and text_encoder, as training.clip leaves it")
    options.add_argument("--chinese", type=float, default=0.0, help="share of captions in Chinese")
    options.add_argument("--rate", type=float, default=4e-4, help="learning rate of the denoiser")
    options.add_argument("--export", type=Path, help="write the last checkpoint as a pipeline here, and stop")
    given = options.parse_args(arguments)
    if not (given.start or given.text):
        given.text = folder_of(given.domain, "clip") / "weights"
    if given.export:
        snapshot(given, given.export)
    else:
        launch(run_from(given), functools.partial(make, given))


if __name__ == "__main__":
    main()
