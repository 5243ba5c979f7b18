"""What can be asked for at all, whatever the model: held by the tools, told early by adapters."""

import re

from bot.errors import RequestError

MAX_COUNT = 4
MAX_PROMPTS = 1000
MAX_SEED = 2**32 - 1
MAX_STEPS = 200
MAX_GUIDANCE = 30.0
MAX_BEST_OF = 8
MAX_REVISIONS = 2
MAX_LORAS = 4
MAX_LORA_WEIGHT = 2.0
MIN_SIDE_PX = 64
MAX_SIDE_PX = 8192
MOST_UNEQUAL_SIDES = 4.0


def check_aspect(aspect: str) -> str:
    """The aspect ratio itself, without spaces around it.

    Raises:
        RequestError: It is none such as '3:2', or not within 1:4 to 4:1.
    """
    match = re.fullmatch(r"([1-9]\d{0,3}):([1-9]\d{0,3})", aspect.strip())
    if not match or not 1 / MOST_UNEQUAL_SIDES <= int(match[1]) / int(match[2]) <= MOST_UNEQUAL_SIDES:
        raise RequestError(f"The aspect '{aspect}' can't be painted", "Say it like 3:2, from 1:4 to 4:1.")
    return match[0]


def check_strength(strength: float) -> float:
    """The strength itself.

    Raises:
        RequestError: It is not over 0 to 1.
    """
    if not 0 < strength <= 1:
        raise RequestError(f"The strength {strength:g} is out of range", "Choose over 0 to 1, such as 0.6.")
    return strength


def check_size(size: str) -> tuple[int, int]:
    """Both sides of 'WxH' in pixels; what one model can't paint of it, the tool says later.

    Raises:
        RequestError: It is none such as '512x512', or a side is not within what can be asked for.
    """
    match = re.fullmatch(r"(\d{1,12})\s*[x×X*]\s*(\d{1,12})", size.strip())
    if not match:
        raise RequestError(f"'{size[:30]}' is no size", "Say it like 512x512.")
    width_px, height_px = int(match[1]), int(match[2])
    if not all(MIN_SIDE_PX <= side_px <= MAX_SIDE_PX for side_px in (width_px, height_px)):
        raise RequestError(
            f"The size {size} can't be painted", f"Each side is {MIN_SIDE_PX} to {MAX_SIDE_PX} px, such as 512x512."
        )
    return width_px, height_px
