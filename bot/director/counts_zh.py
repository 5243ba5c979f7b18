"""How many a bare Chinese noun means: 宇航员在种白菜 is about one astronaut, and says nothing of how many cabbages."""

from bot.director.draft import Draft, Thing
from bot.director.lexicon import ANIMALS, PEOPLE, VEHICLES
from bot.grammar import PAIRS, singular

# Who or what does things of its own accord; of these a bare noun may as well mean many.
_DOERS = (ANIMALS | PEOPLE | VEHICLES | frozenset({"arm", "robot", "spider", "spaceship", "wrestler"})) - frozenset(
    """
    people crowd family couple team audience guest tourist friend child passenger ant bee fish butterfly firefly insect
    mosquito fly bird pigeon seagull swallow sparrow goose duck chicken sheep cow
    """.split()
)
_TOGETHER = frozenset(
    {"holding hands", "fighting", "chatting", "racing", "queuing", "lined up", "wrestling", "different"}
)


def settle_counts(draft: Draft) -> None:
    """Count one of whoever does something by itself; what it is done to, or where, is as open as it was said."""
    _part(draft)
    several = {one.name for one in draft.things if sum(other.name == one.name for other in draft.things) > 1}
    for thing in draft.things:
        if thing.count is None and not thing.plural and thing.name not in several and _is_single(thing, draft):
            thing.count = 1


def _part(draft: Draft) -> None:
    """'三个人打伞，两把黑伞一把红伞': what was named first is what is counted and described then."""
    for thing in [one for one in draft.things if not (one.count or one.colour or one.attributes)]:
        parts = [one for one in draft.things if one.name == thing.name and one.count and (one.colour or one.attributes)]
        if len(parts) > 1:
            said = [(one, kind, other) for one, kind, other in draft.relations if thing in (one, other)]
            draft.drop(thing)
            for one, kind, other in said:
                for part in parts:
                    draft.relate(part if one is thing else one, kind, part if other is thing else other)


def _is_single(thing: Thing, draft: Draft) -> bool:
    last = thing.name.rpartition(" ")[2]
    if " of " in thing.name or last in PAIRS or singular(last) != last or _TOGETHER & {*thing.attributes}:
        return False
    busy = any(_is_doing(item) for item in thing.attributes)
    return last in _DOERS and (busy or any(one is thing and _is_doing(kind) for one, kind, _ in draft.relations))


def _is_doing(said: str) -> bool:
    return said.partition(" ")[0].endswith("ing")
