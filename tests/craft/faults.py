"""Planted faults for a checker: faithful prompts, each damaged in exactly one locked way, at least 240 of them.

`planted()` takes every prompt of prompts.py through every kind of damage of damages.py that finds a place in it, one
place per kind, drawn by the seed; the kinds that fit anywhere are planted in every fifth prompt only. A checker must
stop each of them. `fault` of a case is its kind, `damage` says what was done.
"""

import random
from dataclasses import replace

from tests.craft.damages import ANYWHERE, DAMAGES
from tests.craft.prompts import Case, faithful

EVERY = 5


def planted(seed: int = 5) -> list[Case]:
    """All planted faults, each with its kind in `fault`."""
    found = []
    for number, case in enumerate(faithful()):
        for kind, damage in DAMAGES.items():
            rng = random.Random(f"{seed} {case.id} {case.form} {kind}")
            if kind in ANYWHERE and (number + ANYWHERE.index(kind)) % EVERY:
                continue
            places = [one for one in damage(case, rng) if (one.prompt, one.negative) != (case.prompt, case.negative)]
            if places:
                found.append(replace(rng.choice(places), fault=kind))
    return found
