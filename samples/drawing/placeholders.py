"""Numbered flat-colour pictures that stand where photographs stood."""

import colorsys
import io

from PIL import Image, ImageDraw, ImageFont

from drawing.fonts import FILES

SIZE_PX = (108, 72)


def placeholder(number: int) -> bytes:
    """A PNG, for every fourth number a JPEG, of a colour of its own with the number on it."""
    hue = (number * 0.6180339887) % 1.0  # golden ratio: neighbours differ clearly
    colour = tuple(int(255 * part) for part in colorsys.hls_to_rgb(hue, 0.72, 0.45))
    image = Image.new("RGB", SIZE_PX, colour)
    pen = ImageDraw.Draw(image)
    font = ImageFont.truetype(str(FILES["dejavu-b"]), 34)
    pen.text((SIZE_PX[0] / 2, SIZE_PX[1] / 2), str(number), fill=(60, 60, 60), font=font, anchor="mm")
    out = io.BytesIO()
    if number % 4 == 0:
        image.save(out, "JPEG", quality=30, optimize=True)
    else:
        image.quantize(8).convert("RGB").save(out, "PNG", optimize=True)
    return out.getvalue()
