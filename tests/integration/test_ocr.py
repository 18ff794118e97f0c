"""Real Tesseract over pages drawn here: text, turn, skew, empty and hostile pages."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont
from rapidfuzz.distance import Levenshtein

from pipeline.ocr import OcrHints, recognise
from pipeline.ocr.packs import missing_packs
from pipeline.settings import OcrSettings
from schemas.page import PageDecision, PageText, TextOrigin

pytestmark = pytest.mark.skipif(bool(missing_packs()), reason=f"Tesseract packs are missing: {dict(missing_packs())}")

DPI = 300
FONT = Path("/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf")
NOTE = (
    "The Permanent Mission presents its compliments",
    "to the Office of the High Commissioner and has",
    "the honour to refer to document A/74/676 of the",
    "General Assembly on the work of the Committee.",
)
AZERBAIJANI = (
    "Hər bir şəxsin yaşamaq, azadlıq və şəxsi",
    "toxunulmazlıq hüququ var. Heç kim kölə və ya",
    "asılı vəziyyətdə saxlanıla bilməz, quldarlıq",
    "və qul ticarəti bütün formalarda qadağandır.",
)


def drawn(lines: tuple[str, ...]) -> Image.Image:
    if not FONT.exists():
        pytest.skip(f"{FONT.name} is not installed")
    page = Image.new("L", (1500, 1400), 255)
    font = ImageFont.truetype(str(FONT), 50)
    for number, line in enumerate(lines):
        ImageDraw.Draw(page).text((120, 200 + 90 * number), line, font=font, fill=20)
    return page


def read(image: Image.Image, *hints: str) -> PageText:
    def render(dpi: int) -> np.ndarray:
        size = (max(1, image.width * dpi // DPI), max(1, image.height * dpi // DPI))
        return np.asarray(image.resize(size, Image.Resampling.BICUBIC))

    page = PageText(
        number=1,
        width_pt=image.width * 72 / DPI,
        height_pt=image.height * 72 / DPI,
        rotation=0,
        origin=TextOrigin.none,
        decision=PageDecision(rule="no_text_full_image", rejected_text="@@"),
        needs_ocr=True,
    )
    return recognise(page, render, OcrSettings(), OcrHints(hints))


def text(page: PageText) -> str:
    return " ".join(run.text for run in page.runs)


def codes(page: PageText) -> list[str]:
    return [problem.code for problem in page.problems]


def test_words_with_place_size_and_line() -> None:
    page = read(drawn(NOTE))
    assert text(page) == " ".join(NOTE)
    assert page.origin is TextOrigin.ocr and not page.needs_ocr
    first = page.runs[0]
    assert first.box.x0 == pytest.approx(120 * 72 / DPI, abs=2)
    assert first.size == pytest.approx(12, abs=2.5)
    assert sorted({run.line for run in page.runs}) == [0, 1, 2, 3]
    assert all(run.confidence and 0 < run.confidence <= 1 for run in page.runs)
    assert page.decision.rule == "no_text_full_image" and page.decision.rejected_text == "@@"
    assert page.ocr and page.ocr.packs == ("eng",) and page.ocr.ink_coverage and page.ocr.ink_coverage > 0.95


def test_azerbaijani_is_found_without_a_hint() -> None:
    page = read(drawn(AZERBAIJANI))
    assert text(page) == " ".join(AZERBAIJANI)
    assert page.ocr and page.ocr.packs == ("aze", "eng")


def test_a_page_on_its_side_is_turned() -> None:
    page = read(drawn(NOTE * 2).rotate(90, expand=True))
    assert text(page) == " ".join(NOTE * 2)
    assert page.ocr and page.ocr.rotation == 90
    assert page.width_pt == pytest.approx(360, abs=1)


@pytest.mark.parametrize("angle", [-2.0, 3.0])
def test_a_skewed_page_is_straightened(angle: float) -> None:
    assert text(read(drawn(NOTE).rotate(angle, Image.Resampling.BICUBIC, fillcolor=255))) == " ".join(NOTE)


def test_pages_without_text_say_so() -> None:
    assert codes(read(Image.new("L", (1500, 1400), 230))) == ["ocr_blank_page"]
    assert codes(read(Image.new("L", (3, 3), 255))) == ["ocr_blank_page"]
    assert codes(read(Image.new("L", (1500, 1400), 0)))[:1] in (["ocr_blank_page"], ["ocr_no_text"])


def test_a_very_wide_page_ends() -> None:
    wide = Image.new("L", (40_000, 60), 255)
    ImageDraw.Draw(wide).line((0, 20, 39_999, 40), fill=0, width=6)
    assert read(wide).origin in (TextOrigin.ocr, TextOrigin.none)


@pytest.mark.parametrize(
    ("line", "packs"),
    [
        ("Où puis-je me procurer ce document ?", ("fra",)),
        ("Carta de las Naciones: ¿dónde se obtiene?", ("spa",)),
        ("Azərbaycan Respublikasının Xarici İşlər Naziri", ("aze", "eng")),
        ("Where can I obtain this document?", ("eng",)),
    ],
)
def test_a_short_page_shows_its_language(line: str, packs: tuple[str, ...]) -> None:
    page = read(drawn((line,)))
    assert text(page) == line
    assert page.ocr and page.ocr.packs == packs


@pytest.mark.parametrize(
    ("lines", "packs"),
    [
        (
            (
                "Мы, народы Объединенных Наций,",
                "преисполненные решимости избавить",
                "грядущие поколения от бедствий войны,",
                "дважды в нашей жизни принесшей",
            ),
            ("rus", "eng"),
        ),
        (
            (
                "Nous, peuples des Nations Unies, résolus",
                "à préserver les générations futures du",
                "fléau de la guerre qui deux fois en",
                "l'espace d'une vie humaine a infligé à",
            ),
            ("fra",),
        ),
        (
            (
                "Nosotros los pueblos de las Naciones",
                "Unidas resueltos a preservar a las",
                "generaciones venideras del flagelo",
                "de la guerra que dos veces durante",
            ),
            ("spa",),
        ),
        (
            (
                "Һәр бир шәхсин јашамаг, азадлыг вә шәхси",
                "тохунулмазлыг һүгугу вар. Һеч ким көлә вә ја",
                "асылы вәзијјәтдә сахланыла билмәз, гулдарлыг",
                "вә гул тиҹарәти бүтүн формаларда гадағандыр.",
            ),
            ("aze_cyrl", "rus"),
        ),
    ],
)
def test_the_language_of_a_page_is_found_without_a_hint(lines: tuple[str, ...], packs: tuple[str, ...]) -> None:
    page = read(drawn(lines))
    assert page.ocr and page.ocr.packs == packs
    wanted = " ".join(lines)
    wrong = Levenshtein.distance(text(page), wanted) / len(wanted)
    assert wrong <= (0.15 if "aze_cyrl" in packs else 0.01), text(page)
