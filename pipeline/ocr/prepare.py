"""prepare: a scanned page → one that reads better: even background, no stamps and specks, straight lines, no frames."""

from dataclasses import dataclass

from pipeline.ocr.engine import GreyImage
from pipeline.ocr.frames import without_frames
from pipeline.ocr.grain import is_grainy, smoothed, without_specks
from pipeline.ocr.lines import Box
from pipeline.ocr.paper import Paper, darkened, evened
from pipeline.ocr.skew import straightened, turning_of
from pipeline.ocr.stamps import Ring, without_rings


@dataclass(frozen=True, slots=True)
class Prepared:
    """A page ready to be read."""

    image: GreyImage
    skew: float
    """Degrees by which it was straightened."""
    evened: bool
    rings: tuple[Ring, ...] = ()
    """Rings of stamps that were taken off."""
    rules: tuple[tuple[Box, bool], ...] = ()
    """Lines of frames that were taken off: box in pixels, True where level."""


def prepare(image: GreyImage, dpi: int, paper: Paper, skew: float) -> Prepared:
    """The page ready to be read; its paper and its skew were found on a first, coarser picture of it."""
    if paper.uneven or paper.border.any():
        image = evened(image, paper)
    image, rings = without_rings(image, dpi)
    grainy = is_grainy(image, dpi)
    image = without_specks(darkened(smoothed(image, dpi) if grainy else image), dpi)
    image, rules = without_frames(straightened(image, skew, turning_of(grainy)), dpi)
    return Prepared(image, skew, paper.uneven, tuple(ring.turned(skew, image) for ring in rings), rules)
