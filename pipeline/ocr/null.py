"""null: an engine that reads nothing, for runs that must not recognise and for tests."""

from collections.abc import Sequence

from pipeline.ocr.engine import GreyImage, Orientation, Word


class NullEngine:
    """Finds no word on any page."""

    name = "null"

    def read(self, image: GreyImage, packs: tuple[str, ...], dpi: int, segmentation: int) -> Sequence[Word]:
        """Nothing."""
        return ()

    def orient(self, image: GreyImage, dpi: int) -> Orientation | None:
        """Nothing."""
        return None
