"""English words as the reader takes them: lower case, slips of the pen put right, known phrases as one."""

import re
from collections.abc import Iterable

from bot.director import lexicon, scenes
from bot.director.names import MARK, mark_names
from bot.director.spelling import Spelling
from bot.grammar import plural, singular

QUOTE = "\ue000"
DETERMINERS = frozenset(
    "a an the this that these those his her its their my our your some any another each every several many few "
    "various numerous all more extra different".split()
)
_FUNCTION_WORDS = frozenset(
    """
    and or but nor with without of for to from that which who whose where while when because so as like than then if
    is are was were be been being am has have had do does did can could should would will shall may might must let
    i you he she it we they them him me us one's who's it's that's there here not no don't doesn't isn't aren't just
    only also too very really please thanks about during via using per instead except excluding minus plus into onto
    off out up down over both either neither yet still even ever again now how what why yes ok okay hey hi hello
    show showing shows display displaying depicting featuring change changed replace remove turn swap switch move
    keep make made give put add  quite rather such so much somewhat slightly bit back away together alone everywhere
    half around near anywhere uphill downhill upstairs downstairs upstream downstream sideways backwards forwards backward forward
    overhead underfoot aboard ashore homeward homewards skyward skywards upward upwards downward downwards inwards outwards ahead askew
    after before despite unlike versus whilst although unless whether
    monday tuesday wednesday thursday friday saturday sunday january february april june july september october november december
    o'clock somewhere nowhere whatsoever either far exactly precisely preferably nearly almost wants needs wanted needed simply already otherwise together
    """.split()
)
_FUNCTION_PHRASES = frozenset(
    "in the style of|instead of|as well as|filled with|full of|surrounded by|decorated with|decorated by|the other|no one|each other|one another|i mean".split(
        "|"
    )
)
MADE_OF = frozenset(
    {
        "wrapped in",
        "made entirely of",
        "carved out of",
        "carved from",
        "built from",
        "built out of",
        "woven from",
        "knitted from",
    }
    | {"made of", "made out of", "made from", "covered in", "covered with", "covered by", "dressed as", "dressed like"}
    | {"shaped like", "in the shape of", "that looks like", "looking like"}
)
STOPS = _FUNCTION_WORDS | _FUNCTION_PHRASES | MADE_OF | scenes.RELATION_PHRASES.keys()
ADVERBS = frozenset(
    "super kinda very really quite so too extremely super rather pretty slightly fairly totally completely".split()
)
COMPOUNDS = frozenset(
    phrase.strip()
    for phrase in """
    cherry blossom, cherry blossoms, hot air balloon, hot dog, ice cream, ice cream cone, teddy bear, polar bear,
    grizzly bear, panda bear, red panda, guinea pig, sea lion, fire truck, fire engine, fire hydrant, palm tree,
    christmas tree, apple tree, cherry tree, pine tree, oak tree, lemon tree, orange tree, traffic light, street lamp,
    street light, golden retriever, german shepherd, border collie, maine coon, light bulb, credit card, gift card,
    sim card, graphics card, sd card, bank card, business card, id card, key card, power cable, network cable,
    ethernet cable, usb cable, usb stick, usb plug, power plug, wifi router, wi-fi router, mobile phone, cell phone,
    smart phone, washing machine, vending machine, coffee machine, sewing machine, rocking chair, flying saucer,
    swimming pool, shooting star, living room, walking stick, hard drive, high heels, orange juice, rubber duck,
    paper plane, paper airplane, paper boat, black hole, police car, sports car, race car, racing car, school bus,
    birthday cake, wedding cake, wedding dress, party hat, cowboy hat, santa hat, top hat, witch hat, straw hat,
    baseball cap, bow tie, rain coat, rain boots, coffee cup, coffee mug, tea cup, beer glass, wine glass,
    water bottle, flower pot, book shelf, tennis ball, tennis racket, soccer ball, chess board, chess piece,
    space station, space suit, space ship, solar panel, wind turbine, wind mill, light house, tree house, bird house,
    snow man, sea turtle, sea horse, sea shell, service desk, help desk, support agent, shopping cart, shopping bag,
    shipping box, delivery van, delivery truck, delivery man, post office, remote control, fortune cookie,
    french fries, alarm clock, wall clock, cuckoo clock, grandfather clock, electric guitar, grand piano, film camera,
    security camera, red carpet, power button, power strip, power supply, power bank, car key, house key, door key,
    game controller, video game, laptop bag, phone case, phone charger, computer mouse, computer screen, keyboard key,
    ferris wheel, steering wheel, picnic table, picnic basket, pirate ship, cruise ship, fishing boat, rowing boat,
    sailing boat, fishing rod, magic wand, crystal ball, treasure chest, treasure map, birthday card, playing card,
    fish tank, fish bowl, dog house, cat tree, camp fire, tea pot, full moon, crescent moon, half moon, half-moon,
    trash can, garbage can, watering can, tin can, spray can, northern lights,
    zebra crossing, pedestrian crossing, ping pong table, swimming trunks, life jacket, life buoy, wellington boot, rubber boot, rain boot,
    paint bucket, paint can, paint pot, paint roller, fountain pen, ballpoint pen, sleeping bag, boxing glove, hiking boot, bowling pin, bowling ball,
    frying pan, rolling pin, cutting board, chopping board, ironing board, diving board, parking meter, chewing gum, dining table, bow window, deck chair,
    lawn mower, leaf blower, snow globe, sand castle, fire escape, phone box, bus stop, bird bath, lily pad, spider web, bird feeder, stop sign, pin board,
    rain cloud, storm cloud, snow plough, cash register, milk carton, egg carton, egg cup, salt shaker, pepper mill, cheese grater, corkscrew,
    ginger beer, ginger ale, ginger biscuit, root beer, milk float, flat white, brass band, train set, camp stove, music box,
    evening dress, evening gown, evening suit, morning coat, morning suit, night light, day bed, fork lift, dark side, sports shoes, running shoes, ballet shoes, sun hat, sun glasses, night sky, t rex, tyrannosaurus rex
    """.replace("\n", " ").split(",")
)  # fmt: skip


