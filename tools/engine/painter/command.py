"""The command `limner painter`: the GPU side alone; the child process that Limner starts is the same command."""

import os
from pathlib import Path
from typing import Literal

import click


@click.command(short_help="Run the painter by itself, for bots on other machines.")
@click.option(
    "--model", default=None, help="Loaded at start: 'sketch', a folder, a repository. [default: from settings]"
)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen at.")
@click.option("--port", default=8765, show_default=True, type=click.IntRange(0, 65535), help="0 takes a free one.")
@click.option("--socket", type=click.Path(path_type=Path), default=None, help="Unix socket instead of host and port.")
@click.option(
    "--token-env",
    default="PAINTER_TOKEN",
    show_default=True,
    help="Environment variable with the token that clients must send; needed beyond 127.0.0.1.",
)
@click.option("--device", type=click.Choice(["auto", "cuda", "mps", "cpu"]), default="auto", show_default=True)
@click.option("--threads", type=click.IntRange(1), default=None, help="CPU threads. [default: PyTorch's]")
@click.option("--at-once", type=click.IntRange(1, 256), default=16, show_default=True, help="Pictures painted at once.")
@click.option(
    "--memory-gib", type=click.FloatRange(0, min_open=True), default=None, help="What loaded models may take together."
)
@click.option("--reproducible", is_flag=True, help="Pictures are the same to the last bit in whatever company; slower.")
@click.option("--previews/--no-previews", default=True, show_default=True, help="Small pictures while it paints.")
@click.option("--judge", default="", help="Who judges pictures: a SigLIP or CLIP, a repository or a folder.")
@click.option(
    "--judge-head", type=click.Path(path_type=Path), default=None, help="An aesthetic head for it, in safetensors."
)
@click.option("--grace-s", type=click.FloatRange(0), default=10.0, help="How long to paint on with nobody listening.")
@click.option("--models", default="{}", hidden=True)
@click.option("--child", is_flag=True, hidden=True)
def painter(
    model: str | None,
    host: str,
    port: int,
    socket: Path | None,
    token_env: str,
    device: Literal["auto", "cuda", "mps", "cpu"],
    threads: int | None,
    at_once: int,
    memory_gib: float | None,
    reproducible: bool,
    previews: bool,
    judge: str,
    judge_head: Path | None,
    grace_s: float,
    models: str,
    child: bool,
) -> None:
    """Run the painter by itself, for bots on other machines (engine = 'remote')."""
    from tools.engine.cards import Cards, read
    from tools.engine.painter.host import Options, run
    from tools.engine.painter.jobs import Limits
    from tools.engine.painter.judges import Named
    from tools.engine.painter.previews import Pace
    from tools.engine.painter.studio import Ways

    if model is None or not child:
        from bot import settings

        found = settings.load()
        model, cards = model or found.model, Cards(found.models)
    else:
        cards = read(models)
    run(
        Options(
            model=model,
            socket=socket,
            host=host,
            port=port,
            token=os.environ.get(token_env, ""),
            ways=Ways(device, threads, memory_gib, reproducible, Pace() if previews else None, cards),
            judge=Named(judge, judge_head),
            child=child,
            limits=Limits(at_once=at_once, grace_s=grace_s),
        )
    )
