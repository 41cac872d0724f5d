"""Pictures that no camera took: a carton with an invented mark, stamped as synthetic."""

import io
from random import Random

from PIL import Image, ImageDraw, ImageFont

_SIZE = (960, 720)


def carton(chance: Random, mark: str, quantity: str, label: str) -> bytes:
    """A JPEG of an opened carton on a table, with the mark, how many, and whose."""
    picture = Image.new("RGB", _SIZE, (126 + chance.randrange(30), 122, 116))
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 470, *_SIZE), fill=(92, 84, 74))
    shade = chance.randrange(-18, 18)
    pen.polygon([(170, 250), (790, 250), (850, 620), (110, 620)], fill=(176 + shade, 138 + shade, 96))
    pen.polygon([(170, 250), (60, 170), (330, 150), (400, 250)], fill=(196 + shade, 160 + shade, 118))
    pen.polygon([(790, 250), (900, 170), (630, 150), (560, 250)], fill=(190 + shade, 152 + shade, 110))
    for row in range(2):
        for place in range(5):
            left, top = 200 + place * 116, 275 + row * 60
            colour = tuple(90 + chance.randrange(140) for _ in range(3))
            pen.rounded_rectangle((left, top, left + 100, top + 48), 8, fill=colour, outline=(40, 36, 32))
    pen.text((190, 430), mark, font=ImageFont.load_default(72), fill=(44, 34, 26))
    pen.text((190, 520), f"{quantity} / {label}"[:44], font=ImageFont.load_default(32), fill=(60, 48, 36))
    pen.rectangle((0, 660, _SIZE[0], _SIZE[1]), fill=(20, 20, 20))
    pen.text(
        (24, 672), "SYNTHETIC: no real goods, brand or person", font=ImageFont.load_default(30), fill=(250, 220, 90)
    )
    held = io.BytesIO()
    picture.save(held, "JPEG", quality=80)
    return held.getvalue()
