"""Captions in English and Chinese: many ways to say what a scene holds, and nothing that it does not."""

from random import Random

from training.world.scene import Scene, Thing
from training.world.subjects import SUBJECTS
from training.world.words import COLOURS, NUMBERS, PLACES, RELATIONS, STYLES, TIMES, WEATHER

_PLURALS = {
    "fish": "fish", "tropical fish": "tropical fish", "mouse": "mice", "octopus": "octopuses", "cactus": "cactuses",
    "sheep": "sheep", "slice of watermelon": "slices of watermelon", "slice of pizza": "slices of pizza",
    "cup of coffee": "cups of coffee", "loaf of bread": "loaves of bread", "bread": "loaves of bread",
    "piece of cheese": "pieces of cheese", "cheese": "pieces of cheese", "bunch of grapes": "bunches of grapes",
    "grapes": "bunches of grapes", "flash of lightning": "flashes of lightning", "bag of money": "bags of money",
    "pair of scissors": "pairs of scissors", "scissors": "pairs of scissors", "headphones": "headphones",
    "traffic lights": "traffic lights", "leaf": "leaves",
}  # fmt: skip
_NO_ARTICLE = frozenset({"grapes", "bread", "cheese", "headphones", "scissors", "traffic lights", "watermelon"})
_FILLERS = (
    "cute", "beautiful", "highly detailed", "minimal", "clean lines", "soft light", "simple", "cartoon", "lovely", "4k",
    "professional", "vivid colors", "centered", "high quality", "storybook style", "modern", "friendly", "colorful",
    "crisp", "icon style", "sharp focus", "masterpiece", "clear background", "nice composition", "warm mood", "calm",
)  # fmt: skip
_ZH_FILLERS = ("可爱", "高清", "精美", "简洁", "柔和光线", "细节丰富", "高质量", "卡通")


def plural(name: str) -> str:
    """The plural of an English name of a subject."""
    if name in _PLURALS:
        return _PLURALS[name]
    if name.endswith("y") and name[-2] not in "aeiou":
        return name[:-1] + "ies"
    return name + ("es" if name.endswith(("s", "x", "ch", "sh")) else "s")


def _with_article(phrase: str, name: str) -> str:
    if name in _NO_ARTICLE:
        return phrase
    return ("an " if phrase[0] in "aeiou" else "a ") + phrase


def caption(scene: Scene, rng: Random, language: str = "en", fillers: bool = True) -> str:
    """One random true sentence about the scene; language is 'en' or 'zh', fillers adds words of praise at times."""
    text = _english(scene, rng) if language == "en" else _chinese(scene, rng)
    if fillers and rng.random() < 0.25:
        words, comma = (_FILLERS, ", ") if language == "en" else (_ZH_FILLERS, "，")
        text = comma.join([text, *rng.sample(words, rng.randint(1, 3))])
    return text


def _pick(rng: Random, names: tuple[str, ...]) -> str:
    return names[0] if rng.random() < 0.6 else rng.choice(names)


def _english_thing(thing: Thing, rng: Random, count: int = 1) -> str:
    name = _pick(rng, SUBJECTS[thing.subject].english)
    colour = f"{thing.colour} " if thing.colour else ""
    if count == 1:
        return _with_article(colour + name, name)
    return f"{NUMBERS[count - 1][0]} {colour}{plural(name)}"


def _english(scene: Scene, rng: Random) -> str:
    subject = _english_thing(scene.things[0], rng, scene.count)
    if scene.relation:
        second = _english_thing(scene.things[1], rng)
        subject = f"{subject} {rng.choice(RELATIONS[scene.relation][0])} {second}"
    place = rng.choice(PLACES[scene.place].english)
    when = _english_when(scene, rng)
    if rng.random() < 0.7:
        opening = rng.choice(STYLES[scene.style].openings)
        forms = (f"{subject} {place} {when}", f"{subject} {place} {when}", f"{subject}, {place}, {when}")
        return _tidy(opening + rng.choice(forms))
    forms = (f"{place}: {subject} {when}", f"there is {subject} {place} {when}", f"{when}, {subject} {place}")
    return _tidy(f"{rng.choice(forms)}, {rng.choice(STYLES[scene.style].endings)}")


def _english_when(scene: Scene, rng: Random) -> str:
    if not PLACES[scene.place].outdoors:
        return ""
    time = rng.choice(TIMES[scene.time][0])
    if scene.weather != "clear" and "sunny" in time:
        time = ""
    return f"{time} {rng.choice(WEATHER[scene.weather][0])}".strip()


def _tidy(text: str) -> str:
    return " ".join(text.split()).replace(" ,", ",").strip(" ,")


def _chinese_thing(thing: Thing, rng: Random, count: int = 1) -> str:
    subject = SUBJECTS[thing.subject]
    name = _pick(rng, subject.chinese)
    colour = ""
    if thing.colour:
        word = rng.choice(COLOURS[thing.colour])
        colour = word + "的" if rng.random() < 0.5 or len(word) == 1 else word
    name = name.removeprefix("一杯")
    return f"{NUMBERS[count - 1][1]}{subject.measure}{colour}{name}"


def _chinese(scene: Scene, rng: Random) -> str:
    subject = _chinese_thing(scene.things[0], rng, scene.count)
    place = rng.choice(PLACES[scene.place].chinese)
    time = rng.choice(TIMES[scene.time][1]) if PLACES[scene.place].outdoors else ""
    when = time + rng.choice(WEATHER[scene.weather][1])
    style = rng.choice(STYLES[scene.style].chinese)
    lead = f"{when}，" if when else ""
    if scene.relation:
        second = _chinese_thing(scene.things[1], rng)
        return f"{style}{lead}{place}，{_chinese_relation(scene.relation, subject, second, rng)}"
    forms = (
        f"{style}{lead}{place}有{subject}",
        f"{style}{when}{place}的{subject}",
        f"{style}{lead}{subject}在{place}",
        f"{style}{subject}，{place}" + (f"，{when}" if when else ""),
    )
    return rng.choice(forms)


def _chinese_relation(relation: str, first: str, second: str, rng: Random) -> str:
    word = rng.choice(RELATIONS[relation][1])
    if relation == "and":
        return f"{first}{word}{second}"
    return rng.choice((f"{first}在{second}的{word}", f"{second}的{word}有{first}"))
