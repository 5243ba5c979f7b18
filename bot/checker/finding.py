"""What the checker found: one thing that a brief or a prompt lost, changed or invented."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What is wrong."""

    ENTITY = "entity"
    COUNT = "count"
    COLOUR = "colour"
    ATTRIBUTE = "attribute"
    RELATION = "relation"
    TEXT = "text"
    NAME = "name"
    EXCLUSION = "exclusion"
    SCENE = "scene"
    ASPECT = "aspect"
    INVENTED_ENTITY = "invented entity"
    INVENTED_TEXT = "invented text"
    INVENTED_DETAIL = "invented detail"
    LANGUAGE = "language"
    TOO_LONG = "too long"


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault.

    Attributes:
        where: 'brief' where what was understood differs from what was asked, 'prompt' where that was lost later.
        about: The thing that it is about; empty where it is about none.
        wanted: What should be there; empty for what was invented.
        found: What is there instead; empty where nothing is.
    """

    kind: Kind
    where: str
    about: str = ""
    wanted: str = ""
    found: str = ""