def _forms(base: str) -> Iterable[tuple[str, str]]:
    if base.endswith("ie"):
        ing = f"{base[:-2]}ying"
    elif re.search(r"[^e]e$", base):
        ing = f"{base[:-1]}ing"
    elif re.fullmatch(r"[^aeiou]*[aeiou][bdglmnprt]", base):
        ing = f"{base}{base[-1]}ing"
    else:
        ing = f"{base}ing"
    return [(base, ing), (ing, ing), (plural(base), ing)]


_GAMES = "football soccer chess basketball tennis cards golf baseball hockey volleyball badminton tag games cricket rugby lacrosse polo poker bingo catch hopscotch music drums guitar piano violin".split()
_VERB_PHRASES = {
    f"{form} {what}": f"{ing} {what}"
    for what, forms in {
        "against": {"leaning": "leaning", "lean": "leaning", "leans": "leaning"},
        "hands": {"shaking": "shaking", "shake": "shaking", "holding": "holding", "hold": "holding"},
        **{game: {"playing": "playing", "play": "playing", "plays": "playing"} for game in _GAMES},
    }.items()
    for form, ing in forms.items()
}
VERB_FORMS = {form: ing for base in sorted(lexicon.VERBS) for form, ing in _forms(base)} | {
    "sat": "sitting", "slept": "sleeping", "flew": "flying", "ate": "eating", "wore": "wearing", "held": "holding",
    "stood": "standing", "knelt": "kneeling", "ran": "running", "swam": "swimming", "leapt": "leaping", "drank": "drinking",
    "drove": "driving", "sang": "singing", "threw": "throwing", "crept": "creeping", "stole": "stealing", "dug": "digging",
    "rides": "riding", "rode": "riding", "swims": "swimming", "has": "having", "goes": "going",
} | _VERB_PHRASES  # fmt: skip
# Participles that no ending tells: 'conkers laid out on a desk'.
IRREGULAR = frozenset(
    "laid hung spread strewn sewn stuck wound bound torn blown split spilt burnt frozen sunk swept flung set bent cut".split()
)
# What is done to a thing, as what its doer does: 'held' by a hand that is holding it.
PARTICIPLES = {
    form: ing
    for base in sorted(lexicon.VERBS)
    for ing in [dict(_forms(base))[base]]
    for form in {f"{base}d" if base.endswith("e") else f"{base}ed", f"{ing.removesuffix('ing')}ed"}
} | {
    "held": "holding", "worn": "wearing", "ridden": "riding", "eaten": "eating", "driven": "driving", "drawn": "drawing",
    "led": "leading", "fed": "feeding", "caught": "catching", "thrown": "throwing", "bitten": "biting", "cut": "cutting",
    "built": "building", "read": "reading", "hidden": "hiding", "surrounded": "surrounding", "carried": "carrying",
}  # fmt: skip
NOUNS = lexicon.LIVING | lexicon.WORN | lexicon.CONTAINERS | lexicon.THINGS | lexicon.BODY
_SCENE_TABLES = (scenes.PLACES, scenes.TIMES, scenes.WEATHER, scenes.STYLES, scenes.RELATION_PHRASES)
_KEYS = frozenset(key for table in _SCENE_TABLES for key in table)
_COMPOUND_PLURALS = {plural(phrase) for phrase in COMPOUNDS}
_KEY_WORDS = frozenset(word for key in _KEYS for word in key.split())
PHRASES = frozenset(
    tuple(phrase.split())
    for phrase in COMPOUNDS | _COMPOUND_PLURALS | _KEYS | STOPS | VERB_FORMS.keys() | lexicon.NUMBERS.keys()
    if " " in phrase
)
_PLURALS = frozenset(plural(noun) for noun in NOUNS)
_TELLING = NOUNS | _PLURALS | lexicon.ADJECTIVES | lexicon.COLOURS.keys() | VERB_FORMS.keys() | _KEY_WORDS
KNOWN = (
    _TELLING
    | STOPS
    | DETERMINERS
    | lexicon.NUMBERS.keys()
    | lexicon.ABSTRACT
    | lexicon.GROUPS
    | lexicon.MEASURES
    | lexicon.SYNONYMS.keys()
    | scenes.STYLE_WORDS
    | {word for phrase in PHRASES for word in phrase}
)
_OF_COMPOUNDS = frozenset(word for phrase in COMPOUNDS | _COMPOUND_PLURALS for word in phrase.split() if len(word) > 4)
_SPELLING = Spelling(
    KNOWN, _TELLING | _OF_COMPOUNDS, NOUNS, lexicon.MISSPELT, lexicon.SPELT_RIGHT, lexicon.COLOURS | scenes.STYLES
)
corrected = _SPELLING.corrected
_TOKEN = re.compile(rf"[{QUOTE}{MARK}]\d+[{QUOTE}{MARK}]|[^\W_]+(?:[-'][^\W_]+)*|[.,;:!?()\n]")


