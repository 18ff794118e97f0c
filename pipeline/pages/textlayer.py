"""textlayer: is a page's text layer the text that a reader sees? A verdict with the signals it rests on.

Thresholds were set on about 500 pages of 49 UN documents and 40 other files whose good and bad pages are known; each
names what was seen on either side of it.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.pages.glyphs import GlyphFacts
from pipeline.pages.ink import holds_text, ink_coverage, ink_share, paper_share
from pipeline.pages.wordfreq import known_share
from schemas.page import PageDecision, Picture, Run, TextOrder

FEW_LETTERS = 25
"""Fewer letters do not make a page of text: a running head has up to 20."""
SCAN_IMAGE = 0.85
"""Text over an image this large is a scan's layer even if it is drawn visibly; born-digital backgrounds reach 0.77."""
LARGE_PICTURE = 0.25
"""A picture of this share of the page is looked at: does it hold text?"""
BESIDE_LETTERS = 400
"""With more letters beside it, a picture of text is an illustration and the page is read from its layer (seen: 305
beside a press release shown as a picture, 1 079 beside a chart)."""
INSIDE_LETTERS = 50
"""With more letters of the layer inside it, a picture is a background."""
JUNK_SHARE = 0.05
"""Replacement, private-use and control characters beyond this share: no reader sees those."""
SINGLE_SHARE = 0.25
"""Single letters among the words of a layer split by spaces (0.55 and more); good layers have up to 0.13."""
REPEATED_SHARE = 0.03
"""Words with one Arabic letter three times running: false maps give kashida strokes a letter (0.08 to 0.25); no
language writes so."""
INTRUDER_SHARE = 0.03
"""Arabic words with a Latin letter or a sign in their middle: maps without names for ligatures give 0.04 to 0.43, good
pages 0."""
UNMAPPED_SHARE = 0.005
"""Glyphs of unknown letters that a mended page may have."""
NOISY_SHARE = 0.045
"""Words with marks inside ("po1it,ica1") in a scan's layer: poor ones 0.24, good ones up to 0.024."""
KNOWN_SHARE = 0.82
"""Known words in a scan's layer: poor ones 0.73 to 0.79, good ones 0.87 and more."""
LANGUAGE_SHARE = 0.5
"""With fewer known words the language is none of the lists', and they say nothing."""
KNOWN_WORDS = 30
"""Words needed for that test."""
COVERAGE = 0.7
"""Ink that a scan's layer accounts for: incomplete ones 0.20 to 0.70, good ones 0.74 and more."""
NUMBER_SHARE = 0.25
"""Words with digits that make a page one of figures (good pages of prose have up to 0.12)."""
MISREAD_SHARE = 0.04
"""Misread numbers ("1+00", "1*3") among a page's numbers that make a scan's table useless."""
INK_SHARE = 0.003
"""Ink of a page that is not blank: a few words have 0.004, specks and a stamp's edge 0.001."""
PHOTOGRAPH_PAPER = 0.45
"""Less plain paper than this: a photograph (0.02 to 0.38); scans of text have 0.63 and more."""

Signals = dict[str, float | int | str | bool | None]
Look = Callable[[], tuple[NDArray[np.uint8], float]]
"""Draws the page in grey; gives it with its resolution in dpi."""

_WORD = re.compile(r"\S+")
_LETTERS = re.compile(r"[^\W\d_]")
_LETTERS_TOGETHER = re.compile(r"[^\W\d_]+")
_REPEATED = re.compile(r"([\u0620-\u063f\u0641-\u064a\u066e-\u06d3])\1\1")
_ARABIC_WORD = re.compile(r"[\u0620-\u064a]\S+")
_FOREIGN = r"(?![\u0600-\u08ff\ufb50-\ufeff])[^\W\d_]"
_INTRUDER = re.compile(
    rf"[\u0620-\u064a](?:{_FOREIGN}|['^\\`|{{}}<>=_~#$%&@*+£])[\u0620-\u064a]|[\u0620-\u064a]{_FOREIGN}\b"
)
_LONG = re.compile(r"[^\W\d_]{3,}")
_JUNK = re.compile("[\ufffd\ue000-\uf8ff\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]|" + r"\(cid:\d+\)")
_ODD_INSIDE = re.compile(
    r"[^\W\d_][^\w\s'’.\-–/&@:,]+[^\W\d_]|[^\W\d_]\d+[^\W\d_]|[a-z][A-Z]{1,2}[a-z]|[~^|\\{}<>_=#*§¢£¥•■□►]"
)
_ENDS = ".,;:()[]\"'“”‘’*"
_MISREAD = re.compile(r"\d[+*^»«=!?<>§&~|\\#]|[+*^»«=!<>§&~|\\]\d|[a-zA-Z]\d|\d[a-zA-Z]")
_SOUND_NUMBER = re.compile(r"[(\[]?(?:[A-Z]{1,5}[/.-].*|\d+(?:st|nd|rd|th|er|e|o)|[A-Z]\d{1,3}|.*/.*)[.,;:)\]]*")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What to do with a page's text layer."""

    decision: PageDecision
    needs_ocr: bool
    repaired: bool = False


