"""Families are recognised from config files alone, and a limner.json wins over what is recognised."""

import json
from pathlib import Path

import pytest

from bot.errors import ModelUnavailable
from tools.engine.families import FAMILIES, card_for, folder_of, own_judge


def model(folder: Path, pipeline: str, own: object = None, **configs: object) -> Path:
    """Lay out the config files of a pipeline, without weights; `scheduler={...}` becomes its folder's config."""
    files = {"model_index.json": {"_class_name": pipeline}}
    for name, values in configs.items():
        file = "scheduler_config.json" if name == "scheduler" else "config.json"
        files[f"{name}/{file}"] = values
    if own is not None:
        files["limner.json"] = own
    for name, values in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(json.dumps(values), encoding="utf-8")
    return folder


UNET = {"sample_size": 64}
VAE = {"block_out_channels": [128, 256, 512, 512]}


def test_sd15(tmp_path):
    """Stable Diffusion takes its native size from the U-Net and the autoencoder."""
    card = card_for(model(tmp_path, "StableDiffusionPipeline", unet=UNET, vae=VAE), "m")
    assert (card.family, card.width_px, card.height_px) == ("sd15", 512, 512)
    assert (card.steps, card.guidance_scale, card.negative_prompt, card.token_limit) == (30, 7.5, True, 75)
    assert (card.dialect, card.languages) == ("tags", ("en",))


@pytest.mark.parametrize(
    ("unet", "vae", "size"),
    [
        ({"sample_size": [64, 96]}, VAE, (768, 512)),
        ({"sample_size": "64"}, VAE, (512, 512)),
        ({"sample_size": [64]}, VAE, (512, 512)),
        ({"sample_size": 96}, {"block_out_channels": 4}, (512, 512)),
        ({}, {}, (512, 512)),
    ],
)
def test_odd_configs(tmp_path, unet, vae, size):
    """Height comes before width; a size that makes no sense is the family's own."""
    card = card_for(model(tmp_path, "StableDiffusionPipeline", unet=unet, vae=vae), "m")
    assert (card.width_px, card.height_px) == size


def test_sdxl(tmp_path):
    """SDXL is native at 1024 px and heeds negative prompts."""
    card = card_for(model(tmp_path, "StableDiffusionXLPipeline", unet={"sample_size": 128}, vae=VAE), "m")
    assert (card.family, card.width_px, card.negative_prompt, card.guidance_scale) == ("sdxl", 1024, True, 5.0)


def test_turbo(tmp_path):
    """Trailing timesteps with plain noise prediction mean a few-step model, which wants no guidance."""
    scheduler = {"timestep_spacing": "trailing", "prediction_type": "epsilon"}
    folder = model(tmp_path, "StableDiffusionXLPipeline", unet=UNET, vae=VAE, scheduler=scheduler)
    card = card_for(folder, "m")
    assert (card.family, card.steps, card.guidance_scale, card.negative_prompt) == ("sdxl", 4, 0.0, False)
    assert (card.width_px, card.dialect) == (512, "tags")


@pytest.mark.parametrize(
    ("pipeline", "scheduler", "guidance"),
    [
        ("StableDiffusionPipeline", "LCMScheduler", 0.0),
        ("StableDiffusionXLPipeline", "TCDScheduler", 0.0),
        ("LatentConsistencyModelPipeline", "LCMScheduler", 8.5),
    ],
)
def test_distilled(tmp_path, pipeline, scheduler, guidance):
    """A scheduler or pipeline for consistency models means few steps, and that negative prompts are not heeded."""
    card = card_for(model(tmp_path, pipeline, scheduler={"_class_name": scheduler}), "m")
    assert (card.steps, card.guidance_scale, card.negative_prompt) == (4, guidance, False)
    assert card.dialect == "tags"


def test_zero_snr_is_not_turbo(tmp_path):
    """A model retrained for zero terminal SNR has trailing timesteps too, and needs its full steps."""
    scheduler = {"timestep_spacing": "trailing", "prediction_type": "epsilon", "rescale_betas_zero_snr": True}
    card = card_for(model(tmp_path, "StableDiffusionXLPipeline", scheduler=scheduler), "m")
    assert card.steps == 30


@pytest.mark.parametrize(
    ("guidance_embeds", "expected"), [(True, (28, 3.5, 511)), (False, (4, 0.0, 255))], ids=["dev", "schnell"]
)
def test_flux1(tmp_path, guidance_embeds, expected):
    """FLUX.1 dev and schnell differ by their guidance input; both want sides in sixteens and no negative prompt."""
    card = card_for(model(tmp_path, "FluxPipeline", transformer={"guidance_embeds": guidance_embeds}), "m")
    assert (card.family, card.negative_prompt, card.size_multiple_px) == ("flux1", False, 16)
    assert (card.steps, card.guidance_scale, card.token_limit) == expected


