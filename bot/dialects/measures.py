"""Chinese counts: the number, and the measure word that a thing takes."""

import re

from bot.director.lexicon import ANIMALS, PEOPLE
from bot.director.lexicon_zh import CLASSIFIERS, MEASURES

NUMBERS = ("零", "一", "两", "三", "四", "五", "六", "七", "八", "九", "十")
_CLASSES = """
匹 horse pony foal camel wolf zebra mule
头 cow bull calf pig piglet elephant lion donkey ox buffalo yak bear whale rhino hippo
条 fish goldfish koi carp shark snake dragon crocodile caterpillar worm dolphin scarf skirt trousers jeans tie
  belt rope towel blanket
   necklace ribbon cable network_cable road river bench chain dress shorts raft canoe
辆 car bus truck van taxi bicycle motorcycle scooter tractor excavator ambulance jeep tram carriage tank cart
  tricycle wheelchair stroller
列 train
架 plane helicopter drone glider fighter_jet piano ladder camera telescope airship
艘 boat ship sailboat submarine spaceship yacht ferry
枚 rocket coin medal stamp badge ring
座 castle palace tower lighthouse bridge temple pavilion pagoda mountain volcano windmill statue church
  skyscraper fountain pyramid iceberg island
栋 house building cottage villa mansion hut
顶 tent hat cap crown helmet
扇 door window gate
棵 tree willow cactus cabbage
朵 flower rose tulip sunflower lotus lily daisy peony cloud mushroom cherry_blossom
片 leaf snowflake feather
颗 star planet strawberry cherry candy heart diamond gem pearl tooth bean grape crystal
本 book notebook album calendar
把 chair umbrella parasol knife sword key guitar violin scissors fan axe hammer spoon fork comb screwdriver saw
  shovel lock teapot broom gun
张 table desk bed map card poster postcard ticket paper newspaper chart face stool net carpet photo sofa
件 shirt t-shirt coat jacket sweater raincoat robe uniform vest hoodie kimono suit spacesuit gift present hanfu qipao
双 shoe boot sock glove slipper sneaker chopsticks mitten
副 glasses sunglasses headphones earphones goggles
盏 lamp lantern light
支 pen pencil candle brush paintbrush arrow rifle flute thermometer
台 computer laptop television printer router server fridge machine microwave oven typewriter scanner
  air_conditioner robot_vacuum
部 phone smartphone
幅 painting scroll banner picture
面 flag mirror wall drum shield
根 bamboo branch pillar stick banana carrot bone
块 stone rock cake cheese bread watch sign soap blackboard whiteboard screen board
杯 coffee tea milk juice beer wine latte cappuccino milk_tea hot_chocolate cocktail
碗 rice noodles soup ramen
位 old_man old_woman doctor nurse teacher scientist astronaut engineer artist musician chef knight king queen
  grandmother grandfather
"""
_PAIRS = frozenset("双对")
_COUNT = rf"(?:[{''.join(NUMBERS[1:])}二几半\d]|十[一二三四五六七八九])"
_ONE_OF = f"[{''.join(sorted(CLASSIFIERS))}]"
_OWN = re.compile(rf"{_COUNT}\s*({_ONE_OF})")


def _table() -> dict[str, str]:
    kinds: dict[str, str] = {}
    kind = ""
    for word in _CLASSES.split():
        if word.isascii():
            kinds[word.replace("_", " ")] = kind
        else:
            kind = word
    return kinds


_KINDS = _table()
HOLDERS = {holder: measure for measure, holder in reversed(MEASURES.items())}


def counted(count: int, measure: str, thing: str) -> str:
    """'两只猫': a number of things, with their measure word; a pair counts as two."""
    if measure in _PAIRS:
        count, measure = (count // 2, measure) if count % 2 == 0 else (count, "只")
    return f"{_number(count)}{measure}{thing}"


def _number(count: int) -> str:
    """两, 十二, 三十; beyond 99 in digits."""
    if count < len(NUMBERS):
        return NUMBERS[count]
    tens, ones = divmod(count, 10)
    if tens >= len(NUMBERS) - 1:
        return str(count)
    digits = {2: "二"}
    front = "" if tens == 1 else digits.get(tens, NUMBERS[tens])
    return f"{front}十{digits.get(ones, NUMBERS[ones]) if ones else ''}"


def measure_word(name: str, noun: str, words: str) -> str:
    """The measure word of a thing: the asker's own, else the usual one.

    Args:
        name: Its English name.
        noun: Its Chinese name.
        words: The asker's.
    """
    plain = name.casefold()
    head = plain.split()[-1]
    usual = _KINDS.get(plain) or _KINDS.get(head) or ("只" if head in ANIMALS and head not in PEOPLE else "个")
    return _own(noun, words) or usual


def _own(noun: str, words: str) -> str:
    """The measure word that stands with the noun in the asker's words: the last one before it within its phrase."""
    at = words.find(noun)
    before = re.split(r"[，。,.；;、！!？?和与跟]", words[:at])[-1] if at >= 0 else ""
    found = _OWN.findall(before)
    return found[-1] if found else ""
