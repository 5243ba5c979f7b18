"""The small world of words of a model that knows only some: read from the model's own folder, asked here."""

from pydantic import BaseModel, ConfigDict, Field

from bot.errors import RequestError
from bot.grammar import listed, singular


class KnownSubject(BaseModel):
    """A thing that the model can paint.

    `words` are other names for it, `home` the place where it is painted when none is named.
    """

    words: list[str] = []
    home: str
    takes_colour: bool = False


class KnownPlace(BaseModel):
    """A place that the model can paint: how captions said it, other names, and places that it can stand in for.

    At a `timeless` place captions named no time of day.
    """

    phrase: str
    words: list[str] = []
    near: list[str] = []
    timeless: bool = False


class Vocabulary(BaseModel):
    """All that the model knows; `most` is how many of one subject it can count to."""

    model_config = ConfigDict(extra="ignore")

    name: str
    subjects: dict[str, KnownSubject]
    nearest: dict[str, str] = {}
    places: dict[str, KnownPlace]
    times: dict[str, str]
    colours: dict[str, str]
    relations: dict[str, str]
    styles: list[str] = []
    most: int = Field(3, ge=1)

    def subject(self, name: str) -> tuple[str, bool]:
        """The known subject that a name means, and whether it is the thing itself rather than the nearest to it.

        Raises:
            RequestError: Nothing that the model knows is near.
        """
        candidates = _candidates(name)
        for candidate in candidates:
            if known := self._named(candidate):
                return known, True
        for candidate in candidates:
            if candidate in self.nearest:
                return self.nearest[candidate], False
        raise RequestError(
            f"{self.name}, the small built-in model, knows nothing like '{name}'",
            f"It knows {listed(list(self.subjects))}. Set `model` to a real one for anything else.",
        )

    def place(self, name: str) -> tuple[str, bool] | None:
        """The known place that a name means, and whether it is the place itself; None where nothing is near."""
        for candidate in _candidates(name):
            for known, place in self.places.items():
                if candidate == known or candidate in place.words:
                    return known, True
                if candidate in place.near:
                    return known, False
        return None

    def _named(self, name: str) -> str | None:
        return next((known for known, it in self.subjects.items() if name == known or name in it.words), None)


def _candidates(name: str) -> list[str]:
    """A name, its singular, and the same without its first words: 'old police cars' may be a police car, or a car."""
    words = name.casefold().split()
    tails = [" ".join(words[start:]) for start in range(len(words))]
    return [form for tail in tails for form in (tail, _singular(tail))]


def _singular(phrase: str) -> str:
    front, space, last = phrase.rpartition(" ")
    return f"{front}{space}{singular(last)}"
