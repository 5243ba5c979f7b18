"""Previews show what is coming, cost next to nothing, change nothing, and never cost anybody a picture."""

import io
import math

import numpy
import pytest
import torch
from diffusers import (
    AutoencoderKLFlux2,
    AutoencoderTiny,
    DDIMScheduler,
    DPMSolverMultistepScheduler,
    EulerDiscreteScheduler,
    FlowMatchEulerDiscreteScheduler,
    Flux2KleinPipeline,
    FluxPipeline,
    QwenImagePipeline,
    UniPCMultistepScheduler,
)
from PIL import Image

from tests.helpers.studio import Watcher, from_picture, pixels, png_of, task
from tools.engine.families import folder_of
from tools.engine.painter import previews
from tools.engine.painter.pipelines import Shelf
from tools.engine.painter.preview_decoders import decoder, fit, project, spread
from tools.engine.painter.previews import LIMIT_BYTES, LONGEST_SIDE_PX, Glimpses, Pace, Viewer
from tools.engine.painter.studio import Studio, Ways

# A scheduler of diffusers hands tensors to NumPy in a way that NumPy frowns at.
pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")
ALWAYS = Pace(every_s=0, share=math.inf)
SKETCH = {"width_px": 256, "height_px": 256, "guidance_scale": 2.5}
START = png_of(Image.linear_gradient("L").convert("RGB"))


@pytest.fixture(scope="module")
def studio():
    return Studio(Ways("cpu", threads=1, pace=ALWAYS))


def pipe_of(model):
    """The pipeline of a model, loaded anew."""
    return Shelf(torch.device("cpu"), previews=False).take(model).pipe


def opened(jpeg):
    image = Image.open(io.BytesIO(jpeg))
    image.load()
    assert image.format == "JPEG"
    return image


@pytest.mark.parametrize("family", ["sd15", "sdxl", "sd3", "flux1", "qwen_image"])
def test_every_family(studio, models, family):
    """Each step but the last is shown, upright, and the picture is bit for bit the one that nobody watched."""
    unwatched = Studio(Ways("cpu", threads=1, pace=None))
    for wanted in (task(models / family, width_px=96), from_picture(models / family, START, 0.9, width_px=96, steps=4)):
        watcher, alone = Watcher(), Watcher()
        assert studio.paint(wanted, watcher).png == unwatched.paint(wanted, alone).png
        assert [(step, steps) for step, steps, _ in watcher.previews] == watcher.steps[:-1]
        assert alone.previews == []
        width_px, height_px = opened(watcher.previews[-1][2]).size
        assert width_px * 64 == height_px * 96


@pytest.mark.parametrize("changes", [{}, {"width_px": 384, "height_px": 128}], ids=["square", "wide"])
def test_sketch_shows_what_is_coming(studio, changes):
    """The built-in model's last preview looks like the picture, its first one less so."""
    watcher = Watcher()
    result = studio.paint(
        task("sketch", prompt="a red car on the beach at night", steps=6, **SKETCH | changes), watcher
    )
    first, last = (far_from(result.png, watcher.previews[number][2]) for number in (0, -1))
    assert last < first
    assert last < 15


def far_from(png, jpeg):
    """Mean absolute difference of a preview and the picture, shrunk to its size."""
    small = opened(jpeg)
    picture = Image.open(io.BytesIO(png)).resize(small.size, Image.Resampling.BOX)
    return numpy.abs(numpy.asarray(picture).astype(float) - numpy.asarray(small)).mean()


def test_fit_is_close_to_a_real_decoder():
    """On a real picture the straight line from latents to colours comes close to what the decoder paints."""
    vae = AutoencoderTiny.from_pretrained(folder_of("sketch") / "vae")
    projection = fit(vae)
    assert projection.shape == (5, 3)
    picture = Image.new("RGB", (256, 256), (230, 200, 120))
    picture.paste((40, 60, 200), (0, 0, 256, 100))
    picture.paste((200, 30, 30), (60, 120, 180, 220))
    seen = torch.tensor(pixels(png_of(picture))).permute(2, 0, 1)[None].float() / 127.5 - 1
    with torch.no_grad():
        latents = vae.encode(seen).latents * vae.config.scaling_factor
    shown = project(projection, latents).permute(2, 0, 1)
    wanted = torch.nn.functional.adaptive_avg_pool2d(seen, 32)[0]
    assert (shown.clamp(-1, 1) - wanted).abs().mean() < 0.25
    assert all(numpy.corrcoef(shown[colour].ravel(), wanted[colour].ravel())[0, 1] > 0.8 for colour in range(3))