def tokens(text: str, *, names: bool = False) -> list[str]:
    """The words and marks of an English text, known phrases such as 'in front of' joined into one.

    Args:
        text: With its capitals.
        names: Keep proper names as they are written, each as one word; all else is in small letters.
    """
    proper: list[str] = []
    if names:
        text, proper = mark_names(text, is_ordinary, is_slip, lives)
    text = text.replace("’", "'").casefold()
    text = re.sub(r"\bn't\b", " not", text)
    text = re.sub(r"\b(it|he|she|that|there|who|what)'s\b", r"\1 is", text)
    found = _joined([corrected(word) for word in _TOKEN.findall(text)])
    return [proper[int(word[1:-1])] if word[:1] == MARK and proper else word for word in found]


def third_person(word: str) -> str:
    """The -ing form of an unknown verb in s: 'winning' for 'wins', 'burying' for 'buries'; '' for any other word."""
    told = re.fullmatch(r"[a-z]{2,}[^su]s", word) and word not in KNOWN and singular(word) not in NOUNS
    return next(ing for _, ing in _forms(singular(word))) if told else ""


def is_ordinary(word: str) -> bool:
    """Whether a word in small letters is known, or a plural of a known one."""
    return word in KNOWN or singular(word) in KNOWN or word in VERB_FORMS or word in lexicon.SPELT_RIGHT


def is_slip(word: str) -> bool:
    """Whether a word in small letters is read as another one."""
    return corrected(word) != word


def lives(word: str) -> bool:
    """Whether a word in small letters is an animal or a person."""
    return word in lexicon.LIVING


def is_name(word: str) -> bool:
    """Whether a word out of `tokens` is a proper name."""
    return word[:1].isupper() or re.match(r"[a-z][A-Z]", word) is not None


def capitalised(text: str) -> dict[str, str]:
    """Words with a capital in the middle of a sentence, by their small form: names, and what stands beside a name."""
    found: dict[str, str] = {}
    words = re.findall(r"[^\W\d_]+|[^\w\s]", text)
    proper = [word[0].isupper() and word[1:].islower() and word.casefold() not in KNOWN for word in words]
    if sum(word[0].isupper() for word in words) * 2 > len(words):
        return found
    for at, word in enumerate(words):
        starts = at == 0 or words[at - 1] in {".", "!", "?", ":", "\n"}
        beside = word[0].isupper() and (proper[at - 1 : at] + proper[at + 1 : at + 2]).count(True) > 0
        if not starts and (proper[at] or beside):
            found[word.casefold()] = word
    return found


def _joined(words: list[str]) -> list[str]:
    result, at = [], 0
    while at < len(words):
        length = next((size for size in range(5, 1, -1) if tuple(words[at : at + size]) in PHRASES), 1)
        result.append(" ".join(words[at : at + length]))
        at += length
    return result
