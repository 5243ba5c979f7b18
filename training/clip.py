"""Trains CLIP: pictures and captions in one space, by contrast with the batch and with hard negatives.

Every caption brings a wrong version of itself (another colour, count, place, or the relation turned), as in NegCLIP
(Yuksekgonul et al. 2022, arXiv:2210.01936), since plain contrast leaves relations at chance. The large size gives the
text tower that the denoiser starts from; the small one is the model that scores candidates.
"""

import copy
import functools
from argparse import Namespace
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import torch
import torch.nn.functional as F
from PIL import Image
from torch import Tensor, nn
from transformers import CLIPConfig, CLIPImageProcessor, CLIPModel, CLIPTextModel, CLIPTokenizer

from training.autoencoder import half_precision
from training.denoiser import TOKENS, token_ids
from training.feed import Feed, draw_batch
from training.learner import Learner
from training.loop import Run, Turn, launch
from training.options import DOMAINS, folder_of, parser, run_from
from training.patch_labels import PatchNamer
from training.pictures import to_images
from training.tokenizer import make_tokenizer
from training.world import Domain, Scene, caption
from training.world.altering import altered
from training.world.sheet import sheet

SEEN_PX, PATCH_PX = 128, 16
MEAN, SPREAD = (0.5, 0.5, 0.5), (0.5, 0.5, 0.5)
_CHINESE = 0.25


@dataclass(frozen=True)
class Size:
    """Widths and depths of both towers."""

    text_width: int
    text_layers: int
    vision_width: int
    vision_layers: int
    shared_width: int


SIZES = {"large": Size(256, 4, 192, 4, 256), "small": Size(64, 2, 80, 3, 80)}


def new_clip(tokenizer: CLIPTokenizer, size: Size) -> CLIPModel:
    """An untrained CLIPModel for pictures of 128 pixels and texts of 40 tokens."""
    text = {
        "vocab_size": len(tokenizer),
        "hidden_size": size.text_width,
        "intermediate_size": 3 * size.text_width,
        "num_hidden_layers": size.text_layers,
        "num_attention_heads": 4,
        "max_position_embeddings": TOKENS,
        "bos_token_id": tokenizer.bos_token_id,
        "eos_token_id": tokenizer.eos_token_id,
        "pad_token_id": tokenizer.pad_token_id,
        "projection_dim": size.shared_width,
    }
    vision = {
        "hidden_size": size.vision_width,
        "intermediate_size": 3 * size.vision_width,
        "num_hidden_layers": size.vision_layers,
        "num_attention_heads": 4,
        "image_size": SEEN_PX,
        "patch_size": PATCH_PX,
        "projection_dim": size.shared_width,
    }
    return CLIPModel(CLIPConfig(text_config=text, vision_config=vision, projection_dim=size.shared_width))


def contrast(images: Tensor, texts: Tensor, wrong: Tensor, scale: Tensor) -> Tensor:
    """Loss of matching n images with n texts among 2n (wrong ones included), and texts with images; unit vectors in."""
    logits = scale * images @ torch.cat([texts, wrong]).T
    wanted = torch.arange(len(images), device=images.device)
    return (F.cross_entropy(logits, wanted) + F.cross_entropy(logits[:, : len(images)].T, wanted)) / 2


