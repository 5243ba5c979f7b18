"""What a scene is: things with places, colours and boxes, before a single pixel is drawn."""

from dataclasses import asdict, dataclass
from typing import Any

SIZE_PX = 256


@dataclass(frozen=True)
class Thing:
    """One subject in a scene; x_px is its centre, base_px its lower edge (its middle where it floats)."""

    subject: str
    colour: str | None
    x_px: float
    base_px: float
    size_px: float
    floats: bool
    flipped: bool = False


@dataclass(frozen=True)
class Scene:
    """A picture in words and numbers; layout holds ten numbers in [0, 1) that fix the backdrop's free shapes.

    relation says where the first thing is, seen from the second; it is empty for one thing or several alike. Things
    are drawn in the order of `drawing_order`.
    """

    things: tuple[Thing, ...]
    place: str
    time: str
    weather: str
    style: str
    relation: str
    layout: tuple[float, ...]

    @property
    def count(self) -> int:
        """How many things there are when all are alike, else 1."""
        return 1 if self.relation else len(self.things)

    @property
    def kind(self) -> str:
        """'one', 'pair' or 'count'."""
        return "pair" if self.relation else "one" if len(self.things) == 1 else "count"

    def drawing_order(self) -> tuple[int, ...]:
        """Indices of the things from back to front."""
        order = tuple(range(len(self.things)))
        return order[::-1] if self.relation == "inside" else order

    def to_json(self) -> dict[str, Any]:
        """A plain dictionary that `from_json` turns back into an equal scene."""
        return asdict(self)

    @staticmethod
    def from_json(data: dict[str, Any]) -> "Scene":
        """The scene that `to_json` gave."""
        things = tuple(Thing(**thing) for thing in data["things"])
        return Scene(**{**data, "things": things, "layout": tuple(data["layout"])})
