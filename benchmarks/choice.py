"""How far Sketch's own judge can be believed, and what choosing with it gains: `python -m benchmarks.choice`.

Requests of two or three alike, of two things, and of one thing in a colour are painted eight times each, a second a
picture on one core. What is right about a picture says the judge of training/ (subject, colour, count, relation), which
shares nothing with the one that is measured.
"""

from argparse import ArgumentParser
from collections import defaultdict
from dataclasses import dataclass, replace
from pathlib import Path

import torch
from diffusers import StableDiffusionPipeline
from PIL import Image

from benchmarks.enhanced_arms import SKETCH, sketch_card
from bot.brief import Brief, Relation, Subject
from bot.checker.finding import Kind
from bot.choice import Score
from bot.choosing import best, seed_of
from bot.dialects import render
from bot.looking import MARGIN, shows
from bot.messages import Plan
from bot.questions import Check, checks_of
from bot.tasks import JudgeTask, ModelCard
from tools.engine.painter.judges import Judges
from training.checks import Judge
from training.evaluate import asked_scenes
from training.judge import JudgeEyes
from training.options import folder_of
from training.world import STARTER, Scene

CANDIDATES = 8
WEIGHTS = (0.0, 0.25, 0.5, 1.0, 2.0)
KINDS = {"count": 15, "pair": 20, "colour": 15}
STYLES = {"flat": "", "pixel": "pixel art", "pencil": "pencil"}
SIDES = {"left": "left of", "right": "right of"}
TRUTHS = {Kind.COUNT: "count", Kind.COLOUR: "colour", Kind.RELATION: "relation"}


@dataclass(frozen=True)
class Painting:
    """One candidate: what is right about it by the truth, its score, and what the judge says of its checks' texts."""

    truth: dict[str, bool]
    score: Score
    checks: tuple[Check, ...]
    shown: dict[str, float]

    @property
    def right(self) -> bool:
        """Whether all of it is."""
        return all(self.truth.values())


class Painter:
    """Paints requests, or takes the pictures that an earlier run left in the folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._pipeline = StableDiffusionPipeline.from_pretrained(SKETCH, dtype=torch.float32)
        self._pipeline.set_progress_bar_config(disable=True)
        folder.mkdir(parents=True, exist_ok=True)

    def paint(self, name: str, plan: Plan, number: int) -> Path:
        """The file of a candidate."""
        path = self._folder / f"{name}-{number}.png"
        if not path.exists():
            made = self._pipeline(
                plan.prompt,
                num_inference_steps=plan.steps,
                guidance_scale=plan.guidance_scale,
                generator=torch.Generator().manual_seed(seed_of(plan, number)),
            )
            made.images[0].save(path)
        return path


def planned(scene: Scene, card: ModelCard, seed: int) -> Plan:
    """The plan of a request for just this scene."""
    things = scene.things[:1] if scene.kind == "count" else scene.things
    count = scene.count if scene.kind == "count" else 1
    names = [thing.subject for thing in things]
    brief = Brief(
        "",
        tuple(Subject(thing.subject, count, thing.colour or None) for thing in things),
        (Relation(names[0], SIDES[scene.relation], names[1]),) if scene.relation in SIDES else (),
        place=scene.place,
        time="" if scene.time == "day" else scene.time,
        style=STYLES[scene.style],
    )
    words = render(brief, card).prompt
    brief = replace(brief, words=words)
    numbers = (card.width_px, card.height_px, card.steps, card.guidance_scale, seed)
    return Plan(words, brief, render(brief, card).prompt, "", card.model, card.family, *numbers)


def looked_at(path: Path, scene: Scene, plan: Plan, card: ModelCard, judge: Judges, truth: Judge) -> Painting:
    """One candidate, judged by both."""
    [verdict] = truth.judge([scene], [Image.open(path)])
    names = ("subject", "second", "colour", "count", "relation")
    right = {name: value for name in names if (value := getattr(verdict, name)) is not None}
    checks = checks_of(plan, card)
    texts = dict.fromkeys([plan.prompt, *(text for one in checks for text in (one.statement, *one.contrasts))])
    said = judge.judge(JudgeTask(str(SKETCH), tuple(texts), path.read_bytes()))
    shown = dict(zip(texts, said.consistencies, strict=True))
    return Painting(right, Score(plan.seed, shown[plan.prompt], said.quality), checks, shown)


def share(answers: list[bool]) -> str:
    """'93.0 % of 100'."""
    return f"{100 * sum(answers) / len(answers):5.1f} % of {len(answers)}" if answers else "none"


def report_choice(requests: list[list[Painting]]) -> None:
    """How many pictures are right, of one candidate and of the best of several."""
    print("one candidate:", share([one.right for request in requests for one in request]))
    for size in (2, 4, 8):
        groups = [request[start : start + size] for request in requests for start in range(0, CANDIDATES, size)]
        print(f"best of {size}, any of them right:", share([any(one.right for one in group) for group in groups]))
        for weight in WEIGHTS:
            kept = [group[best([one.score for one in group], weight)] for group in groups]
            print(f"  lambda {weight:4.2f}:", share([one.right for one in kept]))


def planted(check: Check) -> list[Check]:
    """The check of pictures that were asked for otherwise: each contrast in turn is what should be true."""
    texts = (check.statement, *check.contrasts)
    return [replace(check, statement=one, contrasts=tuple(set(texts) - {one})) for one in check.contrasts]


def report_checks(requests: list[list[Painting]], margin: float) -> None:
    """Of what is right how much is called wrong, of what is wrong, and of planted wrong requests, how much is found."""
    found = defaultdict[tuple[str, str], list[bool]](list)
    for painting in (one for request in requests for one in request):
        for check in painting.checks:
            name = TRUTHS.get(check.kind, "second" if "second" in painting.truth else "subject")
            if name not in painting.truth:
                continue
            right = painting.truth[name]
            found[check.kind.value, "right" if right else "wrong"].append(not shows(check, painting.shown, margin))
            wrongly = [not shows(one, painting.shown, margin) for one in planted(check)] if right else []
            found[check.kind.value, "planted"] += wrongly
    for kind in sorted({kind for kind, _ in found}):
        alarms, faults, plants = (share(found[kind, what]) for what in ("right", "wrong", "planted"))
        print(f"{kind}, margin {margin:g}: false alarms {alarms}, faults found {faults}, planted ones found {plants}")


def main() -> None:
    """Paint, judge, print."""
    options = ArgumentParser(description=__doc__)
    options.add_argument("--scenes", type=int, default=99, help="seed of the requests")
    options.add_argument("--first-seed", type=int, default=1000, help="of the first request; each has 100 of its own")
    options.add_argument("--folder", type=Path, default=Path("out/choice"), help="where the pictures are kept")
    given = options.parse_args()
    torch.set_num_threads(1)
    card, judge, painter = sketch_card(), Judges("cpu", 1), Painter(given.folder / str(given.scenes))
    truth = Judge(JudgeEyes.load(folder_of("starter", "judge") / "weights"), STARTER)
    scenes = [one for kind, count in KINDS.items() for one in asked_scenes(STARTER, kind, count, given.scenes, None)]
    requests = []
    for number, scene in enumerate(scenes):
        plan = planned(scene, card, given.first_seed + 100 * number)
        paths = [painter.paint(str(number), plan, candidate) for candidate in range(CANDIDATES)]
        requests.append([looked_at(path, scene, plan, card, judge, truth) for path in paths])
    report_choice(requests)
    for margin in (0.0, 1.0, MARGIN):
        report_checks(requests, margin)


if __name__ == "__main__":
    main()
