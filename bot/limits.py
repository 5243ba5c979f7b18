"""What can be asked for at all, whatever the model: held by the imagine tool, told early by adapters."""

MAX_COUNT = 4
MAX_SEED = 2**32 - 1
MAX_STEPS = 200
MAX_GUIDANCE = 30.0
MIN_SIDE_PX = 64
MAX_SIDE_PX = 8192
MOST_UNEQUAL_SIDES = 4.0
