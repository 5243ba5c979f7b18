"""A small drawn world whose every picture comes with its truth: scenes, captions in two languages, and pixels."""

from training.world.captions import caption
from training.world.render import Picture, render
from training.world.sampling import STARTER, WORLD, Domain, held_out, sample_scene
from training.world.scene import SIZE_PX, Scene, Thing
from training.world.subjects import SUBJECTS

__all__ = [
    "SIZE_PX",
    "STARTER",
    "SUBJECTS",
    "WORLD",
    "Domain",
    "Picture",
    "Scene",
    "Thing",
    "caption",
    "held_out",
    "render",
    "sample_scene",
]
