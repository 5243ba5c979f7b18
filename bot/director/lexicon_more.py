"""More English nouns that can be painted, rarer than those of bot/director/lexicon.py, and never anything else."""

MORE_ANIMALS = frozenset(
    """
    boar bobcat caribou catfish cockatoo condor cougar coyote cuckoo eel finch firefly gnat greyhound heron hornet hyena ibis jackal jay lark
    lemming locust macaw mammoth mantis marmot marten mongoose mussel mustang newt ocelot oriole osprey oyster pelican pheasant porcupine
    prawn quail salamander scallop scarab sheepdog skylark spaniel stallion starling stingray stoat stork termite toucan tuna vole wallaby
    warthog weevil wren yak zebu clam cod sardine trout pike perch piranha manatee narwhal gopher tapir okapi ibex mandrill macaque baboon
    elk badger magpie osprey cockerel turkey tomcat beagle spaniel corgi
    hound collie retriever setter mare colt filly ewe gander piglet cub
    """.split()
)
# Animals with nothing near them in the built-in model's small world.
CREATURES = frozenset(
    """
    stag doe vixen rook kestrel gannet guillemot curlew plover lapwing nightingale woodpigeon budgie budgerigar parakeet lovebird
    bantam gosling moggy mutt whippet lurcher pinscher mastiff pomeranian maltese rottweiler doberman schnauzer borzoi saluki
    hoverfly mayfly cricket grasshopper cicada woodlouse centipede millipede earwig aphid kudu impala oryx wildebeest jaguarundi
    """.split()
)
MORE_THINGS = frozenset(
    """
    dessert abbey almond ankle anvil apartment apricot ashtray awning axle banquet barge bassoon beacon beehive belfry blazer blender blouse booth
    bonfire bonnet bracket braid brewery brochure bunker buttercup camellia campsite cannonball canteen cardigan cashew carton
    casket cauliflower cellar celery chalet chalice cinnamon clarinet clover clothesline cobweb cockpit conveyor corset cradle crater
    crocus cufflink custard cymbal dagger dahlia diner dome doorway doorstep doormat driftwood duster dustpan easel eggplant elevator
    escalator embryo envelope espresso eucalyptus farm fiddle fig flask flipper flute forge fort fossil fudge funnel furnace gallows
    garland gargoyle gazebo geyser gherkin gingerbread glacier goblet goggle gondola grapefruit grapevine gravel gravestone graveyard grill
    hairbrush hairdryer hallway handbell handcuff handrail harness harpoon hatchet haystack hazelnut headstone hearth headlight hinge holster
    hornet horseshoe hotdog hydrant inkwell jackhammer jellybean jetty jigsaw jug jukebox ketchup kennel kiln kiosk knapsack labyrinth
    lampshade lantern lasso leash lemon lever lifeboat lunchbox lute maze mailbag mandolin mango maraca marshmallow mast maypole megaphone
    metronome minaret mistletoe moat moccasin mortar motorboat mousse mousetrap nacho napkin nectarine needle noose nutcracker nutmeg
    obelisk oboe omelet paddock pail papaya parka parsley parsnip pastry paperclip paperweight parasol patio pebble pecan pedal
    pedestal pendulum peppermint petal petunia pickaxe pickle pillar pillow pincushion pistachio pitchfork pitcher plaque plateau
    playpen plough podium porridge pretzel propeller pudding pulley pylon quilt quiver radish raft raspberry razor recliner
    rhubarb rosary rosemary rowboat rudder ruin saddle sapphire satchel saucer sauna scaffold scaffolding sceptre scallop scythe seaplane
    seashell sequin shamrock shoelace shoebox shrine shrub shutter sickle sidecar signboard silo siren skillet skirt slate snorkel soap
    spade spatula spinach spire spool spotlight sprinkler sprout squash stethoscope stopwatch stocking stopwatch strainer streetlight
    streetlamp suitcase sundial sweatshirt swordfish syringe tadpole tambourine tapestry tarpaulin teabag teapot teaspoon tepee
    thermos thimble thistle thermostat throne toadstool toothbrush toothpaste tombstone torpedo tripod trident trinket trolley
    trombone trowel truffle tuba tugboat tulip turnip turret turnstile tutu tweezers typewriter unicycle urn vane veranda viaduct
    viola walkie-talkie walnut wardrobe washbasin waistcoat weathervane wedge wheelchair whisk wicket windshield windsock wishbone
    wigwam woodpile workbench wreck xylophone yam yarn yogurt yoyo zipper zither toadstool dynamo turbine hairpin hedge parking-meter
    signpost skylight stairwell drawbridge trapdoor porthole tarp tinsel doughnut pineapple cupcake
    """.split()
)
