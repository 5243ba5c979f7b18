"""English words that the director knows: what can be painted, how it is described, what it does."""

from bot.director.lexicon_more import CREATURES, MORE_ANIMALS, MORE_THINGS
from bot.director.lexicon_rarer import RARER_ANIMALS, RARER_CLOTHES, RARER_PEOPLE, RARER_THINGS

ANIMALS = (
    frozenset(
        """
    animal cat kitten dog puppy horse pony foal cow calf bull ox pig piglet sheep lamb goat donkey mule llama alpaca camel rabbit bunny hare
    hamster mouse rat squirrel chipmunk hedgehog fox wolf bear panda koala kangaroo wallaby lion lioness tiger leopard cheetah jaguar panther
    lynx elephant rhino rhinoceros hippo hippopotamus giraffe zebra monkey ape gorilla chimpanzee orangutan lemur sloth deer fawn reindeer elk
    moose bison buffalo antelope gazelle otter beaver badger raccoon skunk weasel ferret meerkat mole bat anteater armadillo bird parrot owl
    eagle hawk falcon vulture crow raven magpie sparrow robin swallow pigeon dove seagull gull duck duckling goose swan chicken hen rooster
    chick turkey peacock ostrich emu flamingo pelican stork heron crane penguin puffin toucan hummingbird kingfisher woodpecker canary
    fish goldfish shark whale dolphin orca seal walrus octopus squid jellyfish crab lobster shrimp starfish seahorse salmon tuna carp koi
    turtle tortoise frog toad lizard gecko iguana chameleon crocodile alligator snake cobra python dinosaur t-rex dragon unicorn phoenix
    insect bee bumblebee wasp butterfly moth dragonfly ladybug ladybird beetle ant spider scorpion caterpillar snail slug worm mosquito fly
    corgi poodle husky bulldog dachshund labrador retriever beagle dalmatian terrier shiba chihuahua pug axolotl capybara platypus wombat
    centaur mermaid griffin pegasus kraken yeti gnu mammoth stegosaurus tyrannosaurus triceratops
    """.split()
    )
    | MORE_ANIMALS
)
PEOPLE = RARER_PEOPLE | frozenset(
    """
    person man woman boy girl child kid baby toddler teenager adult friend couple family father mother dad mom mum parent son daughter
    brother sister grandfather grandmother grandpa grandma lady gentleman guy king queen prince princess knight soldier warrior samurai ninja
    pirate viking cowboy wizard witch fairy elf dwarf giant ghost vampire zombie mummy monster alien robot android cyborg astronaut cosmonaut
    doctor nurse teacher student pupil professor scientist engineer mechanic technician programmer developer designer artist painter musician
    singer dancer ballerina actor actress chef cook baker waiter waitress barista farmer fisherman gardener hunter policeman policewoman
    officer firefighter fireman pilot driver sailor captain postman courier builder worker plumber electrician carpenter tailor barber
    hairdresser shopkeeper cashier customer agent operator manager boss colleague employee businessman businesswoman lawyer judge clown
    magician acrobat superhero hero detective spy thief monk nun priest angel devil demon skeleton snowman bride groom athlete runner cyclist
    swimmer skier skater surfer footballer player tourist traveller traveler hiker crowd team mascot character santa librarian violinist
    pianist guitarist drummer dj ceo boss granny grandma gran nan auntie aunt uncle cousin niece nephew grandson granddaughter grandchild stepmother
    goalkeeper referee coach intern bartender plumber florist dentist surgeon vet pharmacist paramedic lifeguard mayor president referee
    umpire usher janitor caretaker butler maid jester bard hermit gnome troll ogre goblin orc leprechaun yeti sumo gladiator butcher
    guard postie burglar warden admiral sailor keeper nun clerk cyclist jockey squire mayor bishop sheriff outlaw bandit peasant
    clergyman skipper stallholder vicar rabbi imam umpire goalie striker sprinter boxer wrestler fencer archer climber
    mountaineer rower jogger busker juggler contortionist violinist cellist conductor composer poet writer author
    potter weaver knitter seamstress cobbler shoemaker watchmaker joiner bricklayer decorator glazier surveyor architect
    electrician nanny babysitter granddad grandad pensioner commuter passenger shopper pedestrian neighbour lodger landlord
    landlady hiker rambler caveman astronomer botanist chemist biologist archaeologist geologist midwife medic patient
    cadet soldier colonel sergeant corporal sentry spearman bowman knight damsel squire duke duchess earl baron
    baroness emperor empress pharaoh sultan hermit scribe alchemist sorcerer sorceress warlock genie cherub gorgon cyclops minotaur
    blacksmith beekeeper lumberjack miner welder roofer mover cleaner receptionist secretary accountant librarian caveman mermaid
    drummer dj photographer journalist nomad shepherd goddess god emperor grandchild neighbour neighbor twin
    """.split()
)
LIVING = ANIMALS | PEOPLE | CREATURES | RARER_ANIMALS
WORN = RARER_CLOTHES | frozenset(
    """
    hat cap beanie helmet crown scarf glove mitten shirt t-shirt tshirt jacket coat raincoat hoodie sweater jumper dress gown skirt trousers
    pants jeans shorts sock shoe boot sneaker sandal slipper glasses sunglasses goggles mask tie bowtie belt apron cape cloak robe kimono suit
    tuxedo uniform vest blouse spacesuit headset headphones earphones earbuds watch necklace ring earring bracelet collar ribbon backpack
    costume swimsuit bikini pyjamas pajamas overalls armour armor veil tiara hairband bandana turban sombrero beret fedora
    poncho tutu welly wellies monocle lanyard bib kilt sari tunic toga cardigan waistcoat dungarees jumpsuit onesie leggings tights stocking
    visor snorkel flipper life-jacket lifejacket corset bonnet cloak jersey tracksuit windbreaker trench-coat parka anorak mitten clog crocs
    hijab headscarf earmuff earmuffs scrubs blazer cufflink brooch wristwatch eyepatch eye-patch bandage
    """.split()
)
CONTAINERS = frozenset(
    """
    box basket cup mug teacup glass bowl bottle jar pot bag backpack suitcase bucket cage drawer vase bathtub tub crate barrel parcel package
    envelope pocket nest shell egg trunk wardrobe cupboard fridge oven car bus train truck van boat canoe ship cockpit teapot aquarium
    fishbowl crib stroller cart wheelbarrow wallet purse chest bin hammock cocoon bubble snowglobe terrarium birdcage sack pan
    """.split()
)
THINGS = (
    frozenset(
        """
    car automobile bus truck lorry van taxi cab train tram locomotive bicycle bike motorcycle motorbike scooter skateboard tractor bulldozer
    excavator ambulance limousine jeep plane airplane aeroplane aircraft jet helicopter drone rocket spaceship spacecraft ufo satellite balloon
    airship zeppelin blimp boat ship sailboat yacht ferry canoe kayak raft submarine anchor wheel tyre tire engine carriage wagon sled sleigh
    sledge snowboard surfboard skis skate rollerskate parachute glider kite
    house home cottage cabin hut tent igloo castle palace tower lighthouse windmill watermill barn farmhouse church cathedral temple mosque
    pagoda skyscraper building bridge gate door window roof chimney wall fence stairs staircase ladder fountain statue well treehouse
    doghouse birdhouse mansion monument pyramid arch balcony pier mailbox postbox letterbox phonebox billboard sign signpost poster banner flag
    chair armchair sofa couch bench stool table desk bed crib cupboard wardrobe shelf bookshelf bookcase drawer lamp lantern candle chandelier
    mirror clock carpet rug mat curtain pillow cushion blanket sheet picture frame painting vase plant cactus pot stove oven fridge
    refrigerator microwave toaster kettle sink bathtub shower toilet fireplace radiator fan heater vacuum broom mop bucket towel sponge
    cup mug glass bottle jar bowl plate dish fork knife spoon chopsticks pan saucepan wok teapot tray basket box crate barrel bag backpack
    suitcase briefcase handbag purse wallet umbrella parasol key keyring lock padlock chain rope string ribbon gift present parcel package
    envelope letter postcard card stamp book notebook magazine newspaper diary pen pencil brush paintbrush crayon marker eraser ruler
    scissors stapler paper map globe calendar folder clipboard whiteboard blackboard chalk easel canvas palette
    computer laptop notebook tablet phone smartphone telephone cellphone monitor screen display keyboard mouse mousepad printer scanner
    copier router modem switch server rack cable cord wire plug socket outlet adapter charger battery powerbank usb stick headset headphones
    speaker loudspeaker microphone camera webcam camcorder television tv remote radio antenna projector console gamepad joystick controller
    chip microchip circuit motherboard drive disk cd dvd vinyl bulb lightbulb flashlight torch light led button knob lever dial gauge
    thermometer sensor meter fuse robot vacuum dishwasher washer dryer ticket receipt invoice badge sticker label barcode tag chatbot bubble
    calculator typewriter gramophone telescope microscope compass magnifier hourglass scale sword shield bow arrow spear axe hammer saw drill
    screwdriver wrench spanner pliers nail screw bolt nut gear cog spring toolbox shovel rake hoe wheelbarrow hose bell whistle trophy medal
    guitar piano violin cello drum flute trumpet saxophone harp accordion harmonica banjo ukulele
    ball football soccerball basketball volleyball baseball bat racket racquet puck dart chess dice die puzzle doll teddy toy top yoyo swing
    slide seesaw trampoline carousel rollercoaster balloon firework confetti candle cake
    apple pear orange banana lemon lime grape cherry strawberry raspberry blueberry watermelon melon pineapple mango peach plum kiwi coconut
    avocado tomato potato carrot onion garlic pepper chili cucumber lettuce cabbage broccoli corn pumpkin mushroom eggplant pea bean
    bread loaf baguette croissant bun sandwich burger hamburger pizza pasta spaghetti noodle rice sushi dumpling soup salad steak sausage
    bacon egg omelette cheese butter milk pancake waffle muffin cupcake pie tart cookie biscuit donut doughnut chocolate candy sweet lollipop
    honey jam coffee tea juice water wine beer cocktail soda lemonade smoothie popcorn fries chip ramen taco burrito bagel pretzel macaron
    tree oak pine palm birch willow maple bonsai bush hedge flower rose tulip daisy sunflower lily lotus orchid daffodil poppy lavender
    dandelion bouquet leaf branch root trunk log stump grass moss fern bamboo vine ivy seed acorn pinecone wreath cactus
    sun moon star planet comet asteroid meteor galaxy rainbow cloud lightning iceberg volcano waterfall river lake pond stream island cliff
    rock stone boulder pebble shell feather bone snowflake snowball icicle puddle wave sand fire campfire flame smoke crystal diamond gem
    pearl coin treasure chest crown ring heart circle square triangle cube sphere ball pyramid cone cylinder spiral arrow line dot
    emoji icon logo skull egg nest web hive cage trap bowl fishbowl aquarium scarecrow bubble bone origami mosaic totem cauldron wand potion
    row pile stack heap cartridge
    hook thundercloud stormcloud raincloud tap faucet spout kerb curb peg hanger coathanger doily lectern teaspoon katana trebuchet cobblestone
    sousaphone didgeridoo boomerang pinata sundae popsicle milkshake lasagne lasagna quiche casserole gingerbread eclair crumpet scone toast
    toaster duvet mattress futon ottoman dresser nightstand bookend snowplough sandpit seesaw ledge windowpane mural billboard marquee bollard
    scroll crossbow cannon tank throne catapult drawbridge coral seaweed buoy lifebuoy paddle oar sail hammock deckchair sandcastle beachball
    """.split()
    )
    | MORE_THINGS
    | RARER_THINGS
)
BODY = frozenset(
    "eye hair ear nose mouth beard moustache mustache tail fur wing leg arm paw claw horn antler beak mane stripe spot face smile eyebrow eyelash freckle tooth tusk whisker skin scale feather hoof fin tentacle trunk body belly cheek hand head foot neck lip fang".split()
)
MASS = frozenset(
    "toast dough steam mud wool chai matcha cocoa marmalade yoga syrup water grass sand snow ice fire smoke coffee tea juice milk wine beer soup rice bread hair fur lightning paper moss seaweed bamboo confetti fruit food money luggage furniture jewellery jewelry clothing armour armor ivy lavender honey popcorn pasta spaghetti sushi salad cheese bacon garlic corn chess lemonade soda butter chocolate coral treasure laundry traffic equipment graffiti litter rubbish garbage trash text writing vegetation scenery".split()
)
ABSTRACT = frozenset(
    "word caption lettering freedom hope love happiness peace meaning life time idea thing something anything everything nothing feeling future past world dream memory justice truth beauty silence friendship success growth teamwork innovation trust mood vibe way sort kind type lot bit rest question answer problem help sense style colour color one background foreground scene view request wish shot version picture image it".split()
)
SEASONS = frozenset("spring summer autumn winter".split())
# Verbs whose object ends up where the next words say, and things that are part of what has them.
MOVING = frozenset(
    "plugging putting placing inserting pouring throwing dropping loading packing pushing sliding".split()
)
PARTS = frozenset(
    "screen light display button lid door window roof wheel handle logo label sticker sign flag chimney sail cover".split()
)
# A wish that begins with one of these and goes on to say what of is passed on as it is.
INTANGIBLE = frozenset(
    """
    something anything everything nothing feeling idea concept sense meaning essence spirit sound smell taste memory dream thought emotion
    mood vibe atmosphere loneliness solitude freedom hope love happiness joy sadness grief peace silence nostalgia beauty truth justice
    infinity eternity time future past success failure friendship trust passage
    """.split()
)
SURFACES = frozenset(
    "table desk shelf floor ground chair armchair sofa couch bench bed rug carpet mat stool grass hill roof wall windowsill branch pillow cushion blanket tray plate rock log counter lap shoulder".split()
)
GROUPS = frozenset(
    "group flock herd crowd pack bunch school swarm fleet lot variety handful family gang team pride army bunch ton couple pair lots dozens hundreds thousands loads plenty tons bit number".split()
)
MEASURES = frozenset(
    "cup glass mug bowl plate bottle jar slice piece bouquet pile stack basket box bag loaf pot can bucket field vase string pair row bar bunch tray ball sheet drop heap bundle pack deck".split()
)

