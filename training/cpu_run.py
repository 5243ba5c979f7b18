"""Trains the starter family on a CPU over hours, going on wherever it stopped: `python -m training.cpu_run`.

Stages: autoencoder, judge, the smaller models, latents, text2img. Finished stages are skipped; a stage that was cut off
goes on from its last checkpoint. `--start` names a pipeline whose weights are the first ones (the built-in model by
default).
"""

from argparse import ArgumentParser
from pathlib import Path

from training import autoencoder, captioner, clip, judge, latents, text2img, upscaler
from training.options import folder_of

DOMAIN = "starter"
BUILT_IN = Path(__file__).parent.parent / "tools" / "sketch"


def main(arguments: list[str] | None = None) -> None:
    """Command line."""
    options = ArgumentParser(prog="python -m training.cpu_run", description="Trains the starter family on a CPU.")
    options.add_argument("--start", type=Path, default=BUILT_IN, help="folder of the pipeline to go on from")
    options.add_argument("--processes", type=int, default=2, help="processes of one thread each")
    options.add_argument("--autoencoder-steps", type=int, default=4000)
    options.add_argument("--judge-steps", type=int, default=1700)
    options.add_argument("--shards", type=int, default=60, help="shards of 512 scenes")
    options.add_argument("--steps", type=int, default=20_000, help="steps of text2img")
    given = options.parse_args(arguments)
    common = ["--domain", DOMAIN, "--device", "cpu", "--processes", str(given.processes)]
    if not _made("autoencoder"):
        begin = ["--start", str(given.start / "vae"), "--anchor", "0.02", "--steps", str(given.autoencoder_steps)]
        autoencoder.main([*common, *begin])
    if not _made("judge"):
        judge.main([*common, "--steps", str(given.judge_steps), "--batch", "24"])
    _smaller()
    latents.main(["--domain", DOMAIN, "--device", "cpu", "--shards", str(given.shards)])
    text2img.main([*common, "--start", str(given.start), "--steps", str(given.steps), "--batch", "24"])


def _smaller() -> None:
    """CLIP, captioner and upscalers in the sizes that ship, one process each."""
    common = ["--domain", DOMAIN, "--device", "cpu"]
    words = ["--tokenizer", str(folder_of(DOMAIN, "tokenizer-small")), "--tokens", "1200"]
    if not _made("clip"):
        clip.main([*common, *words, "--size", "small", "--steps", "1160", "--batch", "64"])
    if not _made("captioner"):
        captioner.main([*common, *words, "--steps", "2400", "--batch", "48"])
    for scale in ("2", "4"):
        if not _made(f"upscaler-x{scale}"):
            upscaler.main([*common, "--scale", scale, "--steps", "3000", "--batch", "8"])


def _made(recipe: str) -> bool:
    return (folder_of(DOMAIN, recipe) / "weights").exists()


if __name__ == "__main__":
    main()
