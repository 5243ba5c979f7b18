"""What can be asked for at all, whatever the model: held by the tools, told early by adapters."""

from bot.errors import RequestError

MAX_COUNT = 4
MAX_SEED = 2**32 - 1
MAX_STEPS = 200
MAX_GUIDANCE = 30.0
MIN_SIDE_PX = 64
MAX_SIDE_PX = 8192
MOST_UNEQUAL_SIDES = 4.0


def check_strength(strength: float) -> float:
    """The strength itself.

    Raises:
        RequestError: It is not over 0 to 1.
    """
    if not 0 < strength <= 1:
        raise RequestError(f"The strength {strength:g} is out of range", "Choose over 0 to 1, such as 0.6.")
    return strength
