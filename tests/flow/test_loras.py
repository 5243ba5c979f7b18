"""LoRAs through the whole chain: asked for, painted with, kept over changes, buttons and a restart."""

import json
from pathlib import Path

import pytest

from bot import LoraWish, Wishes
from bot.actions import pressed
from bot.tasks import Lora
from tests.helpers import tiny_models
from tests.helpers.conversing import PLACE, chain
from tests.helpers.terminal import limner
from tests.helpers.tiny_loras import save_lora
from tests.support import message

SETTINGS = {"loras": {"ink": {"file": "a/ink", "weight": 0.8}}}


async def test_what_was_painted_with_stays(tmp_path: Path) -> None:
    """Changes, another one and undo keep the LoRA, also after a restart with settings that name it no more."""
    async with chain(tmp_path, **SETTINGS) as talk:
        (bare,) = (await talk.tell(message("a red car", wishes=Wishes(seed=7)))).pictures
        (first,) = (await talk.tell(message("a red car", wishes=Wishes(seed=7, loras=(LoraWish("ink"),))))).pictures
        (blue,) = (await talk.tell(message("make it blue"))).pictures
        assert "There is no LoRA 'oil'" in (await talk.tell(message("x", wishes=Wishes(loras=(LoraWish("oil"),))))).text
    assert bare.sha256 != first.sha256, "the painter was told of it"
    assert first.plan.loras == blue.plan.loras == (Lora("ink", "a/ink", 0.8),)
    assert "Painted with the LoRA 'ink' at 0.8." in first.plan.notes
    async with chain(tmp_path) as talk:
        (undone,) = (await talk.tell(message("undo"))).pictures
        assert (undone.sha256, undone.plan.loras) == (first.sha256, first.plan.loras)
        said = pressed(f"again:{first.id}", **PLACE, event_id=message().event_id, wishes=Wishes(seed=7))
        (again,) = (await talk.tell(said)).pictures
        assert (again.sha256, again.plan.loras) == (first.sha256, first.plan.loras)


@pytest.mark.proof
@pytest.mark.painter
def test_a_command_paints_with_a_lora(tmp_path: Path) -> None:
    """`limner imagine --lora` in a painter's process of its own: another picture, and the record says with what."""
    from diffusers import DiffusionPipeline

    model = tiny_models.save_sd15(tmp_path / "tiny")
    save_lora(DiffusionPipeline.from_pretrained(model), tmp_path / "mascot.safetensors", "unet", "text_encoder")
    (tmp_path / "limner.toml").write_text(f'model = "{model}"\n[loras.mascot]\nfile = "mascot.safetensors"\n')
    run = ["imagine", "a cat", "--seed", "1", "--size", "64x64", "--steps", "3", "--json"]
    bare, worn, half = (
        json.loads(limner(tmp_path / "home", *run, *lora, cwd=tmp_path).stdout)
        for lora in ((), ("--lora", "mascot"), ("--lora", "MASCOT=0.5"))
    )
    assert worn["loras"] == [{"name": "mascot", "file": str(tmp_path / "mascot.safetensors"), "weight": 1.0}]
    assert (bare["loras"], half["loras"][0]["weight"]) == ([], 0.5)
    assert len({one["pictures"][0]["sha256"] for one in (bare, worn, half)}) == 3
    assert "Painted with the LoRA 'mascot' at 0.5." in half["notes"]
