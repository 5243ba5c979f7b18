"""Trains an edge ControlNet (Zhang et al. 2023, arXiv:2302.05543): the outlines of a picture steer where things go."""

import functools
from argparse import Namespace
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import torch
from diffusers import ControlNetModel, StableDiffusionControlNetPipeline, StableDiffusionPipeline
from diffusers.models.attention_processor import AttnProcessor
from PIL import Image, ImageFilter
from torch import Tensor

from training.autoencoder import half_precision
from training.denoiser import token_ids
from training.feed import Feed, draw_batch
from training.learner import Learner
from training.loop import Run, Turn, launch
from training.options import DOMAINS, folder_of, parser, run_from
from training.pictures import to_tensor
from training.text2img import GUIDANCE, STEPS, noise_levels
from training.world import Domain, caption
from training.world.sheet import sheet

_THRESHOLD = 26


def edges_of(picture: Image.Image) -> Image.Image:
    """White outlines on black: where the colour of neighbours differs clearly."""
    soft = np.asarray(picture.convert("RGB").filter(ImageFilter.GaussianBlur(0.8)), np.int16)
    across = np.abs(np.diff(soft, axis=1, append=soft[:, -1:])).max(2)
    down = np.abs(np.diff(soft, axis=0, append=soft[-1:])).max(2)
    lines = ((across + down) > _THRESHOLD).astype(np.uint8) * 255
    return Image.fromarray(lines).convert("RGB")


class ControlNetRecipe:
    """teacher is the pipeline to steer; its weights stay as they are."""

    def __init__(self, run: Run, domain: Domain, teacher: Path) -> None:
        self._run, self._domain = run, domain
        self._feed = Feed(run, domain, run.batch)
        self._made = StableDiffusionPipeline.from_pretrained(teacher, dtype=torch.float32).to(run.device)
        for part in (self._made.unet, self._made.vae, self._made.text_encoder):
            part.requires_grad_(False)
        self._made.unet.set_attn_processor(AttnProcessor())
        control = ControlNetModel.from_unet(self._made.unet, conditioning_channels=3)
        control.set_attn_processor(AttnProcessor())
        self._learner = Learner({"control": control.to(run.device)}, 3e-4, average=0.995)

    def step(self, turn: Turn) -> dict[str, float]:
        """One batch: flow matching with the outlines as a further hint."""
        batch = self._feed.batch(turn.step)
        lines = _hints([Image.fromarray(pixels) for pixels in batch.pixels]).to(self._run.device)
        captions = [caption(scene, turn.rng) if turn.rng.random() > 0.3 else "" for scene in batch.scenes]
        with torch.no_grad(), half_precision(self._run.device):
            clean = (
                self._made.vae.encoder(batch.tensor(self._run.device)).float() * self._made.vae.config.scaling_factor
            )
            ids = token_ids(self._made.tokenizer, captions).to(self._run.device)
            words = self._made.text_encoder(ids).last_hidden_state
        noise, times = torch.randn_like(clean), noise_levels(len(clean), self._run.device)
        share = times[:, None, None, None]
        velocity = self._steered((1 - share) * clean + share * noise, times * 1000, words, lines)
        loss = (velocity - (noise - clean)).pow(2).mean()
        self._learner.update(loss, turn.progress)
        return {"flow": loss.item()}

    def _steered(self, noisy: Tensor, times: Tensor, words: Tensor, lines: Tensor) -> Tensor:
        with half_precision(self._run.device):
            down, middle = self._learner.modules["control"](
                noisy, times, encoder_hidden_states=words, controlnet_cond=lines, return_dict=False
            )
            velocity: Tensor = self._made.unet(
                noisy, times, words, down_block_additional_residuals=down, mid_block_additional_residual=middle
            ).sample
        return velocity.float()

    @torch.no_grad()
    def sheet(self) -> Image.Image:
        """Outlines of held-out pictures above what is painted from them."""
        rng = Random(12)
        batch = draw_batch(rng, self._domain, 8, held=True)
        lines = [edges_of(Image.fromarray(pixels)) for pixels in batch.pixels]
        prompts = [caption(scene, rng, fillers=False) for scene in batch.scenes]
        made = self._pipeline()(
            prompts,
            image=lines,
            num_inference_steps=STEPS,
            guidance_scale=GUIDANCE,
            generator=torch.Generator("cpu").manual_seed(1),
            height=256,
            width=256,
        )
        return sheet([*lines, *made.images], 8, 160)

    def _pipeline(self) -> StableDiffusionControlNetPipeline:
        parts = {name: part for name, part in self._made.components.items() if name != "image_encoder"}
        control = self._learner.averaged["control"]
        made = StableDiffusionControlNetPipeline(**parts, controlnet=control, requires_safety_checker=False)
        made.set_progress_bar_config(disable=True)
        return made

    def state(self) -> dict[str, Any]:
        """The learner's state."""
        return self._learner.state()

    def load(self, state: dict[str, Any]) -> None:
        """Go on from a saved state."""
        self._learner.load(state)

    def export(self, folder: Path) -> None:
        """The averaged weights as a diffusers ControlNetModel."""
        control: ControlNetModel = self._learner.averaged["control"]
        control.save_pretrained(folder)


def _hints(pictures: list[Image.Image]) -> Tensor:
    return (to_tensor([edges_of(picture) for picture in pictures]) + 1) / 2


def make(given: Namespace, run: Run) -> ControlNetRecipe:
    """The recipe that the options describe."""
    return ControlNetRecipe(run, DOMAINS[given.domain], given.teacher)


def main(arguments: list[str] | None = None) -> None:
    """Command line."""
    options = parser("controlnet", "Trains an edge ControlNet.", steps=2000, batch=16)
    options.add_argument("--teacher", type=Path, help="folder of the pipeline (default: this domain's text2img)")
    given = options.parse_args(arguments)
    given.teacher = given.teacher or folder_of(given.domain, "text2img") / "weights"
    launch(run_from(given), functools.partial(make, given))


if __name__ == "__main__":
    main()