@pytest.mark.parametrize(
    "scheduler",
    [
        FlowMatchEulerDiscreteScheduler(shift=3.0),
        DPMSolverMultistepScheduler(prediction_type="flow_prediction", use_flow_sigmas=True),
        UniPCMultistepScheduler(prediction_type="flow_prediction", use_flow_sigmas=True),
    ],
    ids=lambda scheduler: type(scheduler).__name__,
)
def test_estimate_of_a_flow(scheduler):
    """In the middle of a flow, the estimate is the picture that the model has in mind."""
    clean = torch.linspace(-1, 1, 64).reshape(1, 4, 4, 4)
    noise = latents = torch.randn(clean.shape, generator=torch.Generator().manual_seed(0))
    scheduler.set_timesteps(6)
    for timestep in scheduler.timesteps[:2]:
        before, latents = latents, scheduler.step(noise - clean, timestep, latents).prev_sample
    assert (latents - clean).abs().mean() > 0.1
    assert torch.allclose(previews.estimate(scheduler, before, latents), clean, atol=0.02)


def test_estimate_of_a_diffusion():
    """Euler's estimate is the one that diffusers itself makes of a noise prediction."""
    scheduler = EulerDiscreteScheduler(beta_schedule="scaled_linear")
    scheduler.set_timesteps(6)
    latents, said = torch.randn(2, 1, 4, 4, 4, generator=torch.Generator().manual_seed(0))
    latents = latents * scheduler.init_noise_sigma
    for timestep in scheduler.timesteps[:3]:
        before, made = latents, scheduler.step(said, timestep, latents)
        latents = made.prev_sample
    estimate = previews.estimate(scheduler, before, latents)
    assert torch.allclose(estimate, made.pred_original_sample, atol=1e-3)


def test_other_schedulers():
    """Where nothing better is known, the latents are shown as they are, toned down where they are wild."""
    latents = torch.randn(1, 4, 8, 8, generator=torch.Generator().manual_seed(0))
    for scheduler in (DDIMScheduler(), EulerDiscreteScheduler()):
        assert torch.equal(previews.estimate(scheduler, None, latents * 0.5), latents * 0.5)
        assert previews.estimate(scheduler, None, latents * 14).std() == pytest.approx(1)


@pytest.mark.parametrize("size", [(8, 8), (256, 256), (300, 1200), (1024, 1024)])
def test_small(size):
    """However large the picture and however wild, a preview has at most 256 px a side and 20 kB."""
    noise = torch.rand(*size, 3, generator=torch.Generator().manual_seed(0)) * 4 - 2
    jpeg = previews._jpeg(noise)
    assert len(jpeg) < LIMIT_BYTES
    assert max(opened(jpeg).size) == min(max(size), LONGEST_SIDE_PX)


def test_pace(models):
    """A preview waits for its time, and where the last one was dear, until there is room for one in the budget."""
    pipe = pipe_of(str(models / "sd15"))
    latents = torch.zeros(1, 4, 16, 16)

    def looks(viewer, pace):
        return bool(Glimpses(viewer, pace, 64, 64).look(pipe, latents))

    viewer = previews.viewer_for(pipe)
    assert not looks(viewer, Pace(every_s=3600, share=1))
    assert looks(viewer, ALWAYS)
    viewer.budget.spent(0.0, 180.0, 1.0)
    assert not looks(viewer, Pace(every_s=0, share=0.05))


def test_failing_preview(models, caplog):
    """Previews that can't be made are left out, with one line in the log."""
    pipe = pipe_of(str(models / "sd15"))
    viewer = Viewer(torch.linalg.inv, scale=4)  # no latents are a square matrix
    for _ in range(2):
        glimpses = Glimpses(viewer, ALWAYS, 64, 64)
        assert [glimpses.look(pipe, torch.zeros(1, 4, 16, 8)) for _ in range(3)] == [b""] * 3
    assert len([record for record in caplog.records if "no previews of" in record.message]) == 1


def test_decoder_that_overflows(models):
    """A decoder that can't be fitted means no previews, not no model."""
    pipe = pipe_of(str(models / "sdxl"))
    pipe.vae.decoder.conv_out.bias.data.fill_(float("nan"))
    assert previews.viewer_for(pipe) is None


