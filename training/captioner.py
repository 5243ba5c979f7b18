"""Trains the captioner that says what a picture holds: a small ViT and GPT-2 in a VisionEncoderDecoderModel."""

import copy
import functools
from argparse import Namespace
from pathlib import Path
from random import Random
from typing import Any

import torch
import torch.nn.functional as F
from PIL import Image, ImageDraw
from torch import Tensor, nn
from transformers import (
    CLIPTokenizer,
    GPT2Config,
    VisionEncoderDecoderConfig,
    VisionEncoderDecoderModel,
    ViTConfig,
    ViTImageProcessor,
)

from training.autoencoder import half_precision
from training.denoiser import TOKENS, token_ids
from training.feed import Batch, Feed, draw_batch
from training.learner import Learner
from training.loop import Run, Turn, launch
from training.options import DOMAINS, folder_of, parser, run_from
from training.patch_labels import PatchNamer
from training.pictures import to_images
from training.tokenizer import make_tokenizer
from training.world import Domain, caption
from training.world.sheet import sheet

SEEN_PX, PATCH_PX = 128, 16
VISION_WIDTH, WORDS_WIDTH = 80, 64


def new_captioner(tokenizer: CLIPTokenizer) -> VisionEncoderDecoderModel:
    """An untrained captioner for pictures of 128 pixels."""
    vision = ViTConfig(
        image_size=SEEN_PX, patch_size=PATCH_PX, hidden_size=VISION_WIDTH, num_hidden_layers=3, num_attention_heads=4,
        intermediate_size=3 * VISION_WIDTH, hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0,
    )  # fmt: skip
    words = GPT2Config(
        vocab_size=len(tokenizer), n_embd=WORDS_WIDTH, n_layer=2, n_head=4, n_positions=TOKENS,
        bos_token_id=tokenizer.bos_token_id, eos_token_id=tokenizer.eos_token_id,
        is_decoder=True, add_cross_attention=True, resid_pdrop=0.0, embd_pdrop=0.0, attn_pdrop=0.0,
    )  # fmt: skip
    config = VisionEncoderDecoderConfig.from_encoder_decoder_configs(vision, words)
    config.decoder_start_token_id = config.bos_token_id = tokenizer.bos_token_id
    config.pad_token_id = config.eos_token_id = tokenizer.eos_token_id
    return VisionEncoderDecoderModel(config)


def labels_of(ids: Tensor, end: int) -> Tensor:
    """Targets for ids that open with a start token: shifted by one, -100 after the first end token."""
    shifted = ids[:, 1:]
    after = (shifted == end).int().cumsum(1) > 1
    before_end = torch.cat([torch.zeros_like(after[:, :1]), (shifted == end).int().cumsum(1)[:, :-1] > 0], 1)
    return shifted.masked_fill(after | before_end, -100)


class CaptionerRecipe:
    """Learns plain English captions of fresh renders."""

    def __init__(self, run: Run, domain: Domain, tokenizer: CLIPTokenizer) -> None:
        self._run, self._domain, self.tokenizer = run, domain, tokenizer
        self._feed = Feed(run, domain, run.batch)
        self._namer = PatchNamer(VISION_WIDTH, domain).to(run.device)
        modules: dict[str, nn.Module] = {"captioner": new_captioner(tokenizer).to(run.device), "namer": self._namer}
        self._learner = Learner(modules, 1e-3, betas=(0.9, 0.98), average=0.998)

    def step(self, turn: Turn) -> dict[str, float]:
        """One batch of pictures and captions."""
        batch = self._feed.batch(turn.step)
        texts = [caption(scene, turn.rng, fillers=False) for scene in batch.scenes]
        labels = labels_of(token_ids(self.tokenizer, texts), self.tokenizer.eos_token_id).to(self._run.device)
        with half_precision(self._run.device):
            out = self._learner.modules["captioner"](pixel_values=self._seen(batch), labels=labels)
        loss = F.cross_entropy(out.logits.float().flatten(0, 1), labels.flatten())
        named = self._namer.loss(out.encoder_last_hidden_state, batch)
        self._learner.update(loss + named, turn.progress)
        return {"words": loss.item(), "patches": named.item()}

    def _seen(self, batch: Batch) -> Tensor:
        return F.interpolate(batch.tensor(self._run.device), (SEEN_PX, SEEN_PX), mode="area")

    @torch.no_grad()
    def captions(self, batch: Batch) -> list[str]:
        """What the averaged weights say of each picture."""
        model: VisionEncoderDecoderModel = self._learner.averaged["captioner"]
        ids = model.generate(self._seen(batch), max_new_tokens=24, do_sample=False)
        said: list[str] = self.tokenizer.batch_decode(ids, skip_special_tokens=True)
        return said

    def sheet(self) -> Image.Image:
        """Held-out pictures with what was said of them; counts how many names of subjects are right."""
        batch = draw_batch(Random(8), self._domain, 16, held=True)
        tiles = [picture.resize((192, 192)) for picture in to_images(batch.tensor())]
        said = self.captions(batch)
        for tile, text in zip(tiles, said, strict=True):
            ImageDraw.Draw(tile).multiline_text(
                (4, 4), _wrapped(text), fill="black", stroke_fill="white", stroke_width=2
            )
        return sheet(tiles, 8)

    def state(self) -> dict[str, Any]:
        """The learner's state."""
        return self._learner.state()

    def load(self, state: dict[str, Any]) -> None:
        """Go on from a saved state."""
        self._learner.load(state)

    def export(self, folder: Path) -> None:
        """A VisionEncoderDecoderModel with its image processor and tokenizer."""
        model: VisionEncoderDecoderModel = copy.deepcopy(self._learner.averaged["captioner"]).cpu().half()
        model.save_pretrained(folder)
        half = [0.5, 0.5, 0.5]
        ViTImageProcessor(size={"height": SEEN_PX, "width": SEEN_PX}, image_mean=half, image_std=half).save_pretrained(
            folder
        )
        self.tokenizer.save_pretrained(folder)


def _wrapped(text: str, width: int = 30) -> str:
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) > width:
            lines.append("")
        lines[-1] += word + " "
    return "\n".join(lines)


def make(given: Namespace, run: Run) -> CaptionerRecipe:
    """The recipe that the options describe."""
    domain = DOMAINS[given.domain]
    return CaptionerRecipe(run, domain, make_tokenizer(domain, given.tokenizer))


def main(arguments: list[str] | None = None) -> None:
    """Command line."""
    options = parser("captioner", "Trains the captioner.", steps=4000, batch=48)
    options.add_argument("--tokenizer", type=Path, help="folder of the tokenizer; trained first where there is none")
    options.add_argument("--tokens", type=int, default=2400, help="how many tokens a new tokenizer has at most")
    given = options.parse_args(arguments)
    run = run_from(given)
    given.tokenizer = given.tokenizer or folder_of(given.domain, "tokenizer")
    make_tokenizer(DOMAINS[given.domain], given.tokenizer, given.tokens)
    launch(run, functools.partial(make, given))


if __name__ == "__main__":
    main()
