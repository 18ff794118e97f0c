"""tesser: libtesseract in this process, through tesserocr, one engine kept open for each set of packs."""

import os
from collections.abc import Sequence
from importlib.metadata import version

os.environ["OMP_THREAD_LIMIT"] = "1"  # more threads cost 50-125 % more CPU for no time; must be set before the import

import tesserocr
from PIL import Image

from pipeline.ocr.engine import GreyImage, Orientation, Word, words_from_tsv
from pipeline.ocr.packs import pack_folder, require

_KEPT_OPEN = 5
"""Engines kept open, those used last; one holds 20 to 60 MB. A page in two scripts takes four."""


class TesserEngine:
    """Tesseract as a library."""

    def __init__(self) -> None:
        self.name = f"tesseract {tesserocr.tesseract_version().split()[1]} (tesserocr {version('tesserocr')})"
        self._open: dict[tuple[str, ...], tesserocr.PyTessBaseAPI] = {}

    def read(self, image: GreyImage, packs: tuple[str, ...], dpi: int, segmentation: int) -> Sequence[Word]:
        """Words in reading order.

        Raises:
            ToolMissing: a pack is not installed.
        """
        api = self._api(packs)
        api.SetPageSegMode(segmentation)
        api.SetImage(Image.fromarray(image))
        api.SetSourceResolution(dpi)
        try:
            return words_from_tsv(api.GetTSVText(0))
        finally:
            api.Clear()

    def orient(self, image: GreyImage, dpi: int) -> Orientation | None:
        """How the page lies; None where it holds too little text to tell."""
        api = self._api(("osd",))
        api.SetImage(Image.fromarray(image))
        api.SetSourceResolution(dpi)
        try:
            found = api.DetectOrientationScript()
        finally:
            api.Clear()
        if not found:
            return None
        return Orientation(
            turn=-int(found["orient_deg"]) % 360,  # the library tells how the page lies, not how to mend it
            turn_confidence=float(found["orient_conf"]),
            script=str(found["script_name"]),
            script_confidence=float(found["script_conf"]),
        )

    def _api(self, packs: tuple[str, ...]) -> tesserocr.PyTessBaseAPI:
        require(packs)
        api = self._open.pop(packs, None)
        if api is None:
            if len(self._open) >= _KEPT_OPEN:
                longest_unused = next(iter(self._open))
                self._open.pop(longest_unused).End()
            mode = tesserocr.PSM.OSD_ONLY if packs == ("osd",) else tesserocr.PSM.AUTO
            api = tesserocr.PyTessBaseAPI(path=f"{pack_folder()}/", lang="+".join(packs), psm=mode)
        self._open[packs] = api
        return api
