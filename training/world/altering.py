"""Wrong versions of a scene: one thing changed, so that its caption no longer fits the picture."""

from dataclasses import replace
from random import Random

from training.world.sampling import Domain
from training.world.scene import Scene
from training.world.words import COLOURS

_OPPOSITES = {"left": "right", "right": "left", "above": "below", "below": "above"}


def altered(scene: Scene, rng: Random, domain: Domain) -> Scene:
    """The scene with another subject, place, colour, count or relation; only its words make sense, not its layout."""
    changes = [_other_place, _other_subject]
    if any(thing.colour for thing in scene.things):
        changes += [_other_colour, _other_colour]
    if scene.relation in _OPPOSITES:
        changes += [_turned, _turned, _swapped]
    if scene.relation in ("behind", "inside"):
        changes += [_swapped, _swapped]
    if not scene.relation and domain.most > 1:
        changes += [_other_count]
    return rng.choice(changes)(scene, rng, domain)


def _other_place(scene: Scene, rng: Random, domain: Domain) -> Scene:
    return replace(scene, place=rng.choice([place for place in domain.places if place != scene.place]))


def _other_subject(scene: Scene, rng: Random, domain: Domain) -> Scene:
    kept = {thing.subject for thing in scene.things}
    other = rng.choice([name for name in domain.subjects if name not in kept])
    changed = scene.things[0].subject
    things = [replace(t, subject=other) if t.subject == changed else t for t in scene.things]
    return replace(scene, things=tuple(things))


def _other_colour(scene: Scene, rng: Random, domain: Domain) -> Scene:
    was = next(thing.colour for thing in scene.things if thing.colour)
    other = rng.choice([colour for colour in COLOURS if colour != was])
    return replace(scene, things=tuple(replace(t, colour=other) if t.colour == was else t for t in scene.things))


def _turned(scene: Scene, rng: Random, domain: Domain) -> Scene:
    return replace(scene, relation=_OPPOSITES[scene.relation])


def _swapped(scene: Scene, rng: Random, domain: Domain) -> Scene:
    return replace(scene, things=scene.things[::-1])


def _other_count(scene: Scene, rng: Random, domain: Domain) -> Scene:
    count = rng.choice([n for n in range(1, domain.most + 1) if n != scene.count])
    return replace(scene, things=(scene.things[0],) * count)
