"""Colours as numbers, and the few helpers that mix them."""

import colorsys

RGB = tuple[int, int, int]

HUES_DEG: dict[str, int] = {
    "red": 0, "orange": 28, "yellow": 52, "green": 120, "blue": 215, "purple": 275, "pink": 330, "brown": 24,
}  # fmt: skip

SKY: dict[str, tuple[RGB, RGB]] = {
    "day": ((92, 178, 245), (200, 232, 252)),
    "sunset": ((122, 72, 150), (255, 170, 96)),
    "night": ((14, 20, 58), (44, 58, 112)),
}
OVERCAST: dict[str, tuple[RGB, RGB]] = {
    "day": ((138, 152, 168), (206, 213, 220)),
    "sunset": ((112, 84, 118), (206, 150, 124)),
    "night": ((20, 24, 44), (54, 60, 88)),
}
LIGHT: dict[str, tuple[float, float, float]] = {
    "day": (1.0, 1.0, 1.0),
    "sunset": (0.95, 0.78, 0.74),
    "night": (0.42, 0.46, 0.66),
}


def hsv(hue_deg: float, saturation: float, value: float) -> RGB:
    """The colour of a hue in degrees with saturation and value in [0, 1]."""
    red, green, blue = colorsys.hsv_to_rgb(hue_deg % 360 / 360, saturation, value)
    return round(red * 255), round(green * 255), round(blue * 255)


def lit(colour: RGB, time: str) -> RGB:
    """The colour as it looks at that time of day."""
    red, green, blue = (round(c * k) for c, k in zip(colour, LIGHT[time], strict=True))
    return red, green, blue


def shade(colour: RGB, factor: float) -> RGB:
    """The colour made darker (factor below 1) or lighter, kept in range."""
    red, green, blue = (min(255, round(c * factor)) for c in colour)
    return red, green, blue


def named(colour: str, default: RGB) -> RGB:
    """The flat colour that a colour's name stands for in drawn shapes, or the default for an empty name."""
    if not colour:
        return default
    if colour in ("white", "black"):
        return (246, 246, 248) if colour == "white" else (42, 42, 48)
    if colour == "brown":
        return 138, 88, 48
    return hsv(HUES_DEG[colour], 0.55 if colour == "pink" else 0.82, 0.97 if colour == "pink" else 0.9)
