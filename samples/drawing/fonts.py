"""Fonts of the drawn samples: free Debian fonts, embedded as subsets."""

from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

_NOTO = Path("/usr/share/fonts/truetype/noto")
_DEJAVU = Path("/usr/share/fonts/truetype/dejavu")
_AMIRI = Path("/usr/share/fonts/opentype/fonts-hosny-amiri")

FILES = {
    "serif": _NOTO / "NotoSerif-Regular.ttf",
    "serif-b": _NOTO / "NotoSerif-Bold.ttf",
    "serif-i": _NOTO / "NotoSerif-Italic.ttf",
    "serif-bi": _NOTO / "NotoSerif-BoldItalic.ttf",
    "dejavu": _DEJAVU / "DejaVuSans.ttf",
    "dejavu-b": _DEJAVU / "DejaVuSans-Bold.ttf",
    "amiri": _AMIRI / "Amiri-Regular.ttf",
    "amiri-b": _AMIRI / "Amiri-Bold.ttf",
}
"""Font name in the drawings → file."""

PACKAGES = ("fonts-noto-core", "fonts-dejavu-core", "fonts-hosny-amiri")
"""Debian packages that hold them."""


def register() -> None:
    """Makes the fonts known to reportlab.

    Raises SystemExit naming the packages to install where a font is missing.
    """
    missing = [str(path) for path in FILES.values() if not path.is_file()]
    if missing:
        raise SystemExit(f"Fonts are missing: {', '.join(missing)}. Install them: apt install {' '.join(PACKAGES)}")
    for name, path in FILES.items():
        pdfmetrics.registerFont(TTFont(name, str(path)))


def width(text: str, font: str, size: float) -> float:
    """Width of the text in points."""
    return float(pdfmetrics.stringWidth(text, font, size))