@pytest.mark.parametrize(
    ("name", "without_t5", "expected"),
    [
        ("stabilityai/stable-diffusion-3.5-large", False, (28, 4.5, True, 255)),
        ("stabilityai/stable-diffusion-3.5-large-turbo", False, (4, 0.0, False, 255)),
        ("/models/turbosquid", True, (28, 4.5, True, 75)),
    ],
)
def test_sd3(tmp_path, name, without_t5, expected):
    """T5 decides how much SD3 reads, where it is there; that a model is a Turbo stands in its name alone."""
    folder = model(tmp_path, "StableDiffusion3Pipeline")
    index = {"_class_name": "StableDiffusion3Pipeline", "text_encoder_3": [None, None] if without_t5 else ["t", "T5"]}
    (folder / "model_index.json").write_text(json.dumps(index))
    card = card_for(folder, name)
    assert (card.family, card.dialect, card.size_multiple_px) == ("sd3", "plain", 16)
    assert (card.steps, card.guidance_scale, card.negative_prompt, card.token_limit) == expected


@pytest.mark.parametrize(("shift", "expected"), [(6.0, (50, 4.0, True)), (3.0, (8, 0.0, False))], ids=["base", "turbo"])
def test_zimage(tmp_path, shift, expected):
    """Z-Image and its Turbo differ by their scheduler's shift; both read English and Chinese, less the template."""
    card = card_for(model(tmp_path, "ZImagePipeline", vae=VAE, scheduler={"shift": shift}), "m")
    assert (card.steps, card.guidance_scale, card.negative_prompt) == expected
    assert (card.family, card.dialect, card.languages, card.token_limit) == ("zimage", "bilingual", ("en", "zh"), 504)
    assert (card.width_px, card.img2img) == (1024, True)


def test_qwenimage(tmp_path):
    """Qwen-Image reads both languages, heeds negative prompts, and is native above a megapixel."""
    card = card_for(model(tmp_path, "QwenImagePipeline"), "m")
    assert (card.family, card.dialect, card.languages, card.token_limit) == (
        "qwenimage",
        "bilingual",
        ("en", "zh"),
        507,
    )
    assert (card.steps, card.guidance_scale, card.negative_prompt, card.width_px) == (50, 4.0, True, 1328)


@pytest.mark.parametrize(
    ("pipeline", "distilled", "expected"),
    [
        ("Flux2Pipeline", None, ("flux2", 28, 4.0, 479)),
        ("Flux2KleinPipeline", False, ("flux2klein", 50, 4.0, 500)),
        ("Flux2KleinPipeline", True, ("flux2klein", 4, 1.0, 500)),
    ],
    ids=["dev", "klein base", "klein"],
)
def test_flux2(tmp_path, pipeline, distilled, expected):
    """A klein's index says whether it was distilled to few steps; none heeds negative prompts or takes a strength."""
    folder = model(tmp_path, pipeline)
    (folder / "model_index.json").write_text(json.dumps({"_class_name": pipeline, "is_distilled": distilled}))
    card = card_for(folder, "m")
    assert (card.family, card.steps, card.guidance_scale, card.token_limit) == expected
    assert (card.negative_prompt, card.img2img, card.size_multiple_px, card.width_px) == (False, False, 16, 1024)


@pytest.mark.parametrize("family", ["flux2", "flux2klein"])
def test_flux2_is_given_its_own_length(family):
    """FLUX.2 sees how far its text was padded, so that it is never given another length than it was trained with."""
    assert FAMILIES[family].token_limit + FAMILIES[family].frame_tokens == 512


@pytest.mark.parametrize(
    ("pipeline", "sample_size", "size", "longest"),
    [
        ("SanaPipeline", 32, 1024, 2048),
        ("SanaPipeline", 16, 512, 2048),
        ("SanaPipeline", 128, 4096, 8192),
        ("SanaSprintPipeline", 32, 1024, 2048),
        ("SanaPAGPipeline", "large", 1024, 2048),
    ],
)
def test_sana(tmp_path, pipeline, sample_size, size, longest):
    """Sana's native size is 32 times that of its latents; SANA-Sprint has two steps and no negative prompt."""
    card = card_for(model(tmp_path, pipeline, transformer={"sample_size": sample_size}), "m")
    assert (card.width_px, card.height_px, card.max_side_px) == (size, size, longest)
    assert (card.size_multiple_px, card.token_limit, card.guidance_scale, card.img2img) == (32, 298, 4.5, False)
    sprints = "Sprint" in pipeline
    assert (card.family, card.steps) == (("sanasprint", 2) if sprints else ("sana", 20))
    assert card.negative_prompt is not sprints