@dataclass(frozen=True, slots=True)
class Layer:
    """What the verdict is given on."""

    runs: Sequence[Run]
    pictures: Sequence[Picture]
    width_pt: float
    height_pt: float
    path_count: int
    facts: GlyphFacts | None
    order: TextOrder
    fonts_lost: bool = False
    """True where fonts are missing in a damaged file: their letters cannot be told, nor be drawn for recognition."""


def judged(layer: Layer, look: Look) -> Verdict:
    """The verdict on a text layer; `needs_ocr` where it is absent or not believable and something is drawn."""
    text = text_of(layer.runs)
    signals = signals_of(text, layer)
    rule, bad = _rule(text, signals, layer, look)
    repaired = False
    if not bad and layer.facts is not None:
        if layer.facts.mended:
            rule, repaired = "false_tounicode_mended", True
        elif layer.order is not TextOrder.logical:
            rule, repaired = "visual_order_put_right", True
    rejected = text if bad and text.strip() else None
    return Verdict(PageDecision(rule=rule, signals=signals, rejected_text=rejected), bad, repaired)


def text_of(runs: Sequence[Run]) -> str:
    """The layer's text, rough: runs in source order, a space or line break between where the source has one."""
    parts: list[str] = []
    before: Run | None = None
    left = right = 0.0
    for run in runs:
        x0, _, x1, _ = run.box
        if before is not None and run.text != " ":
            if abs(run.baseline - before.baseline) > 0.3 * before.size:
                parts.append("\n")
            elif run.space_before or max(x0 - right, left - x1) > 0.18 * (run.size or 1.0):
                parts.append(" ")
        parts.append(run.text)
        before, left, right = run, x0, x1
    return "".join(parts)


def signals_of(text: str, layer: Layer) -> Signals:
    """Measured facts, shares from 0 to 1 rounded to three places; font facts where glyphs were read."""
    words = [w for w in text.split() if w.isalpha() or _LETTERS.search(w)]
    total = sum([len(r.text) for r in layer.runs])
    hidden = sum([len(r.text) for r in layer.runs if not r.visible])
    single = sum(1 for w in words if len(w) <= 2 and len(_LETTERS.findall(w)) == 1)
    facts = layer.facts
    page_area = layer.width_pt * layer.height_pt
    out: Signals = {
        "letters": sum(map(len, _LETTERS_TOGETHER.findall(text))),
        "image_share": _share(max((p.box.area for p in layer.pictures), default=0.0), page_area),
        "invisible_share": _share(hidden, total),
        "junk_share": _share(len(_JUNK.findall(text)), total),
        "single_letter_share": _share(single, len(words)),
        "paths": layer.path_count,
    }
    if facts is not None:
        out["repeated_letter_share"] = _share(sum(1 for w in words if _REPEATED.search(w)), len(words))
        arabic = _ARABIC_WORD.findall(text)
        out["intruder_share"] = _share(sum(1 for w in arabic if _INTRUDER.search(w)), len(arabic))
        out["map_agreement"] = facts.agreement
        if facts.mended:
            out["mended_glyphs"] = facts.mended
            out["unmapped_share"] = round(facts.unmapped / facts.mended, 4)
            out.update({f"glyphs_by_{source}": count for source, count in facts.sources.items()})
    return out


def _share(part: float, whole: float) -> float:
    return round(min(1.0, part / whole), 3) if whole else 0.0


def _number(signals: Signals, name: str) -> float:
    value = signals.get(name)
    return float(value) if isinstance(value, int | float) else 0.0


