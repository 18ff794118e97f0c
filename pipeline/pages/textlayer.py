"""textlayer: is a page's text layer the text that a reader sees? A verdict with the signals it rests on."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.pages.glyphs import GlyphFacts
from schemas.page import PageDecision, Picture, Run

FEW_LETTERS = 25
"""Fewer letters do not make a page of text."""
FULL_IMAGE = 0.55
"""An image over this share of the page is its paper: scans have 0.60 to 1.00; born-digital backgrounds too."""
JUNK_SHARE = 0.05
"""Replacement, private-use and control characters beyond this share: no reader sees those."""
SINGLE_SHARE = 0.25
"""Single letters among the words of a layer whose letters are split by spaces; good layers have up to 0.07."""
UNMAPPED_SHARE = 0.005
"""Glyphs of unknown letters that a mended page may have."""
NOISY_SHARE = 0.045
"""Words with letters and marks mixed ("po1it,ica1") in the invisible layer of a scan; good layers have up to 0.04."""
INVISIBLE_SHARE = 0.5
"""Share of letters drawn invisibly above which the layer is that of a scan."""
MANY_PATHS = 200
"""Filled curves without any text: letters drawn as outlines; an emblem alone has up to 120."""

_WORD = re.compile(r"\S+")
_LETTERS = re.compile(r"[^\W\d_]")
_JUNK = re.compile("[\ufffd\ue000-\uf8ff\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]|\\(cid:\\d+\\)")
_ODD_INSIDE = re.compile(
    r"[^\W\d_][^\w\s'’.\-–/&@:,]+[^\W\d_]|[^\W\d_]\d+[^\W\d_]|[a-z][A-Z]{1,2}[a-z]|[~^|\{}<>_=#*§¢£¥•■□►]"
)
_ARABIC = re.compile("[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What to do with a page's text layer."""

    decision: PageDecision
    needs_ocr: bool
    mended: bool = False


def judged(
    runs: Sequence[Run],
    pictures: Sequence[Picture],
    page_area: float,
    path_count: int,
    facts: GlyphFacts | None,
) -> Verdict:
    """The verdict on a text layer; `needs_ocr` where it is absent or not believable and something is drawn."""
    text = text_of(runs)
    signals = signals_of(text, runs, pictures, page_area, path_count)
    mended = facts is not None and facts.mended > 0
    if facts is not None:
        signals.update(_font_signals(facts))
    rule, bad = _rule(signals, facts)
    if not bad and mended:
        rule = "false_tounicode_mended"
    rejected = text if bad and text.strip() else None
    return Verdict(PageDecision(rule=rule, signals=signals, rejected_text=rejected), bad, mended and not bad)


def text_of(runs: Sequence[Run]) -> str:
    """The layer's text, rough: runs in source order, a space or line break between where the source has one."""
    parts: list[str] = []
    before: Run | None = None
    for run in runs:
        if before is not None and run.text != " ":
            if abs(run.baseline - before.baseline) > 0.3 * before.size:
                parts.append("\n")
            elif run.space_before or _gap(before, run) > 0.18 * (run.size or 1.0):
                parts.append(" ")
        parts.append(run.text)
        before = run
    return "".join(parts)


def _gap(a: Run, b: Run) -> float:
    return max(b.box.x0 - a.box.x1, a.box.x0 - b.box.x1)


def signals_of(
    text: str, runs: Sequence[Run], pictures: Sequence[Picture], page_area: float, path_count: int
) -> dict[str, float | int | str | bool | None]:
    """Measured facts, shares from 0 to 1 rounded to three places."""
    letters = len(_LETTERS.findall(text))
    words = [w for w in _WORD.findall(text) if _LETTERS.search(w)]
    visible = sum(len(r.text) for r in runs if r.visible)
    total = sum(len(r.text) for r in runs)
    junk = len(_JUNK.findall(text))
    single = sum(1 for w in words if len(_LETTERS.findall(w)) == 1 and len(w) <= 2)
    noisy = sum(1 for w in words if _ODD_INSIDE.search(w.strip(".,;:()[]\"'“”‘’*")))
    return {
        "letters": letters,
        "image_share": _share(max((p.box.area for p in pictures), default=0.0), page_area),
        "invisible_share": _share(total - visible, total),
        "junk_share": _share(junk, max(1, total)),
        "single_letter_share": _share(single, len(words)),
        "noisy_share": _share(noisy, len(words)),
        "paths": path_count,
    }


def _share(part: float, whole: float) -> float:
    return round(min(1.0, part / whole), 3) if whole else 0.0


def _font_signals(facts: GlyphFacts) -> dict[str, float | int | str | bool | None]:
    out: dict[str, float | int | str | bool | None] = {"map_agreement": facts.agreement}
    if facts.mended:
        out["mended_glyphs"] = facts.mended
        out["unmapped_share"] = round(facts.unmapped / facts.mended, 4)
        out.update({f"glyphs_by_{source}": count for source, count in facts.sources.items()})
    return out


def _rule(signals: dict[str, float | int | str | bool | None], facts: GlyphFacts | None) -> tuple[str, bool]:
    """(name of the rule, True where the layer is not used)."""

    def of(name: str) -> float:
        value = signals[name]
        assert isinstance(value, int | float)
        return float(value)

    letters, image = of("letters"), of("image_share")
    if facts is not None and facts.mended and facts.unmapped > UNMAPPED_SHARE * facts.mended:
        return "false_tounicode_unmapped", True
    if letters < FEW_LETTERS:
        if image >= FULL_IMAGE:
            return ("head_over_full_image" if letters else "no_text_full_image"), True
        if letters == 0 and of("paths") >= MANY_PATHS:
            return "no_text_drawn_as_paths", True
        if letters == 0 and image > 0.02:
            return "no_text_image", True
        return ("little_text" if letters else "no_text"), False
    if of("junk_share") > JUNK_SHARE:
        return "junk_characters", True
    if of("single_letter_share") > SINGLE_SHARE:
        return "letters_split_by_spaces", True
    if image >= FULL_IMAGE and of("noisy_share") > NOISY_SHARE:
        return "poor_ocr_layer", True
    return ("ocr_layer" if of("invisible_share") > INVISIBLE_SHARE else "good_layer"), False