def test_what_sana_is_always_given():
    """Sana paints the size that was asked; SANA-Sprint leaves its middle time out where there are not two steps."""
    exact = {"use_resolution_binning": False}
    assert FAMILIES["sana"].arguments(20) == FAMILIES["sana"].arguments(4) == exact
    assert FAMILIES["sanasprint"].arguments(2) == exact
    assert FAMILIES["sanasprint"].arguments(1) == exact | {"intermediate_timesteps": None}
    assert FAMILIES["sdxl"].arguments(30) == {}


TRAILING = {"timestep_spacing": "trailing"}


@pytest.mark.parametrize(
    ("pipeline", "scheduler", "name", "expected"),
    [
        ("StableDiffusionXL", TRAILING | {"prediction_type": "epsilon"}, "a/Lightning-8step", (8, 0.0, False)),
        ("StableDiffusionXL", TRAILING | {"prediction_type": "sample"}, "m", (1, 0.0, False)),
        ("StableDiffusionXL", TRAILING | {"prediction_type": "v_prediction"}, "m", (30, 5.0, True)),
        ("StableDiffusionXL", {}, "a/realvis_V4.0_Lightning", (6, 2.0, True)),
        ("StableDiffusionXL", {}, "a/Hyper-SDXL-4steps", (4, 2.0, True)),
        ("StableDiffusionXL", {}, "a/hyperrealism", (30, 5.0, True)),
        ("StableDiffusionXL", {}, "a/base-30-steps", (30, 5.0, True)),
        ("StableDiffusion", {"_class_name": "LCMScheduler"}, "m", (4, 0.0, False)),
        ("QwenImage", {"base_shift": 1.0986, "max_shift": 1.0986}, "m", (8, 1.0, False)),
        ("QwenImage", {"base_shift": 0.5, "max_shift": 0.9}, "a/qwen-lightning-4steps", (4, 1.0, False)),
        ("QwenImage", {"base_shift": 0.5, "max_shift": 0.9}, "m", (50, 4.0, True)),
        ("Flux", {}, "a/flux.1-dev-hyper-8steps", (8, 3.5, False)),
        ("StableDiffusion3", {}, "a/sd3.5-medium-turbo", (4, 0.0, False)),
    ],
)
def test_few_step_variants(tmp_path, pipeline, scheduler, name, expected):
    """The scheduler tells of few steps; a name does where that can't, and says how many, but makes no base fast."""
    folder = model(tmp_path, f"{pipeline}Pipeline", scheduler=scheduler, transformer={"guidance_embeds": True})
    card = card_for(folder, name)
    assert (card.steps, card.guidance_scale, card.negative_prompt) == expected


def test_a_unet_with_guidance_as_its_input(tmp_path):
    """A U-Net that was distilled with its guidance is given one, whatever its scheduler."""
    folder = model(tmp_path, "StableDiffusionXLPipeline", unet={"time_cond_proj_dim": 256})
    card = card_for(folder, "m")
    assert (card.steps, card.guidance_scale, card.negative_prompt) == (4, 8.5, False)


@pytest.mark.parametrize(
    ("pipeline", "family"),
    [
        ("StableDiffusionXLImg2ImgPipeline", "sdxl"),
        ("StableDiffusionXLPAGInpaintPipeline", "sdxl"),
        ("FluxInpaintPipeline", "flux1"),
        ("FluxControlPipeline", "unknown"),
        ("StableDiffusionPipelineX", "unknown"),
    ],
)
def test_the_same_weights_for_another_task(tmp_path, pipeline, family):
    """A model that was saved as a pipeline for pictures has the habits of its words' pipeline."""
    assert card_for(model(tmp_path, pipeline), "m").family == family


@pytest.mark.parametrize("family", FAMILIES.values(), ids=lambda family: family.name)
def test_every_row_makes_sense(family):
    """Native sizes fit their own multiple, and a card has what its row says."""
    card = family.card("m", {"subjects": ["cat"]})
    assert family.width_px % family.size_multiple_px == family.height_px % family.size_multiple_px == 0
    assert (card.model, card.family, card.vocabulary) == ("m", family.name, {"subjects": ["cat"]})
    assert (card.token_limit, card.languages, card.dialect) == (family.token_limit, family.languages, family.dialect)


@pytest.mark.parametrize(
    ("pipeline", "own", "can"),
    [
        ("StableDiffusionPipeline", {}, True),
        ("StableDiffusionXLImg2ImgPipeline", {}, True),
        ("FluxInpaintPipeline", {}, True),
        ("QwenImagePipeline", {}, True),
        ("BrandNewPipeline", {}, False),
        ("FluxControlPipeline", {}, False),
        ("XStableDiffusionPipeline", {}, False),
        ("BrandNewPipeline", {"img2img": True}, True),
        ("StableDiffusionPipeline", {"img2img": False}, False),
        ("StableDiffusionPipeline", {"family": "sketch"}, True),
    ],
)
def test_starting_from_a_picture(tmp_path, pipeline, own, can):
    """Whether a model can start from a picture is told by its pipeline's class, unless its own words say otherwise."""
    assert card_for(model(tmp_path, pipeline, own), "m").img2img is can


