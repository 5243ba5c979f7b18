"""The list of recipes with what each takes, kept free of torch so that it prints at once."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Entry:
    """One recipe: the module to run, what it makes, and how long its default run takes on each device."""

    module: str
    makes: str
    cpu: str
    gpu: str


RECIPES: tuple[Entry, ...] = (
    Entry("world.sheet", "a sheet of the drawn world and its captions", "2 s", "-"),
    Entry("autoencoder", "pictures to latents and back; --stage adversarial adds a critic", "1.5 h x 2", "3 min"),
    Entry("vae", "a variational autoencoder", "35 min", "2 min"),
    Entry("judge", "the judge that measures all others", "30 min x 2", "1 min"),
    Entry("clip", "CLIP with hard negatives; its text tower feeds text2img", "1 h (--size small)", "2 min"),
    Entry("latents", "the training scenes as latents", "10 min", "3 min"),
    Entry("text2img", "text to image by flow matching", "7 to 13 h x 2", "9 min"),
    Entry("student", "one-step painter, CLIP + weight x GAN", "18 min", "2 min"),
    Entry("upscaler", "x2 or x4, restores blur, noise and JPEG", "11 min", "2 min"),
    Entry("captioner", "says what a picture holds", "40 min", "2 min"),
    Entry("discriminator", "how well a picture is made; paints 768 pictures first", "12 min", "-"),
    Entry("calibrate", "what the cosine of CLIP means, 0 to 1", "1 min", "-"),
    Entry("controlnet", "outlines steer the picture", "1 h", "2 min"),
    Entry("lora", "a new subject from a few pictures", "4 min", "20 s"),
    Entry("classics dcgan", "DCGAN at 64 pixels", "7 min", "1 min"),
    Entry("classics autoencoder", "a plain autoencoder at 64 pixels", "5 min", "1 min"),
    Entry("evaluate", "figures of a pipeline by the judge", "3 min", "20 s"),
    Entry("assess", "figures of CLIP, captioner, upscaler or discriminator on held-out scenes", "1 min", "-"),
    Entry("fidelity", "PSNR of an autoencoder on held-out scenes", "20 s", "-"),
    Entry("strangers", "a numbered sheet of twenty pictures to name, and its key", "20 s", "10 s"),
    Entry("land", "puts weights in place with a model card", "10 s", "-"),
    Entry("cpu_run", "the whole starter family on a CPU, resumable", "10 to 16 h x 2", "-"),
    Entry("gpu_run", "the whole family within minutes on a GPU", "-", "9 min"),
)
"""CPU times follow from rates measured on shared Zen 5 cores, 'x 2' in two processes of one thread each.

GPU times are estimates for an H100 until measured.
"""


def listing() -> str:
    """The recipes as a table of plain text."""
    rows = [("python -m training.", "makes", "CPU", "H100 (estimate)")]
    rows += [(e.module, e.makes, e.cpu, e.gpu) for e in RECIPES]
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    )
