"""English places, times, weather, styles and relations, and the phrases that people use for them."""

from bot.director.lexicon_movements import ALSO_THINGS, MOVEMENTS
from bot.director.style_names import english_names

PLACES = {
    **{name: name for name in """
    beach city meadow snow desert sea space room forest mountain kitchen office garden park street village farm
    field jungle river lake island cave harbour market library museum school classroom hospital restaurant cafe bar
    bakery supermarket shop station airport stadium church castle palace bedroom bathroom attic basement garage
    balcony rooftop courtyard alley bridge tunnel valley canyon cliff waterfall pond swamp tundra savanna
    countryside suburb town playground zoo circus theatre cinema gym factory warehouse workshop laboratory
    greenhouse vineyard orchard temple cemetery dungeon tavern ship spaceship sky moon mars underwater bathhouse
    corridor hallway lobby stage studio aquarium rainforest prairie steppe volcano arctic antarctica orbit
    allotment towpath quay quayside promenade pavement conservatory stables barnyard scullery larder pantry loft lift elevator
    canteen depot crypt cloister launderette laundromat pub bookshop nursery creche salon barbershop arcade fairground funfair bandstand lido
    moor heath fen marsh bog glen fjord lagoon glade clearing thicket copse gorge ravine estuary sandbank riverside waterfront shipyard
    airfield runway trenches foyer cloakroom boathouse bakehouse smithy
    datacentre road highway motorway path trail yard backyard porch terrace hill hillside riverbank lakeside mall
    reception entrance runway racetrack ballroom canteen cafeteria diner pub nightclub casino pharmacy clinic fairground arena
    courtroom launderette laundromat salon barbershop marina skatepark hangar crossroads intersection slope lagoon bay fjord
    marsh wetland oasis outback moor glade clearing grove campsite hostel motel spa sauna food-court rink ranch
    subway metro cockpit lane alleyway boulevard driveway quay wharf plaza prairie
    """.split()},
    "seaside": "beach", "shore": "beach", "seashore": "beach", "coast": "beach", "sands": "beach", "ocean": "sea",
    "downtown": "city", "cityscape": "city", "woods": "forest", "wood": "forest", "woodland": "forest",
    "cosmos": "space", "galaxy": "space", "outer space": "space", "grassland": "meadow", "harbor": "harbour",
    "store": "shop", "café": "cafe", "coffee shop": "cafe", "theater": "theatre", "movie theater": "cinema",
    "lab": "laboratory",
    "mountains": "mountain", "mountaintop": "mountain", "living room": "living room", "dining room": "dining room",
    "server room": "server room", "meeting room": "meeting room", "conference room": "meeting room",
    "train station": "train station", "bus stop": "bus stop", "car park": "car park", "parking lot": "car park",
    "data center": "datacentre", "data centre": "datacentre", "call center": "call centre",
    "call centre": "call centre",
    "night sky": "sky", "starry sky": "sky", "football field": "football field", "swimming pool": "swimming pool",
    "pool": "swimming pool", "coral reef": "coral reef", "sidewalk": "street", "pavement": "street",
    "savannah": "savanna", "dessert": "desert",
    "flower field": "flower field", "rice field": "rice field", "wheat field": "wheat field", "hotel": "hotel",
    "hotel lobby": "hotel lobby", "gas station": "petrol station", "art gallery": "art gallery",
    "gallery": "gallery", "seabed": "seabed",
    "sea floor": "seabed", "ocean floor": "seabed", "outdoors": "outdoors", "indoors": "indoors",
    "countryside": "countryside", "classroom": "classroom", "bookstore": "bookshop", "bookshop": "bookshop",
    "phone booth": "phone booth",
}  # fmt: skip
# Where these stand alone as a picture's first noun, they are its scene and not a thing in it.
SCENIC = frozenset(
    """
    beach city meadow desert sea space room forest mountain kitchen office garden park street village farm field
    jungle classroom library countryside town alley valley skyline cityscape landscape harbour market meadow bedroom
    island orchard vineyard canyon swamp corridor playground stadium cafe restaurant supermarket museum hospital
    courtyard backyard attic basement laboratory warehouse factory
    """.split()
)
TIMES = {
    "night": "night", "nighttime": "night", "midnight": "night", "moonlight": "night", "moonlit": "night",
    "starlight": "night", "nightfall": "night", "nocturnal": "night", "dead of night": "night",
    "middle of the night": "night",
    "day": "day", "daytime": "day", "daylight": "day", "noon": "noon", "midday": "noon", "afternoon": "day",
    "dawn": "dawn", "sunrise": "dawn", "daybreak": "dawn", "morning": "dawn", "sunset": "sunset", "dusk": "sunset",
    "first light": "dawn", "crack of dawn": "dawn", "early morning": "dawn", "late morning": "day", "mid morning": "dawn",
    "early afternoon": "day", "late afternoon": "day", "early evening": "sunset", "late evening": "night",
    "twilight": "sunset", "evening": "sunset", "sundown": "sunset", "golden hour": "sunset", "gloaming": "sunset",
    "blue hour": "sunset", "setting sun": "sunset", "rising sun": "dawn", "starry night": "night",
    "starry sky": "night", "night sky": "night", "night time": "night", "day time": "day", "broad daylight": "day",
}  # fmt: skip
# Times and weathers that a brief names by the asker's own word, and not by the one that they are a kind of.
OWN_WORDS = frozenset(
    "sleet hail midnight dusk twilight evening afternoon morning blizzard snowstorm hurricane tornado typhoon sandstorm".split()
) | {f"{when} {part}" for part in ("morning", "afternoon", "evening") for when in ("early", "late", "mid")}
WEATHER = {
    "sunny": "sunny", "sunshine": "sunny", "sunlit": "sunny", "rain": "rain", "rainy": "rain", "raining": "rain",
    "drizzle": "rain", "downpour": "rain", "rainfall": "rain", "rains": "rain", "raindrops": "rain",
    "snowing": "snow", "snowfall": "snow", "snows": "snow", "snowstorm": "snow", "blizzard": "snow",
    "falling snow": "snow", "snow falling": "snow", "snow is falling": "snow", "snowy": "snow",
    "snowflakes": "snow", "snow fall": "snow", "sleet": "snow", "hail": "rain",
    "fog": "fog", "foggy": "fog", "mist": "fog", "misty": "fog", "haze": "fog", "hazy": "fog", "storm": "storm",
    "stormy": "storm", "thunderstorm": "storm", "hurricane": "storm", "tornado": "storm",
    "typhoon": "storm", "sandstorm": "storm",
    "cloudy": "cloudy", "overcast": "cloudy", "cloudy sky": "cloudy", "clear sky": "sunny", "blue sky": "sunny",
    "wind": "wind", "windy": "wind", "breeze": "wind", "breezy": "wind", "gale": "wind",
    "pouring rain": "rain", "heavy rain": "rain", "light rain": "rain", "heavy snow": "snow", "light snow": "snow",
    "strong wind": "wind", "strong winds": "wind", "thick fog": "fog", "bright sun": "sunny",
    "bright sunshine": "sunny",
}  # fmt: skip
STYLES = {
    "watercolour": "watercolour", "watercolor": "watercolour", "watercolours": "watercolour",
    "watercolors": "watercolour", "aquarelle": "watercolour", "water colour": "watercolour",
    "water color": "watercolour",
    "pencil": "pencil", "pencil drawing": "pencil", "pencil sketch": "pencil", "sketch": "pencil",
    "colored pencil": "coloured pencil", "coloured pencil": "coloured pencil", "charcoal": "charcoal",
    "crayon": "crayon", "chalk": "chalk", "pastel": "pastel",
    "pixel art": "pixel art", "pixelart": "pixel art", "pixel": "pixel art", "pixelated": "pixel art",
    "8-bit": "pixel art", "8 bit": "pixel art", "16-bit": "pixel art", "ink": "ink", "ink wash": "ink",
    "ink drawing": "ink", "ink painting": "ink", "sumi-e": "ink", "pen and ink": "ink",
    "neon": "neon", "flat": "flat", "flat design": "flat", "flat illustration": "flat", "flat vector": "flat",
    "vector": "vector", "vector art": "vector", "photo": "photo", "photograph": "photo", "photography": "photo",
    "photorealistic": "photo", "photorealism": "photo", "photo-realistic": "photo", "photoreal": "photo",
    "realistic photo": "photo", "photographic": "photo",
    "oil painting": "oil painting", "oil": "oil painting", "oils": "oil painting", "oil paint": "oil painting",
    "oil on canvas": "oil painting", "acrylic": "acrylic", "acrylic painting": "acrylic", "gouache": "gouache",
    "3d render": "3d render", "3d": "3d render", "3d rendering": "3d render", "3d-render": "3d render",
    "cgi": "3d render", "line art": "line art", "lineart": "line art", "line drawing": "line art",
    "line-art": "line art", "outline": "line art",
    "cartoon": "cartoon", "cartoonish": "cartoon", "comic": "comic", "comic book": "comic", "anime": "anime",
    "manga": "manga", "isometric": "isometric", "low poly": "low poly", "low-poly": "low poly",
    "claymation": "claymation", "clay": "clay", "papercut": "paper cut", "paper cut": "paper cut",
    "paper-cut": "paper cut", "origami": "origami",
    "minimalist": "minimalist", "impressionist": "impressionist", "impressionism": "impressionist",
    "surrealist": "surrealist", "surrealism": "surrealist", "cubist": "cubist", "cubism": "cubist",
    "pop art": "pop art", "art deco": "art deco", "art nouveau": "art nouveau", "steampunk": "steampunk",
    "cyberpunk": "cyberpunk", "vaporwave": "vaporwave", "synthwave": "synthwave", "retrowave": "synthwave", "pixelized": "pixel art",
    "pixellated": "pixel art", "pixelled": "pixel art", "lowpoly": "low poly", "polygonal": "low poly", "ukiyo-e": "ukiyo-e",
    "woodcut": "woodcut", "linocut": "linocut", "stained glass": "stained glass", "mosaic": "mosaic",
    "collage": "collage", "graffiti": "graffiti", "blueprint": "blueprint", "black and white": "black and white",
    "monochrome": "monochrome", "storybook": "storybook", "children's book": "children's book",
    "childrens book": "children's book", "doodle": "doodle", "ghibli": "Ghibli", "studio ghibli": "Studio Ghibli",
    "pixar": "Pixar", "lego": "Lego", "sticker": "sticker", "chibi": "chibi", "kawaii": "kawaii", "retro": "retro",
    "vintage": "vintage", "abstract": "abstract", "realistic": "realistic", "film noir": "film noir",
    "embroidery": "embroidery", "felt": "felt",
}  # fmt: skip
STYLES |= {name: name for name in MOVEMENTS if name not in STYLES}
STYLES |= {
    f"{name} {kind}": style
    for name, style in list(STYLES.items())
    for kind in "drawing sketch painting illustration style art picture image rendering artwork look render".split()
    if f"{name} {kind}" not in STYLES and kind not in name
} | {
    "digital art": "digital art", "digital painting": "digital art", "concept art": "concept art",
    "kids drawing": "child's drawing", "child's drawing": "child's drawing", "children's drawing": "child's drawing",
    "kids drawing style": "child's drawing", "pixel-art": "pixel art", "3d-rendered": "3d render", "hand-drawn": "hand-drawn", "pencil-drawn": "pencil",
    "isometric view": "isometric", "cartoon-style": "cartoon", "anime-style": "anime",
}  # fmt: skip
# Names of the styles that came with Limner; only those that end like this can't be things in a picture.
# 'Flat icon' stays an icon in the style 'flat', unless such is a style's own title.
_FILES = {
    name: title
    for name, title in english_names().items()
    if name not in STYLES and (name == title or not any(name.startswith(f"{known} ") for known in STYLES))
}
_MEDIA = tuple("drawing painting print photograph animation still art manga icon".split())
STYLES |= _FILES
# Styles whose word alone, among a subject's adjectives or as a noun of its own, may mean the thing and not the medium.
NEEDS_STYLE_WORD = frozenset(
    """
    oil oils pencil ink neon flat pixel sketch outline chalk crayon charcoal felt clay pastel sticker mosaic collage
    graffiti embroidery retro vintage abstract realistic minimalist steampunk cyberpunk black_and_white 3d vector
    comic cartoon origami lego photo photograph storybook surrealist impressionist cubist cartoonish
    doodle blueprint woodcut acrylic isometric anime manga monochrome
    """.replace("_", " ").split()
) | {"black and white", "paper cut"}
NEEDS_STYLE_WORD |= ALSO_THINGS | {name for name in _FILES if " " not in name or not name.endswith(_MEDIA)}
STYLE_WORDS = frozenset(
    """
    style style, styles painting drawing sketch illustration art picture image photo photograph render rendering
    artwork print look design portrait version illustration poster wash aesthetic graphic form shot option variation
    variant
    """.split()
)
RELATION_PHRASES = {
    "to the left of": "left of", "on the left of": "left of", "on the left side of": "left of",
    "left of": "left of", "at the left of": "left of",
    "to the right of": "right of", "on the right of": "right of", "on the right side of": "right of",
    "right of": "right of", "at the right of": "right of",
    "on top of": "on", "on top": "on", "atop": "on", "upon": "on", "onto": "on", "on": "on", "above": "above",
    "over": "above", "high above": "above", "below": "below", "under": "below", "beneath": "below",
    "underneath": "below",
    "behind": "behind", "at the back of": "behind", "in back of": "behind", "in front of": "in front of",
    "inside": "inside", "inside of": "inside", "into": "inside", "within": "inside", "next to": "next to",
    "beside": "next to", "near": "next to",
    "close to": "next to", "nearby": "next to", "by": "next to", "alongside": "next to",
    "by the side of": "next to", "right next to": "next to", "adjacent to": "next to", "directly above": "above",
    "right behind": "behind", "right above": "above", "right below": "below",
    "to the left": "SIDE left", "on the left": "SIDE left", "at the left": "SIDE left",
    "on the left side": "SIDE left", "on left": "SIDE left", "on its left": "SIDE left",
    "to the right": "SIDE right", "on the right": "SIDE right", "at the right": "SIDE right",
    "on the right side": "SIDE right", "on right": "SIDE right", "on its right": "SIDE right",
    "in": "IN", "at": "AT", "through": "IN", "across": "IN", "along": "IN", "around": "AT", "from": "AT",
    "against": "AT", "towards": "AT", "toward": "AT", "between": "BETWEEN", "amid": "IN", "among": "IN", "amongst": "IN",
    "outside": "AT", "past": "AT", "up": "AT", "down": "AT", "out of": "AT",
}  # fmt: skip


def named(word: str, table: dict[str, str]) -> str:
    """What a brief calls a time or a weather of `TIMES` or `WEATHER`: 'dusk' by its own name, 'rain' for 'drizzle'."""
    return word if word in OWN_WORDS else table[word]