def test_unknown_pipeline(tmp_path):
    """A pipeline that nobody listed gets defaults that nearly every one can do."""
    card = card_for(model(tmp_path, "BrandNewPipeline"), "m")
    assert (card.family, card.dialect, card.negative_prompt, card.size_multiple_px) == ("unknown", "plain", False, 32)


def test_sketch():
    """The built-in model is named 'sketch' and lies beside the tools."""
    folder = folder_of("sketch")
    assert folder is not None
    card = card_for(folder, "sketch")
    assert (card.model, card.width_px, card.height_px, card.max_side_px % 8) == ("sketch", 256, 256, 0)


def test_own_words_win(tmp_path):
    """A limner.json decides family, numbers and vocabulary; keys of a later version are passed over."""
    own = {"family": "sketch", "steps": 12, "guidance_scale": 2, "vocabulary": {"subjects": ["cat"]}, "later": 1}
    card = card_for(model(tmp_path, "StableDiffusionPipeline", own, unet=UNET, vae=VAE), "m")
    assert (card.family, card.dialect, card.steps, card.guidance_scale) == ("sketch", "sketch", 12, 2.0)
    assert card.vocabulary == {"subjects": ["cat"]}
    assert card.width_px == FAMILIES["sketch"].width_px


@pytest.mark.parametrize(
    ("own", "words"),
    [
        ({"family": "skech"}, "'skech'"),
        ({"steps": 0}, "'steps'"),
        ({"steps": "eight"}, "'steps'"),
        ({"guidance_scale": 31}, "'guidance_scale'"),
        ([1], "not a JSON object"),
    ],
)
def test_wrong_own_words(tmp_path, own, words):
    """A wrong value in a limner.json is named."""
    with pytest.raises(ModelUnavailable, match=r"limner\.json") as raised:
        card_for(model(tmp_path, "FluxPipeline", own), "m")
    assert words in str(raised.value)
    assert "\n" not in str(raised.value)


def test_own_judge(tmp_path):
    """A model names the folder of its own judge, which can't lie elsewhere; most have none."""
    assert own_judge(model(tmp_path / "a", "FluxPipeline", {"judge": "clip"}), "m") == tmp_path / "a" / "clip"
    assert own_judge(model(tmp_path / "b", "FluxPipeline"), "m") is None
    with pytest.raises(ModelUnavailable, match="'judge' is not right"):
        own_judge(model(tmp_path / "c", "FluxPipeline", {"judge": "../clip"}), "m")


def test_broken_json(tmp_path):
    """A file that is cut off is named, with what to do."""
    folder = model(tmp_path, "FluxPipeline")
    (folder / "model_index.json").write_text('{"_class')
    with pytest.raises(ModelUnavailable, match=r"model_index\.json can't be read.*again"):
        card_for(folder, "m")


def test_no_pipeline_in_folder(tmp_path):
    """A folder without a model_index.json is not taken for a model."""
    with pytest.raises(ModelUnavailable, match=r"no model_index\.json"):
        card_for(tmp_path, "m")


def test_missing_folder(tmp_path):
    """A path that leads nowhere is said plainly."""
    with pytest.raises(ModelUnavailable, match="There is no model folder"):
        card_for(tmp_path / "gone", "m")
    with pytest.raises(ModelUnavailable, match="There is no model folder") as raised:
        card_for(tmp_path / ("a" * 5000), "m")
    assert len(str(raised.value)) < 500


@pytest.mark.parametrize("name", ["owner/name", "stabilityai/sdxl-turbo", "a-b/c_d.e"])
def test_repositories(name):
    """An owner and a name are a repository on the hub."""
    assert folder_of(name) is None


@pytest.mark.parametrize(
    "name", ["", "nothing", "a/b/c", "owner/na me", "a//b", "owner/..", "~no/x", "a\0b", "a" * 5000]
)
def test_neither_folder_nor_repository(name):
    """A name that can mean no model is refused before anything is asked of the hub."""
    with pytest.raises(ModelUnavailable, match="There is no model"):
        folder_of(name)


def test_relative_folder(tmp_path, monkeypatch):
    """A folder is found from where one stands, also where its name looks like a repository's."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "my" / "model").mkdir(parents=True)
    assert folder_of("my/model") == tmp_path / "my" / "model"
    assert folder_of("./gone") == tmp_path / "gone"
