"""Which LoRAs a picture is planned with, what goes into its prompt for them, and what the asker is told."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot import LoraWish, ModelCard, Plan, RequestError, ToolContext, Wishes
from bot.brief_arguments import ImagineArguments
from bot.contracts import Earlier
from bot.errors import SettingsError
from bot.lora_settings import LoraSettings
from bot.style import Library, Style, load_library
from bot.tasks import Lora
from bot.testing import CARD, PaperEngine
from tests.support import message
from tools.imagine import Imagine
from tools.loras import Loras
from tools.repaint import Repaint, RepaintArguments

XL = replace(CARD, model="xl", family="sdxl", dialect="tags")
SAID = {
    "pixel": LoraSettings(file="a/pixel", weight=0.8, family="sdxl", words="pxl style"),
    "ink": LoraSettings(file="a/ink"),
    **{name: LoraSettings(file=f"a/{name}") for name in ("one", "two", "three")},
}
BY_TABLE = Style(name="retro", title={"en": "retro"}, phrases={"plain": "retro look"}, lora={"name": "pixel"})
BY_FILE = Style(
    name="clay",
    title={"en": "clay"},
    phrases={"plain": "clay"},
    lora={"name": "a/clay", "weight": 0.5, "family": "sd15"},
)
LIBRARY = Library({style.name: style for style in (BY_TABLE, BY_FILE)})
TOOL = Imagine(LIBRARY, SAID)
PIXEL, INK = Lora("pixel", "a/pixel", 0.8), Lora("ink", "a/ink", 1.0)


async def plan(
    *loras: LoraWish, card: ModelCard = XL, before: Plan | None = None, text: str = "a cat", **wishes: Any
) -> Plan:
    said = message(text, wishes=Wishes(loras=loras, **wishes))
    where = ToolContext("job/0", said, PaperEngine(), card, before, "parent" if before else None)
    follows = {"follows_up": True, "keeps_seed": True} if before else {}
    asked = ImagineArguments.model_validate({"prompt": text, "subjects": [{"name": "cat"}]} | follows)
    [only] = (await TOOL.run(asked, where)).plans
    return only


async def test_what_is_named_is_painted_with_and_told() -> None:
    """Weights are the asker's, else the settings'; trained words go into the prompt; the asker reads which and how."""
    made = await plan(LoraWish("PIXEL"), LoraWish("ink", -0.5))
    assert made.loras == (PIXEL, replace(INK, weight=-0.5))
    assert made.prompt.endswith(", pxl style")
    assert made.notes[-2:] == (
        "Painted with the LoRA 'pixel' at 0.8.",
        "Painted with the LoRA 'ink' at -0.5.",
    )
    assert (await plan()).loras == ()
    assert (await plan(LoraWish("pixel"), text="a cat in PXL style", as_is=True)).prompt == "a cat in PXL style"
    assert "用 LoRA“ink”来画，权重 1。" in (await plan(LoraWish("ink"), text="一只猫")).notes


@pytest.mark.parametrize(
    ("wishes", "prompt"),
    [({"as_is": True}, "a cat, pxl style"), ({"prompt": "my cat"}, "my cat")],
    ids=["own words", "by hand"],
)
async def test_own_words_get_the_trained_ones_and_a_prompt_by_hand_does_not(
    wishes: dict[str, Any], prompt: str
) -> None:
    """A prompt that somebody wrote stays as it is; the LoRA is painted with all the same."""
    made = await plan(LoraWish("pixel"), **wishes)
    assert (made.prompt, made.loras) == (prompt, (PIXEL,))


async def test_another_family_is_left_out_and_told() -> None:
    """A LoRA for another family, named by hand or by a style, is not used, and the asker reads why."""
    plain = replace(XL, model="plain", family="flux1", dialect="plain")
    made = await plan(LoraWish("pixel"), card=plain)
    assert made.loras == ()
    assert "pxl" not in made.prompt
    assert made.notes[-1] == "The LoRA 'pixel' is made for sdxl and plain is flux1, so it is left out."
    styled = await plan(style="clay")
    assert (styled.loras, styled.style) == ((), "clay")
    assert styled.notes[-1] == "The LoRA 'a/clay' is made for sd15 and xl is sdxl, so it is left out."


async def test_a_style_brings_its_own() -> None:
    """By a name of the settings or by a file; what was named by hand goes before, and a weight of 0 leaves it out."""
    assert (await plan(style="retro")).loras == (PIXEL,)
    assert (await plan(style="clay", card=replace(XL, family="sd15"))).loras == (Lora("a/clay", "a/clay", 0.5),)
    assert (await plan(LoraWish("pixel", 1.5), style="retro")).loras == (replace(PIXEL, weight=1.5),)
    assert (await plan(LoraWish("pixel", 0.0), style="retro")).loras == ()


async def test_a_change_keeps_them() -> None:
    """What was named stays over a change and may be left out of the next one; what a style brought goes with it."""
    first = await plan(LoraWish("ink", 0.3), style="retro")
    assert first.loras == (replace(INK, weight=0.3), PIXEL)
    changed = await plan(before=first, text="make it sleep")
    assert changed.loras == (replace(INK, weight=0.3),), "the other belongs to a style that is not asked for any more"
    assert (await plan(before=first, style="retro")).loras == first.loras
    assert (await plan(LoraWish("ink", 0.0), before=changed)).loras == ()
    assert (await plan(LoraWish("pixel"), before=changed)).loras == (PIXEL, replace(INK, weight=0.3))


@pytest.mark.parametrize(
    ("loras", "said"),
    [
        ([("pixl", None)], "There is no LoRA 'pixl'. Did you mean 'pixel'? There are: pixel, ink, one, two, three."),
        ([("a/pixel", None)], "There is no LoRA 'a/pixel'."),
        ([("../secret.safetensors", None)], "There is no LoRA '../secret.safetensors'."),
        ([("ink", 2.5)], "The LoRA 'ink' can't count 2.5. Choose -2 to 2."),
        ([("ink", float("nan"))], "Choose -2 to 2."),
        ([(name, None) for name in SAID], "5 LoRAs at once are too many. Name 4 at most."),
    ],
)
async def test_what_can_not_be_had_is_one_line(loras: list[tuple[str, float | None]], said: str) -> None:
    """Only names of the settings are known, never a file or a repository; weight and number have bounds."""
    with pytest.raises(RequestError) as raised:
        await plan(*[LoraWish(*one) for one in loras])
    assert said in str(raised.value)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("action", ["again", "vary", "own_words", "prompt"])
async def test_a_button_repaints_with_the_same(action: str) -> None:
    """Whatever the settings name by then, the next picture has the LoRAs of the one that was meant, and says so."""
    before = await plan(LoraWish("ink", 0.3))
    said = message("once more", wishes=Wishes(prompt="my cat" if action == "prompt" else None))
    context = ToolContext(
        "job/0", said, PaperEngine(), XL, before, "p", "ab" * 32, (Earlier("p", "j", before, "ab" * 32),)
    )
    [made] = (await Repaint().run(RepaintArguments.model_validate({"action": action}), context)).plans
    assert made.loras == before.loras
    assert "Painted with the LoRA 'ink' at 0.3." in made.notes


def test_files_on_this_machine_get_their_whole_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A painter that another process started may stand elsewhere; what is not here is left to the painter."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine.safetensors").touch()
    said = {"mine": LoraSettings(file="mine.safetensors"), "far": LoraSettings(file="/far/away.safetensors")}
    where = ToolContext("job/0", message(wishes=Wishes(loras=(LoraWish("mine"), LoraWish("far")))), PaperEngine(), XL)
    arguments = ImagineArguments.model_validate({"prompt": "a cat"})
    picked = Loras(said, LIBRARY).pick(None, arguments, where)
    assert [lora.file for lora in picked.loras] == [str(tmp_path / "mine.safetensors"), "/far/away.safetensors"]


def test_an_unknown_family_stops_the_start() -> None:
    """A slip in a family's name would keep the LoRA away for ever."""
    with pytest.raises(
        SettingsError, match=r"There is no family 'sdlx', which the LoRA 'a' names. Name one of sketch,"
    ):
        Imagine(load_library(), {"a": LoraSettings(file="x", family="sdlx")})
