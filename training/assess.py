"""Measures the smaller models on held-out scenes: `python -m training.assess clip|captioner|upscaler|... FOLDER`.

Each is loaded as anybody would load it, with the library's own classes, so that what is measured is what ships.
"""

import json
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from random import Random

import torch
from PIL import Image
from transformers import (
    AutoTokenizer,
    CLIPImageProcessor,
    CLIPModel,
    CLIPTokenizer,
    VisionEncoderDecoderModel,
    ViTImageProcessor,
)

from training.discriminator import BUILT_IN, load_discriminator, scores_of
from training.options import DOMAINS
from training.paintings import KINDS, PAINTED, paintings
from training.pictures import psnr_db, to_images, to_tensor
from training.upscaler import Upscaler, damaged
from training.world import SUBJECTS, Domain, Scene, caption, render, sample_scene
from training.world.altering import altered
from training.world.words import PLACES, STYLES

GROUP = 32
Found = dict[str, dict[str, float]]


def distinct_scenes(rng: Random, domain: Domain, count: int) -> list[Scene]:
    """Held-out scenes no two of which are told by the same words."""
    told: dict[tuple[object, ...], Scene] = {}
    while len(told) < count:
        scene = sample_scene(rng, domain, held=True)
        words = tuple((thing.subject, thing.colour) for thing in scene.things)
        told.setdefault((words, scene.place, scene.time, scene.style, scene.relation), scene)
    return list(told.values())


def _share(answers: list[bool]) -> dict[str, float]:
    return {"right": round(sum(answers) / len(answers), 4), "of": len(answers)}


@torch.no_grad()
def clip_similarity(folder: Path, pictures: list[Image.Image], texts: list[str]) -> torch.Tensor:
    """Similarity of every picture (rows) to every text (columns), by the CLIPModel in the folder."""
    model = CLIPModel.from_pretrained(folder)
    pixels = CLIPImageProcessor.from_pretrained(folder)(images=pictures, return_tensors="pt").pixel_values
    words = CLIPTokenizer.from_pretrained(folder)(texts, padding=True, truncation=True, return_tensors="pt")
    similarity: torch.Tensor = model(pixel_values=pixels, **words).logits_per_image
    return similarity


