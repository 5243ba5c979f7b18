"""Nouns that may stand for each other: synonyms, and words for a whole kind with what belongs to it."""

from bot.director.lexicon import ANIMALS, PEOPLE, WORN

SYNONYMS = tuple(
    frozenset(group.strip().replace("_", " ") for group in line.split("|"))
    for line in """
    cat|kitten|kitty|tabby
    dog|puppy|hound|pup|corgi|poodle|husky|bulldog|dachshund|labrador|retriever|beagle|dalmatian|terrier|shiba
    horse|pony|foal|stallion|mare
    cow|calf|bull|ox|cattle
    pig|piglet|hog
    sheep|lamb|ewe
    rabbit|bunny|hare
    duck|duckling
    chicken|hen|rooster|chick
    mouse|rat
    deer|fawn|reindeer|elk|moose
    gorilla|ape|orangutan|chimpanzee|monkey
    turtle|tortoise
    frog|toad
    crocodile|alligator
    ladybug|ladybird
    leopard|cheetah|jaguar|panther
    seagull|gull
    pigeon|dove
    crow|raven
    fish|goldfish|koi|carp
    dinosaur|t-rex|tyrannosaurus|stegosaurus|triceratops
    man|guy|gentleman|dude|grandfather|grandpa|elder
    woman|lady|grandmother|grandma|elder
    boy|child|kid|toddler|teenager
    girl|child|kid|toddler|teenager
    child|kid|children|baby|toddler|teenager
    girl|woman|lady|bride
    boy|man|guy|groom
    grandfather|grandpa
    father|dad
    mother|mom|mum
    policeman|policewoman|officer|cop
    firefighter|fireman
    doctor|surgeon|physician
    astronaut|cosmonaut|spaceman
    robot|android|bot
    courier|postman|messenger|rider
    waiter|waitress|server
    chef|cook|baker
    mechanic|technician|engineer|repairman|worker
    programmer|developer|engineer|coder
    agent|operator|representative|staff|employee|assistant
    worker|employee|staff|builder
    actor|actress|performer|singer|dancer
    ghost|spirit|phantom
    wizard|witch|mage|magician
    alien|extraterrestrial
    hat|cap|beanie|helmet|beret
    shirt|t-shirt|tshirt|blouse|top
    jacket|coat|raincoat
    sweater|jumper|hoodie|pullover
    dress|gown|skirt|robe
    trousers|pants|jeans|slacks
    shoe|sneaker|boot|sandal|slipper
    glasses|spectacles|sunglasses|goggles
    headset|headphones|earphones|earbuds
    backpack|bag|rucksack|handbag|purse|satchel
    bag|sack|pouch
    car|automobile|vehicle|sedan
    truck|lorry|van
    bicycle|bike|cycle
    motorcycle|motorbike|scooter
    boat|ship|sailboat|yacht|vessel
    ferry|boat|ship
    plane|airplane|aeroplane|aircraft|jet
    train|locomotive|tram
    rocket|spaceship|spacecraft|starship
    ufo|saucer|spaceship
    house|home|cottage|cabin|hut|shack|lodge|villa
    castle|palace|fortress
    building|skyscraper|tower|block
    temple|pagoda|shrine
    stair|stairs|staircase|steps
    sofa|couch|settee
    chair|armchair|seat
    bench|seat|chair
    table|desk|counter
    wardrobe|cupboard|cabinet|closet
    shelf|bookshelf|bookcase|rack
    lamp|light|lantern|bulb|lightbulb|streetlight
    carpet|rug|mat
    pillow|cushion|pad
    picture|painting|photo|photograph|portrait
    plant|flower|bush|pot
    stove|oven|cooker
    fridge|refrigerator|freezer
    cup|mug|teacup|glass
    bottle|jar|flask
    bowl|dish|plate|pot
    box|parcel|package|crate|carton|packet
    basket|crate|box
    bin|can|trash
    gift|present|parcel|package|box
    letter|envelope|mail|post
    paper|note|sheet|page
    sign|signboard|signpost
    book|notebook|novel|volume
    magazine|newspaper|paper
    computer|laptop|notebook|pc|desktop
    phone|smartphone|telephone|cellphone|mobile
    screen|monitor|display|television|tv
    television|tv|telly
    router|modem|gateway
    cable|cord|wire|line|plug
    plug|socket|outlet|connector|adapter
    speaker|loudspeaker
    camera|webcam|camcorder
    light|led|bulb|indicator
    sign|signboard|signpost|board|billboard|plaque|placard|poster|banner
    flag|banner
    ball|football|soccerball|basketball|beachball
    donut|doughnut
    cookie|biscuit
    candy|sweet|lollipop
    burger|hamburger
    noodle|noodles|ramen|pasta|spaghetti
    cake|cupcake|pie|tart
    bread|loaf|baguette
    coffee|latte|espresso|cappuccino|americano
    soda|cola|lemonade
    tree|pine|oak|palm|willow|maple|birch|blossom
    flower|blossom|bloom|rose|tulip|daisy
    leaf|leaves|foliage
    rock|stone|boulder|pebble
    mountain|hill|peak
    river|stream|creek|brook
    lake|pond
    sea|ocean|water|wave|underwater|seabed
    road|street|path|highway|lane
    beach|shore|seaside|coast|sand
    meadow|grass|lawn|field|grassland|prairie|pasture|savanna
    forest|wood|woods|jungle
    garden|yard|backyard|park
    shop|store|market|supermarket
    cafe|coffeehouse|café
    fire|flame|campfire|bonfire
    snow|snowflake
    firework|fireworks
    umbrella|parasol
    gun|cannon
    sword|blade|knife
    candle|lantern|torch|flashlight
    crystal|diamond|gem|jewel
    text|word|lettering|caption|writing|letter|inscription|character
    watermark|logo|signature
    logo|icon|emblem|symbol
    balloon|airship|blimp
    fence|railing
    wall|brick
    door|gate|doorway
    window|windowsill
    lock|padlock
    building|house|home
    bathtub|tub|bath
    charger|adapter|plug
    dancer|ballerina
    violin|fiddle
    curtain|drape
    podium|platform|lectern|rostrum|stage
    person|people|human|crowd|figure|passer-by|pedestrian|anyone|somebody
    """.strip().splitlines()
)
_INSECTS = frozenset("bee bumblebee wasp butterfly moth dragonfly ladybug beetle ant caterpillar mosquito fly".split())
_FISH = frozenset("goldfish shark salmon tuna carp koi".split())
_BIRDS = frozenset(
    "owl eagle hawk falcon crow raven sparrow robin swallow pigeon dove seagull swan crane canary".split()
)
# A word for a kind, and what may be meant by it.
KINDS: dict[str, frozenset[str]] = {
    "animal": ANIMALS, "pet": ANIMALS, "creature": ANIMALS, "beast": ANIMALS, "dinosaur": ANIMALS, "monster": ANIMALS,
    "insect": _INSECTS, "bug": _INSECTS, "bird": _BIRDS, "fish": _FISH, "family": PEOPLE, "couple": PEOPLE,
    "team": PEOPLE, "crowd": PEOPLE, "person": PEOPLE, "people": PEOPLE, "player": PEOPLE, "customer": PEOPLE,
    "character": PEOPLE | ANIMALS, "mascot": PEOPLE | ANIMALS, "hero": PEOPLE, "someone": PEOPLE, "rider": PEOPLE,
    "passenger": PEOPLE, "staff": PEOPLE, "friend": PEOPLE | ANIMALS, "twin": PEOPLE, "mother": PEOPLE | ANIMALS,
    "father": PEOPLE | ANIMALS, "parent": PEOPLE | ANIMALS, "baby": PEOPLE | ANIMALS, "clothes": WORN,
    "clothing": WORN, "uniform": WORN, "costume": WORN, "outfit": WORN,
    "fruit": frozenset("apple pear orange banana lemon lime grape cherry strawberry mango peach plum".split()),
    "vehicle": frozenset("car bus truck van taxi train tram bicycle motorcycle tractor scooter".split()),
    "food": frozenset("cake bread pizza burger noodle rice dumpling soup salad sandwich".split()),
    "drink": frozenset("coffee tea juice water wine beer milk cocktail soda lemonade".split()),
    "furniture": frozenset("chair sofa table desk bed shelf wardrobe bench".split()),
    "instrument": frozenset("guitar piano violin cello drum flute trumpet saxophone harp".split()),
    "device": frozenset("phone laptop computer tablet router modem camera printer".split()),
}  # fmt: skip
ADJECTIVES = tuple(
    frozenset(line.split("|"))
    for line in """
small|little|tiny|mini|miniature|petite
big|large|huge|giant|enormous|massive|gigantic
old|ancient|aged|elderly|antique|vintage|old-fashioned
young|little|small
cute|adorable|sweet|lovely
beautiful|pretty|lovely|gorgeous
happy|cheerful|joyful|smiling
sad|unhappy|crying
angry|furious|mad
scared|afraid|frightened
tired|sleepy|exhausted
fluffy|furry|fuzzy
fat|chubby|plump|round
thin|slim|skinny
tall|high
golden|gold
silver|silvery
wooden|wood
colourful|colorful|colored|coloured
broken|cracked|damaged
shiny|glossy|gleaming|polished
glowing|shining|lit
transparent|clear|see-through
striped|stripy
spotted|dotted
cozy|cosy|snug
empty|deserted|abandoned
dirty|muddy|grimy
wet|soaked
funny|silly|goofy
scary|spooky|creepy
sleeping|asleep
burning|on fire|flaming
modern|contemporary|futuristic
""".strip().splitlines()
)