@pytest.mark.parametrize("pipeline", [FluxPipeline, QwenImagePipeline])
def test_packed_latents(pipeline):
    """Rows of patches become the picture that the family's own pipeline makes of them."""
    packed = torch.randn(1, 12 * 8, 64, generator=torch.Generator().manual_seed(0))
    theirs = pipeline._unpack_latents(packed, 128, 192, 8)
    ours = Viewer(torch.clone, scale=8)._unpacked(packed, (192, 128))
    assert torch.equal(ours, theirs.reshape(1, 16, 16, 24))


def test_flux2_patches():
    """The patches of FLUX.2 become what its own pipeline hands to its decoder."""
    vae = AutoencoderKLFlux2(
        block_out_channels=(8, 8),
        down_block_types=("DownEncoderBlock2D",) * 2,
        up_block_types=("UpDecoderBlock2D",) * 2,
        layers_per_block=1,
        latent_channels=4,
        norm_num_groups=4,
    )
    numbers = torch.Generator().manual_seed(0)
    vae.bn.running_mean.copy_(torch.randn(16, generator=numbers))
    vae.bn.running_var.copy_(torch.rand(16, generator=numbers) + 0.5)
    grid = torch.randn(1, 16, 4, 6, generator=numbers)
    deviation = (vae.bn.running_var + vae.config.batch_norm_eps).sqrt()
    theirs = Flux2KleinPipeline._unpatchify_latents(
        grid * deviation.view(1, -1, 1, 1) + vae.bn.running_mean.view(1, -1, 1, 1)
    )
    packed = Flux2KleinPipeline._pack_latents(grid)
    ours = Viewer(torch.clone, scale=2, patches=spread(vae))._unpacked(packed, (24, 16))
    assert torch.allclose(ours, theirs, atol=1e-6)


def test_a_tiny_autoencoder_that_settings_name(models):
    """Previews go through the tiny autoencoder that was named, not through the model's own."""
    folder, pipe = folder_of("sketch") / "vae", Shelf(torch.device("cpu")).take(str(models / "sd15")).pipe
    latents = torch.randn(1, 4, 16, 16, generator=torch.Generator().manual_seed(0))
    wanted = Viewer(decoder(AutoencoderTiny.from_pretrained(folder)), scale=8)

    def shown(viewer):
        return viewer.show(pipe, None, latents, (128, 128))[0]

    assert shown(previews.viewer_for(pipe, str(folder))) == shown(wanted)
    assert shown(previews.viewer_for(pipe)) != shown(wanted)


@pytest.mark.parametrize("channels", [0, 16])
def test_a_tiny_autoencoder_that_does_not_fit(models, tmp_path, caplog, channels):
    """One that is not there, or is made for other latents, is said in the log; colours are guessed as without it."""
    if channels:
        AutoencoderTiny(latent_channels=channels).save_pretrained(tmp_path / "tiny")
    pipe = Shelf(torch.device("cpu")).take(str(models / "sd15")).pipe
    viewer = previews.viewer_for(pipe, str(tmp_path / "tiny"))
    latents = torch.zeros(1, 4, 16, 16)
    assert (
        viewer.show(pipe, None, latents, (64, 64))[0]
        == previews.viewer_for(pipe).show(pipe, None, latents, (64, 64))[0]
    )
    assert len([record for record in caplog.records if "tiny autoencoder" in record.message]) == 1


def test_half_precision_that_overflows(models):
    """A decoder that must not run in half precision is fitted in full, and left as it was."""
    vae = Shelf(torch.device("cpu")).take(str(models / "sdxl")).pipe.vae.to(torch.float16)
    before = {name: value.clone() for name, value in vae.state_dict().items()}
    found = fit(vae)
    assert vae.dtype == torch.float16
    assert all(torch.equal(value, before[name]) for name, value in vae.state_dict().items())
    assert torch.allclose(found, fit(vae.to(torch.float32)), atol=1e-5)


def test_latents_that_nobody_understands(models):
    """Latents of an unknown form end previews in good order."""
    pipe = pipe_of(str(models / "sd15"))
    viewer = previews.viewer_for(pipe)
    assert viewer.show(pipe, None, torch.zeros(1, 7, 5), (64, 64)) == (b"", 0.0)
    assert not viewer.works