def clip_figures(folder: Path, domain: Domain, count: int, seed: int) -> Found:
    """The right caption of 32, the right picture of 32, and the right caption against a wrong version of itself."""
    rng, captions, pictures, better = Random(seed), [], [], []
    for _ in range(max(1, count // GROUP)):
        scenes = distinct_scenes(rng, domain, GROUP)
        right = [caption(scene, rng) for scene in scenes]
        wrong = [caption(altered(scene, rng, domain), rng) for scene in scenes]
        seen = clip_similarity(folder, [render(scene).image for scene in scenes], [*right, *wrong])
        wanted = torch.arange(GROUP)
        captions += (seen[:, :GROUP].argmax(1) == wanted).tolist()
        pictures += (seen[:, :GROUP].argmax(0) == wanted).tolist()
        better += (seen[wanted, wanted] > seen[wanted, wanted + GROUP]).tolist()
    return {
        "right caption among 32": _share(captions),
        "right picture among 32": _share(pictures),
        "right caption over a wrong version of it": _share(better),
    }


@torch.no_grad()
def captions_of(folder: Path, pictures: list[Image.Image]) -> list[str]:
    """What the VisionEncoderDecoderModel in the folder says of each picture."""
    model = VisionEncoderDecoderModel.from_pretrained(folder)
    pixels = ViTImageProcessor.from_pretrained(folder)(images=pictures, return_tensors="pt").pixel_values
    ids = model.generate(pixel_values=pixels, max_new_tokens=28, do_sample=False)
    said: list[str] = AutoTokenizer.from_pretrained(folder).batch_decode(ids, skip_special_tokens=True)
    return [" ".join(text.split()) for text in said]


def names_subject(text: str, subject: str, domain: Domain) -> bool:
    """Whether the text names this subject of the domain and no other one."""
    words = f" {text.replace(',', ' ').replace(':', ' ')} "
    named = {one for one in domain.subjects for name in SUBJECTS[one].english if f" {name} " in words}
    return named == {subject}


def captioner_figures(folder: Path, domain: Domain, count: int, seed: int) -> Found:
    """Subject, place, colour and style told right, for scenes of one thing; flat pictures need not be called so."""
    rng = Random(seed)
    lone = Domain(domain.subjects, domain.places, domain.styles, domain.weather, {"one": 1.0})
    scenes = [sample_scene(rng, lone, held=True) for _ in range(count)]
    told = list(zip(scenes, captions_of(folder, [render(scene).image for scene in scenes]), strict=True))
    coloured = [(scene.things[0].colour, text) for scene, text in told if scene.things[0].colour]
    styled = [(STYLES[scene.style], text) for scene, text in told if scene.style != "flat"]
    return {
        "subject": _share([names_subject(text, scene.things[0].subject, domain) for scene, text in told]),
        "place": _share([any(words in text for words in PLACES[scene.place].english) for scene, text in told]),
        "colour": _share([f" {colour} " in f" {text} " for colour, text in coloured]),
        "style": _share([any(w.strip() in text for w in style.openings + style.endings) for style, text in styled]),
    }


@torch.no_grad()
def upscaler_figures(folder: Path, domain: Domain, count: int, seed: int) -> Found:
    """Likeness to the true picture of damaged small ones, enlarged by the model and plainly (bicubic)."""
    model = Upscaler.from_pretrained(folder).float()
    rng = Random(seed)
    before: list[float] = []
    after: list[float] = []
    for _ in range(count):
        truth = render(sample_scene(rng, domain, held=True)).image
        small = damaged(truth, model.config.scale, rng)
        made = to_images(model(to_tensor([small])))[0]
        plain = small.resize(truth.size, Image.Resampling.BICUBIC)
        for values, picture in ((before, plain), (after, made)):
            values.append(float(psnr_db(to_tensor([picture]), to_tensor([truth]))))
    means = {"restored": sum(after) / count, "bicubic": sum(before) / count}
    better = [made > plain for made, plain in zip(after, before, strict=True)]
    return {name: {"db": round(db, 2), "of": count} for name, db in means.items()} | {"restored better": _share(better)}


def discriminator_figures(folder: Path, domain: Domain, count: int, seed: int) -> Found:
    """Area under the curve of telling renders from the built-in model's paintings, and more steps over fewer."""
    scores = scores_of(load_discriminator(folder), paintings(BUILT_IN, domain, count, seed, held=True))
    true, painted, last = scores[:, PAINTED:].flatten(), scores[:, :PAINTED].flatten(), scores[:, PAINTED - 1]
    areas = {
        "a render over a painting": area(true, painted),
        f"a rebuilt render over a painting in {KINDS[PAINTED - 1]}": area(scores[:, PAINTED], last),
    }
    found: Found = {name: {"right": round(share, 4), "of": scores.numel()} for name, share in areas.items()}
    for worse, better in zip(range(PAINTED), range(1, PAINTED + 1), strict=True):
        found[f"{KINDS[better]} over {KINDS[worse]}"] = _share((scores[:, better] > scores[:, worse]).tolist())
    return found


def area(better: torch.Tensor, worse: torch.Tensor) -> float:
    """Area under the curve: how often one of `better` is above one of `worse`; a tie counts half."""
    above = (better[:, None] > worse[None]).float() + 0.5 * (better[:, None] == worse[None]).float()
    return float(above.mean())


_FIGURES: dict[str, Callable[[Path, Domain, int, int], Found]] = {
    "clip": clip_figures,
    "captioner": captioner_figures,
    "upscaler": upscaler_figures,
    "discriminator": discriminator_figures,
}


def main(arguments: list[str] | None = None) -> None:
    """Command line: prints one JSON object with the figures."""
    options = ArgumentParser(prog="python -m training.assess", description="Measures one of the smaller models.")
    options.add_argument("kind", choices=_FIGURES)
    options.add_argument("folder", type=Path)
    options.add_argument("--domain", choices=DOMAINS, default="starter")
    options.add_argument("--count", type=int, default=256)
    options.add_argument("--seed", type=int, default=4343)
    given = options.parse_args(arguments)
    torch.set_num_threads(1)
    found = _FIGURES[given.kind](given.folder, DOMAINS[given.domain], given.count, given.seed)
    print(json.dumps({"figures": found}, indent=1))


if __name__ == "__main__":
    main()