COLOURS = {
    "red": "red", "crimson": "red", "scarlet": "red", "maroon": "red", "ruby": "red", "orange": "orange", "yellow": "yellow", "green": "green", "emerald": "green", "lime-green": "green",
    "blue": "blue", "navy": "blue", "azure": "blue", "cyan": "blue", "turquoise": "blue", "teal": "blue", "purple": "purple", "violet": "purple", "lilac": "purple", "lavender": "purple", "indigo": "purple", "magenta": "pink",
    "pink": "pink", "rose-coloured": "pink", "brown": "brown", "tan": "brown", "black": "black", "white": "white", "grey": "grey", "gray": "grey",
    "redish": "red", "reddish": "red", "bluish": "blue", "greenish": "green", "blonde": "yellow", "ginger": "orange", "mustard": "yellow", "russet": "brown", "chartreuse": "green", "cerise": "pink", "taupe": "brown",
    "golden": "golden", "beige": "beige", "champagne": "beige", "cream": "white", "khaki": "khaki", "burgundy": "red", "fuchsia": "pink", "mauve": "purple", "ochre": "yellow", "aquamarine": "blue", "vermilion": "red", "cerulean": "blue",
}  # fmt: skip
# Shades that a brief names by the asker's own word, and not by the colour that they are a shade of.
SHADES = frozenset(
    """
    crimson scarlet maroon ruby emerald navy azure cyan turquoise teal violet lilac lavender indigo magenta burgundy fuchsia mauve ochre
    aquamarine vermilion cerulean mustard russet chartreuse cerise taupe champagne cream
    """.split()
)
ADJECTIVES = frozenset(
    """
    big small large little tiny huge giant enormous gigantic massive miniature tall short long wide narrow thick thin fat slim skinny chubby plump round
    square flat curved straight sharp blunt deep shallow high low heavy light old new young ancient modern vintage retro antique futuristic medieval
    victorian classic baby adult elderly middle-aged happy sad angry scared surprised sleepy tired bored excited calm proud shy curious grumpy lonely
    friendly kind gentle brave clever wise silly funny cute adorable lovely beautiful pretty handsome elegant ugly scary creepy spooky mysterious magic magical
    mystical enchanted haunted abandoned empty full open closed broken cracked damaged burnt rusty dirty dusty muddy clean shiny glossy matte polished smooth
    rough soft hard fluffy furry hairy bald wet dry frozen melting burning glowing sparkling glittering shimmering transparent translucent see-through
    clear dark bright pale vivid colourful colorful rainbow striped spotted dotted checkered plaid patterned floral plain simple complex ornate fancy
    luxurious luxury cheap expensive golden gold silver silvery bronze copper brass metal metallic steel iron wooden wood stone brick marble glass plastic paper
    leather woollen woolen wool knitted knit crochet velvet silk cotton straw rubber ceramic porcelain clay crystal diamond neon electric wireless digital smart
    mechanical steampunk cyberpunk robotic organic fresh ripe rotten juicy sweet sour spicy hot warm cold cool icy raw cooked baked fried roasted
    sliced chopped steaming fast slow quick busy quiet loud noisy crowded peaceful cozy cosy wild tame domestic tropical exotic arctic african asian
    european american chinese japanese korean indian french italian german spanish british english russian mexican egyptian greek roman nordic persian siamese
    siberian bengal real realistic fake toy stuffed teddy cartoonish strong weak muscular injured sick healthy blind one-eyed two-headed winged horned bearded
    flying sleeping running walking jumping swimming sitting standing lying dancing singing smiling laughing crying waving reading hiding falling floating
    blinking flashing ringing spinning rolling shining hanging leaning kneeling crawling climbing barking meowing howling roaring growling yawning
    half-open half-eaten double single tangled coiled folded unfolded crumpled torn ripped wrinkled overflowing leafy bare blooming blossoming mossy rocky sandy grassy snowy
    snow-capped snow-covered stormy sunny rainy cloudy foggy misty windy starry moonlit sunlit lush barren majestic epic dramatic minimalist minimal
    cosmic celestial royal noble holy sacred evil angelic demonic ghostly undead fantastic legendary mythical mighty fierce ferocious playful mischievous
    lazy energetic cheerful joyful gloomy melancholic nostalgic romantic whimsical surreal abstract geometric symmetrical fuzzy spiky pointy bushy slimy sticky
    sleek stylish trendy fashionable chic casual formal vegan gluten-free homemade lit unlit unplugged plugged-in male female identical
    matching oversized undersized inflatable portable foldable rural urban suburban industrial nuclear solar nearby distant faraway smiling upside-down
    alive alone afloat ajar aflame overgrown lopsided disguised polka-dot homemade freckled spiral teal-eyed
    blank autumn winter summer spring barefoot naked armed unarmed masked hooded sunken floating stray lone lost forgotten gray-haired red-haired blonde lop-eared long-haired short-haired
    tabby calico tortoiseshell piebald dappled brindle messy tame reflective tiled cobbled paved thatched
    daily weekly monthly quarterly yearly annual deadly lively ghastly wobbly bubbly prickly crumbly woolly
    stuck caught trapped hung strung spun woven sunk chill cobbled curly shaggy scruffy sturdy frosty velvety gnarled weathered tattered battered ragged drowsy dizzy goofy chonky tubby pudgy
    stout lanky petite slender hefty bulky compact cramped cluttered tidy messy neat pristine grimy greasy sooty frosted glazed creamy crispy
    crunchy chewy soggy smoky murky vibrant dull faded iridescent pearly chrome woven quilted embroidered frilly pleated tartan
    hollow solid bent crooked tilted parked moving grumpy wooden stubborn clumsy nervous worried confused relaxed serious alert awake asleep hungry thirsty
    """.split()
)
# Verbs by their base; the tables below give what they say about where a thing is.
VERBS = frozenset(
    """
    sit stand lie sleep fly run walk swim jump leap play eat drink hold wear carry ride drive read write look watch chase follow hug kiss push
    pull climb dance sing smile laugh cry wave cook bake paint draw fish hunt dig build fix repair clean wash sweep throw catch kick hit fight
    hide seek fall float rest nap lean kneel crouch crawl roll spin slide swing hang shine glow burn blink flash ring melt grow bloom blossom
    bark meow howl roar growl yawn stretch juggle surf ski skate cycle sail row paddle dive camp hike bathe shower talk speak chat whisper shout
    type call text study learn teach work wait stare gaze peek peer glance point touch feed pet stroke lick bite chew nibble sniff smell taste
    pour stir mix cut slice chop open close lock unlock plug unplug print scan charge connect plant pick water harvest land hover soar glide
    perch graze gallop trot race hop bounce skip march stroll wander explore cross pass approach leave enter guard protect help balance
    deliver unpack pack wrap unwrap drip leak steam smoke explode erupt drift stack surround cover decorate fill contain face meet celebrate
    meditate relax sunbathe snore dream wink nod bow cuddle snuggle knit sew feel get blow conduct perform attack breathe shake greet
    go come crack break sign argue swallow wrestle haul tow hold lick peel paw nudge hand pass offer argue sign shop order receive return install assemble sort count measure weigh lift drag roast grill fry fish catch land
    """.split()
)
PLACED = {
    "riding": "on", "wearing": "wearing", "holding": "holding", "carrying": "carrying", "driving": "driving",
    "using": "using", "leaning against": "leaning against", "featuring": "", "containing": "", "including": "", "covering": "",
}  # fmt: skip
ACTIONS = frozenset(kind for verb, kind in PLACED.items() if kind == verb)
VEHICLES = frozenset(
    "car truck tractor van bus train locomotive tram jeep boat tugboat ship helicopter drone bulldozer".split()
)
# What is put over a foot or a hand is worn in pairs; one of it holds what is in it.
WORN_IN_PAIRS = frozenset("shoe boot slipper sock glove mitten sandal sneaker".split())
# What holds things that can be counted: 'a bowl of oranges' is a bowl, with oranges in it; 'a cup of tea' is one thing.
HOLDERS = {
    "bowl": "inside", "basket": "inside", "box": "inside", "bag": "inside", "vase": "inside", "jar": "inside", "crate": "inside",
    "barrel": "inside", "bucket": "inside", "plate": "on", "tray": "on",
}  # fmt: skip
# Words after a verb that belong to it, and what a thing can be without any verb: 'a printer on fire'.
PARTICLES = frozenset("up off out away together apart upside-down".split())
ROAMING = frozenset("crossing exploring entering leaving wandering roaming visiting".split())
STATES = frozenset(
    phrase.strip()
    for phrase in "on fire, in bloom, in flames, in love, in flight, in flower, in leaf, in fruit, in bud, in full bloom, in pieces, at rest, on strike, on sale, in tears, at work, on guard".split(
        ","
    )
)
NUMBERS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11,
    "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
    "half a dozen": 6, "half dozen": 6, "half-dozen": 6, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "hundred": 100, "both": 2,
}  # fmt: skip
NUMBERS |= {
    f"{tens}-{one}": NUMBERS[tens] + NUMBERS[one]
    for tens in ("twenty", "thirty", "forty", "fifty")
    for one in "one two three four five six seven eight nine".split()
}
SYNONYMS = {
    "kitty": "kitten", "doggy": "dog", "doggo": "dog", "pup": "puppy", "bike": "bicycle", "tshirt": "t-shirt", "cellphone": "phone", "mobile": "phone",
    "tv": "television", "telly": "television", "ladybird": "ladybug", "birdie": "bird", "kid": "child", "someone": "person", "anyone": "person", "anybody": "person", "everyone": "person", "nobody": "person", "somebody": "person",
}  # fmt: skip
# English words that look like slips of known ones.
SPELT_RIGHT = frozenset(
    """
    fete feta judging
    compute linear though certain cast sample retrieve causal angle manage overall east mono confuse unclear packet damage harmonic
    preset trial surprise tort health boost strike magna cattle battle wisdom doable staple warp trail track trick widow persona form
    format cannot policy directly apply prevent weigh subset attach insert try tries inspect thrown inject stride halfway signer
    patent win wins ballot cron coord bullet constrain breach lisp performant flight collide thorough minima customary trie unblock
    simplex learnt unread die dies lien wrinkle statute semaphore shelve concert crossbones bicyclist backtrack backspace daemon
    parity poll project protect titled mixin scream mixing derive fury coma diner latter private police
    bleach blot collar clam fright galley polo shingle sludge thicket trough hostel closet status statuses county excite saloon
    redish shallot bridle dairy giblet giggle yoghurt dessert desserts google maintain composite tier guardian campaign
    cellular sprinkle mate compat mantissa turnup datetime legendre
    """.split()
)
MISSPELT = {
    "cta": "cat", "dgo": "dog", "teh": "the", "adn": "and", "wih": "with", "wiht": "with", "whit": "with", "bule": "blue", "gren": "green", "yelow": "yellow", "purpel": "purple", "elefant": "elephant",
    "elephent": "elephant", "bycicle": "bicycle", "bicyle": "bicycle", "girafe": "giraffe", "giraf": "giraffe", "brid": "bird", "hosue": "house", "tabel": "table", "chiar": "chair", "dargon": "dragon",
    "umbrela": "umbrella", "moutain": "mountain", "mountian": "mountain", "begger": "bigger", "aple": "apple", "ballon": "balloon", "baloon": "balloon", "beech": "beach",
    "sunet": "sunset", "sunst": "sunset", "nite": "night", "wich": "which", "litle": "little", "tow": "two", "thre": "three", "withut": "without", "wihtout": "without",
    "calender": "calendar", "calander": "calendar", "sicssors": "scissors", "scisors": "scissors", "woden": "wooden", "typwriter": "typewriter", "helicoptor": "helicopter",
    "recieve": "receive", "wierd": "weird", "freind": "friend", "thier": "their", "untill": "until", "becuase": "because", "definately": "definitely", "grafitti": "graffiti",
    "nxt": "next", "unter": "under", "undr": "under", "behing": "behind", "sitt": "sit", "siting": "sitting", "runing": "running", "swiming": "swimming", "wereing": "wearing",
    "wearin": "wearing", "pls": "please", "plz": "please", "thx": "thanks", "pic": "picture", "pics": "pictures", "rabit": "rabbit", "squirel": "squirrel", "iland": "island", "restarant": "restaurant", "resturant": "restaurant", "libary": "library", "dinasour": "dinosaur", "dinosor": "dinosaur", "octupus": "octopus", "sandwhich": "sandwich", "pidgeon": "pigeon", "piegon": "pigeon", "lizzard": "lizard", "aligator": "alligator", "leapord": "leopard", "kangeroo": "kangaroo", "rhinocerous": "rhinoceros", "castel": "castle", "ramin": "ramen", "grandda": "grandad", "gaurd": "guard",
    "pengiun": "penguin", "penguine": "penguin",
}  # fmt: skip