class ClipRecipe:
    """Both towers learn together from fresh renders."""

    def __init__(self, run: Run, domain: Domain, size: Size, tokenizer: CLIPTokenizer) -> None:
        self._run, self._domain, self.tokenizer = run, domain, tokenizer
        self._feed = Feed(run, domain, run.batch)
        self.model = new_clip(tokenizer, size).to(run.device)
        self._namer = PatchNamer(size.vision_width, domain).to(run.device)
        modules: dict[str, nn.Module] = {"clip": self.model, "namer": self._namer}
        self._learner = Learner(modules, 8e-4, betas=(0.9, 0.98), weight_decay=0.02, average=0.998)

    def step(self, turn: Turn) -> dict[str, float]:
        """One batch of pictures, their captions and a wrong caption each."""
        batch = self._feed.batch(turn.step)
        pictures = _seen(batch.tensor(self._run.device))
        pictures = pictures + 0.08 * turn.rng.random() * torch.randn_like(pictures)
        right, wrong = zip(*(self._captions(scene, turn.rng) for scene in batch.scenes), strict=True)
        ids = token_ids(self.tokenizer, [*right, *wrong]).to(self._run.device)
        with half_precision(self._run.device):
            out = self.model(input_ids=ids, pixel_values=pictures)
        texts, false_texts = out.text_embeds.float().chunk(2)
        images = out.image_embeds.float()
        loss = contrast(images, texts, false_texts, self.model.logit_scale.exp().clamp(max=100))
        named = self._namer.loss(out.vision_model_output.last_hidden_state, batch)
        self._learner.update(loss + named, turn.progress)
        better = ((images * texts).sum(1) > (images * false_texts).sum(1)).float().mean()
        return {"contrast": loss.item(), "patches": named.item(), "right over wrong": better.item()}

    def _captions(self, scene: Scene, rng: Random) -> tuple[str, str]:
        language = "zh" if rng.random() < _CHINESE else "en"
        return caption(scene, rng, language), caption(altered(scene, rng, self._domain), rng, language)

    @torch.no_grad()
    def sheet(self) -> Image.Image:
        """Held-out pictures in rows, each row the best eight of 128 for one caption, the true picture first."""
        batch = draw_batch(Random(77), self._domain, 128, held=True)
        pictures = batch.tensor(self._run.device)
        model = self._learner.averaged["clip"]
        ids = token_ids(self.tokenizer, [caption(scene, Random(0), fillers=False) for scene in batch.scenes[:4]])
        logits = model(input_ids=ids.to(self._run.device), pixel_values=_seen(pictures)).logits_per_text
        rows = [[row, *logits[row].topk(7).indices.tolist()] for row in range(4)]
        return sheet(to_images(pictures[[index for row in rows for index in row]]), 8, 128)

    def state(self) -> dict[str, Any]:
        """The learner's state."""
        return self._learner.state()

    def load(self, state: dict[str, Any]) -> None:
        """Go on from a saved state."""
        self._learner.load(state)

    def export(self, folder: Path) -> None:
        """A CLIPModel with processor and tokenizer, and the text tower apart for text2img."""
        model: CLIPModel = copy.deepcopy(self._learner.averaged["clip"]).cpu().half()
        model.save_pretrained(folder / "clip")
        processor = CLIPImageProcessor(
            size={"shortest_edge": SEEN_PX},
            crop_size={"height": SEEN_PX, "width": SEEN_PX},
            image_mean=list(MEAN),
            image_std=list(SPREAD),
        )
        processor.save_pretrained(folder / "clip")
        for place in (folder / "clip", folder / "tokenizer"):
            self.tokenizer.save_pretrained(place)
        text = CLIPTextModel(model.config.text_config)
        text.load_state_dict(model.text_model.state_dict())
        text.half().save_pretrained(folder / "text_encoder")


def _seen(pictures: Tensor) -> Tensor:
    return F.interpolate(pictures, (SEEN_PX, SEEN_PX), mode="area")


def make(given: Namespace, run: Run) -> ClipRecipe:
    """The recipe that the options describe."""
    domain = DOMAINS[given.domain]
    return ClipRecipe(run, domain, SIZES[given.size], make_tokenizer(domain, given.tokenizer))


def main(arguments: list[str] | None = None) -> None:
    """Command line."""
    options = parser("clip", "Trains CLIP with hard negatives.", steps=4000, batch=64)
    options.add_argument("--size", choices=SIZES, default="large")
    options.add_argument("--tokenizer", type=Path, help="folder of the tokenizer; trained first where there is none")
    options.add_argument("--tokens", type=int, default=2400, help="how many tokens a new tokenizer has at most")
    given = options.parse_args(arguments)
    run = run_from(given)
    given.tokenizer = given.tokenizer or folder_of(given.domain, "tokenizer")
    make_tokenizer(DOMAINS[given.domain], given.tokenizer, given.tokens)
    launch(run, functools.partial(make, given))


if __name__ == "__main__":
    main()
