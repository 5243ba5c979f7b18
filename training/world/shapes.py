"""Things drawn by hand because the emoji font has no glyph for them, on boards 512 pixels square."""

from collections.abc import Callable

from PIL import Image, ImageDraw

from training.world.palette import named, shade

Pen = ImageDraw.ImageDraw
BOARD_PX = 512


def _router(pen: Pen, colour: str) -> None:
    body = named(colour, (70, 78, 92))
    dark = shade(body, 0.68)
    for x in (112, 400):
        pen.rounded_rectangle((x - 13, 70, x + 13, 330), 12, fill=dark)
    for radius in (48, 92, 136):
        pen.arc((256 - radius, 226 - radius, 256 + radius, 226 + radius), 225, 315, fill=(60, 150, 255), width=24)
    pen.ellipse((238, 208, 274, 244), fill=(60, 150, 255))
    pen.rounded_rectangle((36, 306, 476, 436), 36, fill=body)
    pen.rounded_rectangle((36, 396, 476, 436), 18, fill=dark)
    for index, lamp in enumerate(((120, 255, 120), (120, 255, 120), (255, 210, 80), (120, 255, 120))):
        pen.ellipse((90 + index * 60, 336, 122 + index * 60, 368), fill=lamp)


def _connector(pen: Pen, left: int, top: int) -> None:
    pen.rounded_rectangle((left, top, left + 130, top + 96), 14, fill=(226, 229, 236))
    pen.rectangle((left + 18, top + 20, left + 112, top + 44), fill=(206, 164, 60))
    for x in range(left + 28, left + 112, 18):
        pen.rectangle((x, top + 20, x + 6, top + 44), fill=(120, 90, 30))


def _cable(pen: Pen, colour: str) -> None:
    cord = named(colour, (60, 140, 220))
    pen.arc((30, 196, 242, 408), 0, 180, fill=cord, width=34)
    pen.arc((208, 96, 420, 308), 180, 360, fill=cord, width=34)
    pen.rectangle((208, 200, 242, 306), fill=cord)
    pen.rectangle((30, 190, 64, 306), fill=cord)
    pen.rectangle((386, 200, 420, 316), fill=cord)
    _connector(pen, 0, 110)
    _connector(pen, 338, 300)


def _plug(pen: Pen, colour: str) -> None:
    body = named(colour, (236, 238, 242))
    for x in (176, 312):
        pen.rounded_rectangle((x, 40, x + 26, 170), 8, fill=(176, 182, 194))
    pen.rounded_rectangle((116, 150, 396, 320), 46, fill=body)
    pen.rounded_rectangle((116, 256, 396, 320), 32, fill=shade(body, 0.82))
    pen.rounded_rectangle((206, 300, 306, 372), 20, fill=shade(body, 0.7))
    pen.line((256, 360, 256, 490), fill=shade(body, 0.55), width=34)


def _server(pen: Pen, colour: str) -> None:
    pen.rounded_rectangle((96, 20, 416, 492), 24, fill=(52, 58, 70))
    for row in range(4):
        top = 46 + row * 106
        pen.rounded_rectangle((120, top, 392, top + 84), 12, fill=(96, 106, 124))
        for x in range(212, 372, 26):
            pen.rectangle((x, top + 22, x + 12, top + 62), fill=(60, 66, 80))
        pen.ellipse((138, top + 30, 164, top + 56), fill=(110, 240, 120))
        pen.ellipse((172, top + 30, 198, top + 56), fill=(80, 180, 255) if row % 2 else (255, 200, 70))


def _hot_air_balloon(pen: Pen, colour: str) -> None:
    cloth = named(colour, (235, 80, 70))
    for x in (160, 220, 292, 352):
        pen.line((x, 300, 256 + (x - 256) * 0.4, 430), fill=(90, 60, 30), width=6)
    pen.ellipse((76, 6, 436, 352), fill=cloth)
    pen.ellipse((150, 6, 362, 352), fill=(250, 236, 192))
    pen.ellipse((206, 6, 306, 352), fill=cloth)
    pen.rounded_rectangle((204, 424, 308, 504), 12, fill=(150, 95, 45))
    pen.rectangle((204, 424, 308, 442), fill=(110, 65, 30))


def _lighthouse(pen: Pen, colour: str) -> None:
    stripe = named(colour, (220, 50, 50))
    wall = (170, 176, 188) if colour == "white" else (246, 246, 246)
    pen.polygon([(192, 150), (320, 150), (362, 496), (150, 496)], fill=wall)
    for top in (190, 300, 410):
        near, far = (42 * (y - 150) / 346 for y in (top, top + 54))
        corners = [(192 - near, top), (320 + near, top), (320 + far, top + 54), (192 - far, top + 54)]
        pen.polygon(corners, fill=stripe)
    pen.rectangle((178, 132, 334, 154), fill=(60, 60, 70))
    pen.rectangle((206, 74, 306, 132), fill=(255, 230, 120))
    pen.polygon([(188, 78), (324, 78), (256, 16)], fill=stripe)


def _windmill(pen: Pen, colour: str) -> None:
    cap = named(colour, (196, 74, 56))
    pen.polygon([(190, 210), (322, 210), (366, 500), (146, 500)], fill=(240, 226, 200))
    pen.pieslice((180, 140, 332, 292), 180, 360, fill=cap)
    pen.rounded_rectangle((226, 400, 286, 500), 20, fill=(120, 78, 44))
    for turn_x, turn_y in ((1, 1), (-1, 1), (1, -1), (-1, -1)):
        tip = (256 + 172 * turn_x, 200 + 172 * turn_y)
        pen.line((256, 200, *tip), fill=(110, 72, 40), width=12)
        inner = (256 + 40 * turn_x, 200 + 40 * turn_y)
        side = (44 * turn_y, -44 * turn_x)
        sail = [inner, tip, (tip[0] + side[0], tip[1] + side[1]), (inner[0] + side[0], inner[1] + side[1])]
        pen.polygon(sail, fill=(250, 250, 244), outline=(110, 72, 40), width=6)
    pen.ellipse((238, 182, 274, 218), fill=(90, 58, 34))


def _open_box(pen: Pen, colour: str) -> None:
    front, inner = (206, 150, 92), (140, 94, 52)
    pen.polygon([(70, 200), (442, 200), (400, 130), (112, 130)], fill=inner)
    pen.polygon([(70, 200), (112, 130), (40, 84), (4, 160)], fill=shade(front, 1.12))
    pen.polygon([(442, 200), (400, 130), (472, 84), (508, 160)], fill=shade(front, 1.12))
    pen.rectangle((70, 200, 442, 480), fill=front)
    pen.rectangle((226, 200, 286, 480), fill=shade(front, 0.9))
    pen.rectangle((70, 200, 442, 216), fill=shade(front, 0.84))


SHAPES: dict[str, Callable[[Pen, str], None]] = {
    "router": _router,
    "cable": _cable,
    "plug": _plug,
    "server": _server,
    "hot air balloon": _hot_air_balloon,
    "lighthouse": _lighthouse,
    "windmill": _windmill,
    "open box": _open_box,
}


def draw_shape(name: str, colour: str) -> Image.Image:
    """The shape with a transparent ground, cropped, about 256 pixels on its longer side."""
    board = Image.new("RGBA", (BOARD_PX, BOARD_PX))
    SHAPES[name](ImageDraw.Draw(board), colour)
    cropped = board.crop(board.getbbox())
    return cropped.reduce(2)
