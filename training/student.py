"""Trains a student that paints in one step, by the joint loss CLIP + weight x GAN on its decoded pictures.

The student starts as the flow-matching denoiser, whose guess at t = 1 is a blurred mean. CLIP pulls the picture towards
the words, a patch critic (hinge loss) towards the world's look. `--weight` is the critic's share: compare 0, 0.1 and 1.
"""

import copy
import functools
from argparse import Namespace
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F
from diffusers import StableDiffusionPipeline
from diffusers.models.attention_processor import AttnProcessor
from PIL import Image
from torch import Tensor
from transformers import CLIPModel, CLIPTokenizer

from training.autoencoder import Discriminator, half_precision
from training.clip import SEEN_PX
from training.denoiser import pipeline, save_half, token_ids
from training.feed import Feed
from training.learner import Learner
from training.loop import Run, Turn, launch
from training.options import DOMAINS, folder_of, parser, run_from
from training.pictures import to_images
from training.prompts import STARTER_PROMPTS
from training.world import Domain, caption
from training.world.sheet import sheet


class StudentRecipe:
    """teacher is a pipeline folder, clip a CLIPModel folder; only the student's denoiser and the critic learn."""

    def __init__(self, run: Run, domain: Domain, teacher: Path, clip: Path, weight: float) -> None:
        self._run, self._weight = run, weight
        self._feed = Feed(run, domain, run.batch)
        made = StableDiffusionPipeline.from_pretrained(teacher, dtype=torch.float32).to(run.device)
        self._vae, self._text, self._tokenizer = made.vae, made.text_encoder, made.tokenizer
        self._clip = CLIPModel.from_pretrained(clip).float().to(run.device).requires_grad_(False).eval()
        self._clip_tokenizer = CLIPTokenizer.from_pretrained(clip)
        for frozen in (self._vae, self._text):
            frozen.requires_grad_(False)
        made.unet.set_attn_processor(AttnProcessor())
        self._learner = Learner({"unet": made.unet}, 1e-4, average=0.995)
        self._critic = Discriminator().to(run.device)
        self._critic_learner = Learner({"critic": self._critic}, 4e-4, betas=(0.5, 0.9), weight_decay=0.0)

    def step(self, turn: Turn) -> dict[str, float]:
        """One batch: paint, score, learn; then the critic compares with true renders."""
        batch = self._feed.batch(turn.step)
        captions = [caption(scene, turn.rng) for scene in batch.scenes]
        made = self._paint(self._learner.modules["unet"], captions, torch.randn(len(captions), 4, 32, 32))
        closeness = 1 - self._likeness(made, captions).mean()
        fooled = -self._critic(made).mean()
        self._learner.update(closeness + self._weight * fooled, turn.progress)
        drawn = batch.tensor(self._run.device)
        judged = F.relu(1 - self._critic(drawn)).mean() + F.relu(1 + self._critic(made.detach())).mean()
        self._critic_learner.update(judged, turn.progress)
        return {"clip": closeness.item(), "critic": judged.item()}

    def _paint(self, unet: Any, captions: list[str], noise: Tensor) -> Tensor:
        """Pictures (n, 3, 256, 256) in one step: noise less the velocity at t = 1, decoded."""
        noise = noise.to(self._run.device)
        ids = token_ids(self._tokenizer, captions).to(self._run.device)
        with half_precision(self._run.device):
            words = self._text(ids).last_hidden_state
            times = torch.full((len(captions),), 1000.0, device=self._run.device)
            latents = noise - unet(noise, times, words).sample.float()
            made: Tensor = self._vae.decoder(latents / self._vae.config.scaling_factor).float()
        return made

    def _likeness(self, pictures: Tensor, captions: list[str]) -> Tensor:
        """Cosine between each picture and its caption, shape (n,)."""
        seen = F.interpolate(pictures.clamp(-1, 1), (SEEN_PX, SEEN_PX), mode="area")
        ids = token_ids(self._clip_tokenizer, captions).to(self._run.device)
        out = self._clip(input_ids=ids, pixel_values=seen)
        closeness: Tensor = (out.image_embeds * out.text_embeds).sum(1)
        return closeness

    @torch.no_grad()
    def sheet(self) -> Image.Image:
        """The fixed prompts in one step, from fixed noise."""
        noise = torch.randn(len(STARTER_PROMPTS), 4, 32, 32, generator=torch.Generator().manual_seed(11))
        made = self._paint(self._learner.averaged["unet"], list(STARTER_PROMPTS), noise)
        return sheet(to_images(made), 8, 128)

    def state(self) -> dict[str, Any]:
        """Student and critic."""
        return {"student": self._learner.state(), "critic": self._critic_learner.state()}

    def load(self, state: dict[str, Any]) -> None:
        """Go on from a saved state."""
        self._learner.load(state["student"])
        self._critic_learner.load(state["critic"])

    def export(self, folder: Path) -> None:
        """A pipeline to be run with one step and guidance 1."""
        parts = [copy.deepcopy(part).float().cpu() for part in (self._vae, self._text, self._learner.averaged["unet"])]
        save_half(pipeline(parts[0], parts[1], self._tokenizer, parts[2]), folder)


def make(given: Namespace, run: Run) -> StudentRecipe:
    """The recipe that the options describe."""
    return StudentRecipe(run, DOMAINS[given.domain], given.teacher, given.clip, given.weight)


def main(arguments: list[str] | None = None) -> None:
    """Command line."""
    options = parser("student", "Trains a one-step student.", steps=400, batch=8)
    options.add_argument("--weight", type=float, default=0.1, help="weight of the GAN loss beside CLIP's")
    options.add_argument("--teacher", type=Path, help="folder of the pipeline (default: this domain's text2img)")
    options.add_argument("--clip", type=Path, help="folder of the CLIPModel (default: this domain's)")
    given = options.parse_args(arguments)
    given.teacher = given.teacher or folder_of(given.domain, "text2img") / "weights"
    given.clip = given.clip or folder_of(given.domain, "clip") / "weights" / "clip"
    given.folder = given.folder or folder_of(given.domain, f"student-{given.weight:g}")
    launch(run_from(given), functools.partial(make, given))


if __name__ == "__main__":
    main()
