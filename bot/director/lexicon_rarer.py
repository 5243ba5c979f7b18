"""English nouns that everyday wishes name now and then: food, clothes, work, rooms, plants, and their people."""

RARER_PEOPLE = frozenset(
    """
    shepherdess hostess huntress stewardess usherette matador bassist harpist flautist trumpeter bugler percussionist soloist chorister toddler
    herbalist pacifist hurler batsman bowler scrumhalf umpire beefeater fishmonger greengrocer ironmonger cheesemonger milkman
    trawlerman dustman binman groundsman signalman ploughman zookeeper innkeeper bookseller auctioneer
    chimneysweep stonemason glassblower basketmaker locksmith goldsmith silversmith farrier thatcher saddler milliner
    ranger bouncer stowaway castaway daydreamer gran grandpa grandad bairn lad lass granny teen tween grandparent stepdad stepmum
    cardinal friar curate verger chaplain deacon hurdler gymnast weightlifter wrestler jockey caddie stuntman understudy
    choirboy schoolboy schoolgirl schoolchild classmate teammate lifeboatman coxswain bosun midshipman gondolier ferryman
    """.split()
)
RARER_ANIMALS = frozenset(
    """
    galah kookaburra quokka lanternfish anglerfish pufferfish clownfish dogfish budgie guppy minnow carthorse foxhound dormouse
    stickleback natterjack heifer hippogriff basilisk pangolin aardvark wolverine lynx caracal serval kakapo dodo auk
    cassowary turtledove cormorant avocet bittern bullfinch goldfinch greenfinch chaffinch fieldfare redwing wagtail wryneck osprey
    """.split()
)
RARER_THINGS = frozenset(
    """
    shed case armrest workbench step bath chapel wheelhouse spectacles binoculars
    bunting periscope latte cappuccino espresso ramen miso gyoza tempura esky gaiwan samovar floodlight headlamp wellington bonnet
    sou'wester
    varnish lipstick mascara perfume shampoo hairdryer toothpick loofah
    punt dinghy trawler schooner galleon hovercraft narrowboat coracle catamaran lifeboat pedalo rickshaw tandem penny-farthing moped
    hearse minibus campervan caravan steamroller forklift digger gritter harvester dumper hang-glider
    skittle hopscotch frisbee shuttlecock wicket stump croquet mallet dumbbell barbell kettlebell treadmill
    trifle crumble custard jelly blancmange sorbet meringue pavlova macaroon eclair scone flapjack shortbread gingerbread tiramisu
    cheesecake brownie fudge toffee nougat marzipan liquorice sherbet pasty samosa bhaji kebab falafel hummus pitta naan chapati dosa paella risotto gnocchi
    ravioli goulash stew chowder gumbo bouillabaisse ketchup mustard mayonnaise gravy vinegar chutney marmite tofu tempeh haggis
    jalapeno leek shallot artichoke okra marrow courgette swede beetroot celeriac chard kale watercress turnip
    ranunculus hydrangea peony camellia geranium snapdragon foxglove hollyhock wisteria jasmine honeysuckle magnolia bluebell snowdrop
    primrose cowslip thistle heather gorse bracken lichen toadstool hibiscus begonia freesia gladiolus chrysanthemum marigold nasturtium
    sapling topiary trellis pergola greenhouse polytunnel compost wheelie-bin birdbox hosepipe secateurs shears scarecrow
    paperclip noticeboard whiteboard lectern flipchart inkpad quill
    mitre crozier chasuble pulpit pew hymnbook steeple gargoyle cloister crypt
    cauldron broomstick grimoire amulet rune orb chalice scabbard gauntlet breastplate tankard goblet lute lyre
    barometer sextant astrolabe theodolite metronome turntable cassette boombox synthesizer harmonium bagpipe bagpipes ocarina glockenspiel
    marimba bodhran tambourine castanets maracas bongo timpani gong
    jerrycan crowbar chisel sander plunger ballcock stopcock pipework radiator boiler cistern ladle colander
    sieve whisk spatula tureen ramekin decanter corkscrew coaster placemat napkin doily tablecloth teacosy
    chaise pouffe footstool hatstand coatstand sideboard bureau cabinet bunk hammock cot highchair rocker chandelier sconce
    banister skirting mantelpiece hearthrug bellows windowbox letterplate doorbell doorknob doorknocker keyhole
    plank girder paving manhole drain gutter downpipe lamppost barrier barricade turnstile
    pennant bunting rosette sash garland pinata streamer tinsel bauble stocking cracker
    jigsaw domino conker catapult pogo-stick stilts unicycle marionette puppet
    icicle puddle seafoam stalactite stalagmite crevasse boulder pebble dune
    hull funnel porthole gangplank anchor rigging mainsail keel tiller
    claymore shillelagh didgeridoo sombrero poncho sari kilt kimono obi
    cobweb footprint
    """.split()
)
RARER_CLOTHES = frozenset(
    """
    tabard nightcap nightgown nightshirt dungaree cummerbund waders oilskins galosh legwarmer
    sweatband wristband cravat necktie headband bathrobe sporran
    """.split()
)
