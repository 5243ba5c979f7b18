"""The command line that all recipes share."""

import argparse
from pathlib import Path

import torch
from transformers.utils import logging as transformers_logging

from training.files import home
from training.loop import Run
from training.world import STARTER, WORLD, Domain

DOMAINS: dict[str, Domain] = {"starter": STARTER, "world": WORLD}


def parser(name: str, about: str, *, steps: int, batch: int) -> argparse.ArgumentParser:
    """A parser with the options of every recipe; add a recipe's own ones to it."""
    made = argparse.ArgumentParser(prog=f"python -m training.{name}", description=about)
    made.add_argument("--domain", choices=DOMAINS, default="starter", help="what is drawn: 16 subjects, or everything")
    made.add_argument("--steps", type=int, default=steps)
    made.add_argument("--minutes", type=float, default=0.0, help="end by the clock (0: train all steps)")
    made.add_argument("--batch", type=int, default=batch, help="samples a step in each process")
    made.add_argument("--seed", type=int, default=0)
    made.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    made.add_argument("--processes", type=int, default=1, help="processes of one thread each (CPU)")
    made.add_argument("--workers", type=int, default=0, help="processes that draw pictures ahead of a fast device")
    made.add_argument("--threads", type=int, default=1, help="threads of a single process (CPU)")
    made.add_argument("--save-every", type=int, default=200, help="steps between checkpoints")
    made.add_argument("--sheet-every", type=int, default=1000, help="steps between sample sheets")
    made.add_argument("--folder", type=Path, help="where to keep checkpoints (default: the user's cache)")
    made.set_defaults(recipe=name)
    return made


def folder_of(domain: str, recipe: str) -> Path:
    """Where a recipe keeps its checkpoint, curve, samples and weights."""
    return home() / domain / recipe


def run_from(given: argparse.Namespace) -> Run:
    """The run that the options describe."""
    torch.set_num_threads(given.threads)
    transformers_logging.disable_progress_bar()
    return Run(
        name=given.recipe,
        folder=given.folder or folder_of(given.domain, given.recipe),
        steps=given.steps,
        batch=given.batch,
        seed=given.seed,
        device=given.device,
        processes=given.processes,
        workers=given.workers,
        save_every=given.save_every,
        sheet_every=given.sheet_every,
        minutes=given.minutes,
    )
