"""What the LoRA recipe makes is what the painter loads."""

from pathlib import Path
from random import Random

import numpy
import pytest
import torch

from bot.tasks import Lora
from tests.helpers.studio import Watcher, pixels, task
from tools.engine.families import folder_of
from tools.engine.painter.studio import Studio, Ways
from training.loop import Run, Turn
from training.lora import Album, LoraRecipe
from training.text2img import GUIDANCE, STEPS, paint
from training.world import STARTER


@pytest.mark.proof
@pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")  # a scheduler's
def test_a_trained_lora_paints_in_the_painter_as_in_the_recipe(tmp_path: Path) -> None:
    """After a step on pictures of a mushroom Sketch paints the recipe's own picture with the file, and not without."""
    run = Run("small", tmp_path, 2, batch=2)
    base = folder_of("sketch")
    assert base
    recipe = LoraRecipe(run, base, Album.of_subject("mushroom", STARTER, 2, 0), 8, [])
    recipe.step(Turn(0, 0.3, Random(0)))
    with torch.no_grad():
        for layer in recipe._layers.values():  # as if it had learned for long
            layer.lora_B.weight.normal_(std=0.05, generator=torch.Generator().manual_seed(0))
    recipe.export(tmp_path)
    [own] = paint(recipe._made, ["a cat on a beach"], 1)
    studio = Studio(Ways("cpu", pace=None))
    wish = {"prompt": "a cat on a beach", "width_px": 256, "height_px": 256, "steps": STEPS, "guidance_scale": GUIDANCE}
    try:
        bare, worn = (
            pixels(studio.paint(task("sketch", **wish, loras=loras), Watcher()).png)
            for loras in ((), (Lora("mushroom", str(tmp_path)),))
        )
    finally:
        studio.close()
    assert abs(worn - numpy.asarray(own).astype(float)).max() <= 2
    assert abs(worn - bare).mean() > 2
