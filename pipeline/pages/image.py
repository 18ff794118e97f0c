"""image: PNG, JPEG and TIFF as documents; each frame of a TIFF is a page. Their text comes from OCR alone."""

import io
import warnings
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from pipeline.errors import DamagedFile, LimitExceeded
from pipeline.pages import GreyImage
from pipeline.pages.ink import LOOK_PX, paper_share
from pipeline.pages.textlayer import PHOTOGRAPH_PAPER
from pipeline.settings import Limits
from schemas.geometry import Box
from schemas.page import PageDecision, PageText, Picture, TextOrigin
from schemas.problem import Problem
from schemas.source import MediaType, PdfInfo

_DPI_ASSUMED = 200
"""Where the file does not say: UN scans are mostly made at 200."""
_DPI_BELIEVED = (72, 1200)
"""A stated resolution outside is a program's default, not the scanner's."""

Image.MAX_IMAGE_PIXELS = None  # the limit below is ours, and is checked before a pixel is read


class ImageDocument:
    """A picture file whose frames are pages."""

    info: PdfInfo | None = None
    problems: tuple[Problem, ...] = ()

    def __init__(self, path: Path, image: Image.Image, limits: Limits) -> None:
        self._path = path
        self._image = image
        self._limits = limits
        self.page_count = int(getattr(image, "n_frames", 1))

    def read(self, number: int) -> PageText:
        """The page without text; it needs OCR."""
        width, height = self._frame_size(number)
        dpi = self._dpi()
        box = Box(0.0, 0.0, width * 72 / dpi, height * 72 / dpi)
        look = self._resized(number, min(1.0, (LOOK_PX / (width * height)) ** 0.5))
        return PageText(
            number=number,
            width_pt=round(box.x1, 2),
            height_pt=round(box.bottom, 2),
            rotation=0,
            origin=TextOrigin.none,
            decision=PageDecision(
                rule="picture_file",
                signals={
                    "width_px": width,
                    "height_px": height,
                    "dpi": dpi,
                    "photograph": paper_share(look) < PHOTOGRAPH_PAPER,
                },
            ),
            pictures=(Picture(box, width, height),),
            needs_ocr=True,
        )

    def render(self, number: int, dpi: int) -> GreyImage:
        """The frame in grey at a resolution.

        Raises:
            LimitExceeded: it has more pixels than granted.
            DamagedFile: its data cannot be decoded.
        """
        return self._resized(number, dpi / self._dpi())

    def _resized(self, number: int, scale: float) -> GreyImage:
        width, height = self._frame_size(number)
        size = (max(1, round(width * scale)), max(1, round(height * scale)))
        self._check(size[0] * size[1])
        return np.asarray(self._frame(number).convert("L").resize(size, Image.Resampling.LANCZOS))

    def picture_bytes(self, number: int, index: int) -> tuple[str, bytes]:
        """The frame itself as PNG."""
        buffer = io.BytesIO()
        self._frame(number).save(buffer, "PNG")
        return ".png", buffer.getvalue()

    def close(self) -> None:
        """Give back the file."""
        self._image.close()

    def _frame(self, number: int) -> Image.Image:
        try:
            self._image.seek(number - 1)
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                self._image.load()
                return ImageOps.exif_transpose(self._image) or self._image
        except (OSError, SyntaxError, ValueError, EOFError) as error:
            raise DamagedFile(
                "pages", self._path.name, f"Picture {number} cannot be decoded ({error})", "Get the file anew."
            ) from error

    def _frame_size(self, number: int) -> tuple[int, int]:
        try:
            self._image.seek(number - 1)
        except (EOFError, OSError, ValueError) as error:
            raise DamagedFile(
                "pages", self._path.name, f"Picture {number} cannot be found ({error})", "Get the file anew."
            ) from error
        width, height = self._image.size
        self._check(width * height)
        turned = self._orientation(number) in (5, 6, 7, 8)
        return (height, width) if turned else (width, height)

    def _orientation(self, number: int) -> int:
        """EXIF orientation of the frame, 1 without one; of PNG files it stands behind the pixels."""
        try:
            return int(self._image.getexif().get(0x0112, 1))
        except (OSError, SyntaxError, ValueError, TypeError) as error:
            raise DamagedFile(
                "pages", self._path.name, f"Picture {number} cannot be decoded ({error})", "Get the file anew."
            ) from error

    def _check(self, pixels: int) -> None:
        if pixels > self._limits.max_page_px:
            raise LimitExceeded(
                "pages",
                self._path.name,
                f"The picture has {pixels:,} pixels, {self._limits.max_page_px:,} are granted",
                "Scale it down, or raise limits.max_page_px.",
            )

    def _dpi(self) -> float:
        stated = self._image.info.get("dpi", (0, 0))[0]
        return float(stated) if _DPI_BELIEVED[0] < float(stated) <= _DPI_BELIEVED[1] else float(_DPI_ASSUMED)


def open_document(path: Path, media_type: MediaType, limits: Limits) -> ImageDocument:
    """The picture file, ready to be read.

    Raises:
        DamagedFile: it is no picture after all.
    """
    try:
        image = Image.open(path, formats=("PNG", "JPEG", "TIFF"))
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise DamagedFile("pages", path.name, "The picture cannot be opened", "Get the file anew.") from error
    return ImageDocument(path, image, limits)
