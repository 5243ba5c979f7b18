"""Shows what a message was taken to mean in one line, so that tests read as tables."""

from bot.brief_arguments import ImagineArguments
from bot.director.understand import understand

SCENE = ("place", "time", "weather", "style", "aspect")


def after(*turns: str) -> ImagineArguments | str:
    """What the last of several messages of one person is taken to mean."""
    earlier: ImagineArguments | None = None
    understood: ImagineArguments | str = ""
    for turn in turns:
        understood = understand(turn, earlier)
        earlier = earlier if isinstance(understood, str) else understood
    return understood


def wish(*turns: str) -> ImagineArguments:
    """The same where it must be a wish for a picture."""
    understood = after(*turns)
    assert isinstance(understood, ImagineArguments), understood
    return understood


def shown(arguments: ImagineArguments) -> str:
    """'2 red cat (small), 1 dog; cat on sofa; place=beach; not tree; says OPEN; x3'."""
    things = ", ".join(
        " ".join(
            filter(
                None,
                [str(one.count or ""), one.colour, one.name, f"({', '.join(one.attributes)})" * bool(one.attributes)],
            )
        )
        for one in arguments.subjects
    )
    relations = [f"{one.subject} {one.kind} {one.object}" for one in arguments.relations]
    scene = [f"{name}={getattr(arguments, name)}" for name in SCENE if getattr(arguments, name)]
    rest = [f"not {item}" for item in arguments.exclusions] + [f"says {text}" for text in arguments.texts]
    many = [f"x{arguments.count}"] if arguments.count != 1 else []
    return "; ".join(filter(None, [things, *relations, *scene, *rest, *many]))


def _bracketed(attributes: list[str]) -> str:
    return f"({', '.join(attributes)})" if attributes else ""