def _rule(text: str, signals: Signals, layer: Layer, look: Look) -> tuple[str, bool]:
    """(name of the rule, True where the layer is not used); adds the signals that it had to measure."""
    facts = layer.facts
    if facts is not None and facts.mended and facts.unmapped > UNMAPPED_SHARE * facts.mended:
        return "false_tounicode_unmapped", True
    letters, image = _number(signals, "letters"), _number(signals, "image_share")
    if layer.fonts_lost and image <= LARGE_PICTURE:
        return "fonts_lost", False
    if letters < FEW_LETTERS:
        return _rule_of_empty_page(signals, layer, look)
    if _number(signals, "junk_share") > JUNK_SHARE:
        return "junk_characters", True
    if _number(signals, "repeated_letter_share") > REPEATED_SHARE:
        return "letters_stand_for_kashida", True
    if _number(signals, "intruder_share") > INTRUDER_SHARE:
        return "glyphs_without_letters", True
    if _number(signals, "single_letter_share") > SINGLE_SHARE:
        return "letters_split_by_spaces", True
    if _number(signals, "invisible_share") > 0.5 or image >= SCAN_IMAGE:
        return _rule_of_scan(text, signals, layer, look)
    if letters < BESIDE_LETTERS and _picture_of_text(layer, look):
        return "picture_of_text", True
    return "good_layer", False


def _rule_of_empty_page(signals: Signals, layer: Layer, look: Look) -> tuple[str, bool]:
    letters, image = _number(signals, "letters"), _number(signals, "image_share")
    if image > LARGE_PICTURE or (not letters and image > 0.02):
        signals["paper_share"] = share = paper_share(look()[0])
        if _picture_of_text(layer, look):
            return ("head_over_picture_of_text" if letters else "no_text_full_image"), True
        if not letters and share >= PHOTOGRAPH_PAPER:
            return "no_text_image", True
        return "photograph", False
    if not letters:  # letters may be drawn as outlines, or in a font without meanings
        signals["ink_share"] = share = ink_share(look()[0])
        if share >= INK_SHARE:
            return "no_text_drawn_as_paths", True
    return ("little_text" if letters else "no_text"), False


def _rule_of_scan(text: str, signals: Signals, layer: Layer, look: Look) -> tuple[str, bool]:
    """The verdict on the layer that an earlier OCR left behind a scan."""
    tokens = [w for w in _WORD.findall(text) if _LETTERS.search(w)]
    noisy = sum(1 for w in tokens if _ODD_INSIDE.search(w.strip(_ENDS)))
    signals["noisy_share"] = _share(noisy, len(tokens))
    if noisy > NOISY_SHARE * len(tokens):
        return "poor_ocr_layer", True
    words = [w.lower() for w in _LONG.findall(text)]
    if len(words) >= KNOWN_WORDS:
        signals["known_word_share"], signals["known_language"] = share, _ = known_share(words)
        if LANGUAGE_SHARE <= share < KNOWN_SHARE:
            return "poor_ocr_layer", True
    numbers = [w for w in _WORD.findall(text) if any(c.isdigit() for c in w)]
    misread = sum(1 for w in numbers if _MISREAD.search(w) and not _SOUND_NUMBER.fullmatch(w))
    signals["misread_number_share"] = _share(misread, len(numbers))
    if len(numbers) >= NUMBER_SHARE * len(_WORD.findall(text)) and misread > MISREAD_SHARE * len(numbers):
        return "numbers_misread_in_ocr_layer", True
    signals["ink_coverage"] = coverage = ink_coverage(*look(), [r.box for r in layer.runs])
    if coverage <= COVERAGE:
        return "incomplete_ocr_layer", True
    return "ocr_layer", False


def _picture_of_text(layer: Layer, look: Look) -> bool:
    """True where a large picture holds lines of text that the layer does not have."""
    large = LARGE_PICTURE * layer.width_pt * layer.height_pt
    return any(
        holds_text(*look(), picture.box)
        for picture in layer.pictures
        if picture.box.area >= large and _letters_inside(layer, picture) < INSIDE_LETTERS
    )


def _letters_inside(layer: Layer, picture: Picture) -> int:
    box = picture.box
    return sum(
        len(r.text)
        for r in layer.runs
        if box.x0 <= (r.box.x0 + r.box.x1) / 2 <= box.x1 and box.top <= r.baseline <= box.bottom
    )
