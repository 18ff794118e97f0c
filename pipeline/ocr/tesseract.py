"""tesseract: the Tesseract program, through pytesseract; slower by a process start each page, easier to install."""

import os
from collections.abc import Sequence

import pytesseract
from PIL import Image

from pipeline.errors import ToolCrashed, ToolMissing
from pipeline.ocr.engine import GreyImage, Orientation, Word, words_from_tsv
from pipeline.ocr.packs import pack_folder, require


class TesseractEngine:
    """Tesseract as a program."""

    def __init__(self) -> None:
        os.environ["OMP_THREAD_LIMIT"] = "1"
        try:
            self.name = f"tesseract {pytesseract.get_tesseract_version()} (pytesseract)"
        except pytesseract.TesseractNotFoundError as error:
            raise ToolMissing(
                "ocr", "Tesseract", "The program tesseract is not installed", "apt-get install tesseract-ocr."
            ) from error

    def read(self, image: GreyImage, packs: tuple[str, ...], dpi: int, segmentation: int) -> Sequence[Word]:
        """Words in reading order.

        Raises:
            ToolMissing: a pack is not installed.
            ToolCrashed: the program failed.
        """
        require(packs)
        config = f"--psm {segmentation} --dpi {dpi} --tessdata-dir {pack_folder()}"
        try:
            tsv = pytesseract.image_to_data(Image.fromarray(image), lang="+".join(packs), config=config)
        except pytesseract.TesseractError as error:
            raise ToolCrashed("ocr", "Tesseract", str(error.message), "Look at the page in a viewer.") from error
        return words_from_tsv(tsv)

    def orient(self, image: GreyImage, dpi: int) -> Orientation | None:
        """How the page lies; None where it holds too little text to tell."""
        require(("osd",))
        config = f"--dpi {dpi} --tessdata-dir {pack_folder()}"
        try:
            found = pytesseract.image_to_osd(Image.fromarray(image), config=config, output_type=pytesseract.Output.DICT)
        except pytesseract.TesseractError:
            return None  # "Too few characters": nothing to tell from
        return Orientation(
            turn=int(found["rotate"]) % 360,
            turn_confidence=float(found["orientation_conf"]),
            script=str(found["script"]),
            script_confidence=float(found["script_conf"]),
        )
