"""How well a picture is made, whatever it shows: the heads that a judge can have for it."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from bot.errors import ModelUnavailable

if TYPE_CHECKING:
    import torch
    from PIL.Image import Image

# From the picture and its embedding of length 1, (1, width), to 0..1.
Head = Callable[["Image", "torch.Tensor"], float]
KIND = "limner"
DISCRIMINATOR = "discriminator"
# LAION's aesthetic predictors (Schuhmann et al. 2022) were trained on people's marks from 1 to 10.
_LEAST_MARK, _BEST_MARK = 1.0, 10.0
_SEEN_PX = 256


def read_head(path: Path, device: "torch.device") -> Head:
    """The head in a safetensors file: a discriminator of Limner's if its metadata say so, else linear layers.

    Linear layers are as LAION's predictors have them: named '...weight' and '...bias', one after another in the order
    of the numbers in their names, with nothing between them.

    Raises:
        ModelUnavailable: There is no such file, or it holds something else.
    """
    from safetensors import SafetensorError, safe_open

    try:
        with safe_open(path, "pt") as file:
            kind = (file.metadata() or {}).get(KIND)
            held = {name: file.get_tensor(name).float() for name in file.keys()}  # noqa: SIM118 - it is no dictionary
        return _discriminator(held, device) if kind == DISCRIMINATOR else _linear(held, device)
    except (OSError, SafetensorError, RuntimeError, ValueError) as error:
        raise ModelUnavailable(
            f"The judge's head {path} can't be used: {str(error).splitlines()[0][:200]}",
            "Name an aesthetic head in safetensors.",
            str(path),
        ) from error


def _linear(held: "dict[str, torch.Tensor]", device: "torch.device") -> Head:
    from torch.nn.functional import linear

    names = sorted((name for name in held if name.endswith("weight")), key=_numbers)
    here = {name: value.to(device) for name, value in held.items()}
    layers = [(here[name], here.get(f"{name.removesuffix('weight')}bias")) for name in names]
    if not layers or layers[-1][0].ndim != 2 or layers[-1][0].shape[0] != 1:
        raise ValueError("it does not end in one number")

    def mark(_picture: "Image", embedding: "torch.Tensor") -> float:
        for weight, bias in layers:
            embedding = linear(embedding, weight, bias)
        return min(max((embedding.item() - _LEAST_MARK) / (_BEST_MARK - _LEAST_MARK), 0.0), 1.0)

    return mark


def _discriminator(held: "dict[str, torch.Tensor]", device: "torch.device") -> Head:
    import numpy
    import torch

    from tools.engine.painter.discriminator import Discriminator

    network = Discriminator().eval()
    network.load_state_dict(held)
    network.to(device)

    def look(picture: "Image", _embedding: "torch.Tensor") -> float:
        pixels = torch.from_numpy(numpy.asarray(_as_trained(picture)).copy()).to(device)
        score: float = network(pixels.permute(2, 0, 1)[None].float() / 127.5 - 1).sigmoid().item()
        return score

    return look


def _as_trained(picture: "Image") -> "Image":
    """The picture with as many pixels as those that the discriminator has learned from, in its own proportions."""
    share = _SEEN_PX / (picture.width * picture.height) ** 0.5
    return picture.resize((max(round(picture.width * share), 32), max(round(picture.height * share), 32)))


def _numbers(name: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", name)]
