"""A drawn PDF → what a scanner would make of it: pages that are pictures only, a little askew, with specks."""

import io
from decimal import Decimal

import numpy as np
import pikepdf
import pypdfium2
from PIL import Image, ImageFilter

DPI = 200
SKEW_DEGREES = (0.5, -0.4, 0.3, -0.6, 0.4)
"""Page by page, round and round."""
SPECKS_PER_PAGE = 120
NOISE_LEVELS = 2.5
"""Standard deviation of the noise in grey levels: more makes the files large, not harder."""
GREY_LEVELS = 110
"""Where ink begins on a page scanned in black and white."""


def scan(pdf: bytes, seed: int, grey: bool) -> bytes:
    """The same pages as pictures: fax-coded black and white, or grey JPEG. The same seed gives the same bytes."""
    chance = np.random.default_rng(seed)
    out = pikepdf.new()
    document = pypdfium2.PdfDocument(pdf)
    for index in range(len(document)):
        picture = document[index].render(scale=DPI / 72, grayscale=True).to_pil().convert("L")
        picture = _worn(picture, SKEW_DEGREES[index % len(SKEW_DEGREES)], chance)
        _add_page(out, picture, grey)
    document.close()
    buffer = io.BytesIO()
    out.save(buffer, deterministic_id=True, static_id=False)
    return buffer.getvalue()


def _worn(picture: Image.Image, skew: float, chance: np.random.Generator) -> Image.Image:
    turned = picture.rotate(skew, Image.Resampling.BICUBIC, fillcolor=255).filter(ImageFilter.GaussianBlur(0.6))
    pixels = np.asarray(turned, dtype=np.int16)
    pixels = pixels + chance.normal(0, NOISE_LEVELS, pixels.shape).astype(np.int16)
    high, wide = pixels.shape
    for y, x in zip(
        chance.integers(0, high - 2, SPECKS_PER_PAGE), chance.integers(0, wide - 2, SPECKS_PER_PAGE), strict=True
    ):
        pixels[y : y + 2, x : x + 2] = 40
    return Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))


def _add_page(out: pikepdf.Pdf, picture: Image.Image, grey: bool) -> None:
    stream = _grey_image(out, picture) if grey else _fax_image(out, picture)
    wide, high = (Decimal(side * 72) / DPI for side in picture.size)
    page = out.add_blank_page(page_size=(round(wide, 2), round(high, 2)))
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=stream))
    page.Contents = out.make_stream(f"q {wide:.2f} 0 0 {high:.2f} 0 0 cm /Im0 Do Q".encode())


def _fax_image(out: pikepdf.Pdf, picture: Image.Image) -> pikepdf.Stream:
    bits = picture.point(lambda value: 255 if value > 255 - GREY_LEVELS else 0).convert("1")
    buffer = io.BytesIO()
    bits.save(buffer, "TIFF", compression="group4", tiffinfo={278: picture.height})  # 278: rows per strip, one strip
    tiff = Image.open(io.BytesIO(buffer.getvalue()))
    (start,), (length,) = tiff.tag_v2[273], tiff.tag_v2[279]
    stream = out.make_stream(b"")
    parameters = pikepdf.Dictionary(K=-1, Columns=picture.width, Rows=picture.height, BlackIs1=tiff.tag_v2[262] == 1)
    stream.write(
        buffer.getvalue()[start : start + length],
        filter=pikepdf.Name.CCITTFaxDecode,
        decode_parms=parameters,
    )
    return _image(stream, picture, bits=1)


def _grey_image(out: pikepdf.Pdf, picture: Image.Image) -> pikepdf.Stream:
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=16, optimize=True)
    stream = out.make_stream(b"")
    stream.write(buffer.getvalue(), filter=pikepdf.Name.DCTDecode)
    return _image(stream, picture, bits=8)


def _image(stream: pikepdf.Stream, picture: Image.Image, bits: int) -> pikepdf.Stream:
    stream.Type, stream.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
    stream.Width, stream.Height = picture.size
    stream.ColorSpace, stream.BitsPerComponent = pikepdf.Name.DeviceGray, bits
    return stream
