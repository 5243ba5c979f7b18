"""English word forms: plurals, articles and the small phrases that prompts are built from."""

import re

_IRREGULAR = {
    "man": "men", "woman": "women", "child": "children", "person": "people", "mouse": "mice", "goose": "geese",
    "foot": "feet", "tooth": "teeth", "ox": "oxen", "leaf": "leaves", "knife": "knives", "wolf": "wolves",
    "shelf": "shelves", "loaf": "loaves", "calf": "calves", "elf": "elves", "scarf": "scarves", "wife": "wives",
    "half": "halves", "thief": "thieves", "bookshelf": "bookshelves", "cactus": "cacti", "octopus": "octopuses",
    "snowman": "snowmen", "fireman": "firemen", "policeman": "policemen", "postman": "postmen",
    "fisherman": "fishermen", "businessman": "businessmen", "grandchild": "grandchildren", "dwarf": "dwarves",
    "hero": "heroes", "potato": "potatoes", "tomato": "tomatoes", "mango": "mangoes", "volcano": "volcanoes",
    "domino": "dominoes", "tornado": "tornadoes", "torpedo": "torpedoes",
    "mosquito": "mosquitoes", "bus": "buses", "lens": "lenses", "gas": "gases", "quiz": "quizzes", "die": "dice",
}  # fmt: skip
_SAME = frozenset(
    "sheep deer fish moose bison aircraft spacecraft salmon shrimp squid trousers jeans scissors glasses sunglasses "
    "headphones earphones pants shorts binoculars pyjamas pajamas clothes goggles tongs series species swine "
    "overalls dungarees leggings tights crossroads barracks tweezers earmuffs scrubs".split()
)
# One thing with a plural name.
PAIRS = frozenset(
    "trousers jeans scissors glasses sunglasses headphones earphones pants shorts binoculars pyjamas pajamas goggles "
    "tongs tights leggings overalls dungarees tweezers earmuffs".split()
)
_SINGULAR = {plural: single for single, plural in _IRREGULAR.items()} | {
    "cactuses": "cactus", "kiwis": "kiwi", "taxis": "taxi", "skis": "ski", "bikinis": "bikini", "martinis": "martini",
    "zucchinis": "zucchini", "wellies": "welly", "fungi": "fungus", "hippopotami": "hippopotamus", "geniuses": "genius",
    "wolfs": "wolf", "leafs": "leaf", "platypuses": "platypus", "walruses": "walrus", "radii": "radius",
    "nuclei": "nucleus", "algae": "alga", "larvae": "larva", "matrices": "matrix", "oases": "oasis", "crises": "crisis",
    "bases": "base", "cases": "case", "phases": "phase", "glasshouses": "glasshouse", "penknives": "penknife",
    "handkerchiefs": "handkerchief", "hooves": "hoof", "hoofs": "hoof", "roofs": "roof", "lives": "life",
    "sheaves": "sheaf", "genies": "genie", "pixies": "pixie", "collies": "collie", "birdies": "birdie",
    "calories": "calorie", "pinkies": "pinkie", "smoothies": "smoothie", "prairies": "prairie", "hankies": "hanky",
    "axolotls": "axolotl", "sphinxes": "sphinx", "lynxes": "lynx", "boxes": "box", "buses": "bus", "pianos": "piano",
    "knives": "knife", "octopi": "octopus", "scarfs": "scarf", "dwarfs": "dwarf", "kitties": "kitty", "movies": "movie",
    "cookies": "cookie", "ties": "tie", "pies": "pie", "shoes": "shoe", "toes": "toe", "canoes": "canoe",
    "houses": "house", "roses": "rose", "horses": "horse", "vases": "vase", "noses": "nose", "hoses": "hose",
    "nurses": "nurse", "purses": "purse", "cheeses": "cheese", "suitcases": "suitcase", "seahorses": "seahorse",
    "lighthouses": "lighthouse", "greenhouses": "greenhouse", "warehouses": "warehouse", "mooses": "moose",
    "selfies": "selfie", "zombies": "zombie", "fairies": "fairy", "brownies": "brownie", "hoodies": "hoodie",
    "caches": "cache", "axes": "axe", "kisses": "kiss", "doves": "dove", "gloves": "glove", "olives": "olive",
    "stoves": "stove", "caves": "cave", "waves": "wave", "slaves": "slave", "beehives": "beehive", "hives": "hive",
    "cloves": "clove",
    "budgies": "budgie", "magpies": "magpie", "neckties": "necktie", "bowties": "bowtie", "rookies": "rookie",
    "goalies": "goalie", "posties": "postie", "newbies": "newbie", "hippies": "hippie", "groupies": "groupie",
    "bookcases": "bookcase", "dinos": "dino", "mangos": "mango",
}  # fmt: skip
_NOT_PLURAL = frozenset(
    "rhinoceros thermos "
    "glass grass dress bus cactus octopus walrus hippopotamus lens chess compass mattress princess waitress actress "
    "fortress gas canvas atlas iris virus crocus lotus circus campus platypus goddess cross boss moss kiss christmas "
    "tennis paris mars venus class wilderness address darkness happiness brass bass process business is this his "
    "its us as was has yes alas hibiscus citrus stegosaurus tyrannosaurus brontosaurus pegasus abacus "
    "asparagus fungus esophagus chaos crisis basis oasis hostess duchess lioness tigress harness witness mess".split()
)


def plural(noun: str) -> str:
    """The plural of an English noun; of 'cup of tea' it is 'cups of tea'."""
    head, of, rest = noun.partition(" of ")
    front, space, last = head.rpartition(" ")
    return f"{front}{space}{_plural_word(last)}{of}{rest}"


def _plural_word(word: str) -> str:
    if word in _SAME or not word.isascii():
        return word
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if re.search(r"[^aeiou]y$", word):
        return f"{word[:-1]}ies"
    return f"{word}es" if re.search(r"(s|x|z|ch|sh)$", word) else f"{word}s"


def singular(word: str) -> str:
    """The singular of an English word, or the word itself where it is not a plural."""
    if word in _SINGULAR:
        return _SINGULAR[word]
    if " " in word:
        front, _, last = word.rpartition(" ")
        return f"{front} {singular(last)}"
    if (
        word in _SAME
        or word in _NOT_PLURAL
        or not word.endswith("s")
        or len(word) < 4
        or word.endswith(("ss", "'s", "’s"))
    ):
        return word
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    if re.search(r"(ss|x|z|ch|sh|us)es$", word):
        return word[:-2]
    return word if word.endswith(("us", "is")) else word[:-1]


def is_plural(word: str) -> bool:
    """Whether a word is certainly a plural."""
    return word not in _SAME and singular(word) != word


def with_article(phrase: str) -> str:
    """The phrase with 'a' or 'an' before it: by sound, as far as spelling tells."""
    vowel = re.match(r"(?i)(?!uni|use|euro|one\b|ufo|uk)[aeiou]|hour|honest|8|11\b|18\b|x-ray", phrase)
    return f"{'an' if vowel else 'a'} {phrase}"


def listed(items: tuple[str, ...] | list[str], word: str = "and") -> str:
    """'a', 'a and b', 'a, b and c'."""
    return f" {word} ".join([", ".join(items[:-1]), items[-1]]) if len(items) > 1 else "".join(items)
