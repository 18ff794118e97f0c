"""sheet: how large the sheet of paper was that a page shows, and how finely it was scanned."""

from dataclasses import dataclass

from schemas.page import PageText, Picture

_SMALL_PAGE_PT, _SHEET_PT = 500.0, 842.0
"""Points of the longest side under which a page is no sheet of paper (A5 has 595) but a picture of one whose resolution
the file has wrong, and of what it is taken for: A4."""
_LEAST_DPI = 150
"""Resolution below which enlarging such a picture shows no more of it, and below which no picture is taken for all that
the page shows: scans in layers have a coarse one for the paper and a fine mask for the letters."""
_WHOLE = 0.9
"""Share of the page that a scan of it fills."""
_HIDDEN = 0.98
"""Share of the page's letters that are not drawn from which none of them shows."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The sheet that a page shows."""

    width_pt: float = 0.0
    height_pt: float = 0.0
    zoom: float = 1.0
    """How many times larger the sheet was than the page says; 1 where the page has the size of a sheet."""
    scanned_dpi: int | None = None
    """Resolution of the one picture that the page is; None for pages that show anything else."""


def sheet_of(page: PageText) -> Sheet:
    """The sheet, by the page's size and its pictures."""
    width, height = page.width_pt or 0.0, page.height_pt or 0.0
    if not page.pictures or not width * height:
        return Sheet(width, height)
    largest = max(page.pictures, key=lambda p: p.box.area)
    zoom = _zoom(max(width, height), _dpi(largest))
    scanned = round(_dpi(largest) / zoom) if _is_scan(page, largest) else 0
    return Sheet(width * zoom, height * zoom, zoom, scanned if scanned >= _LEAST_DPI else None)


def _zoom(longest_pt: float, dpi: float) -> float:
    return max(1.0, min(_SHEET_PT / longest_pt, dpi / _LEAST_DPI)) if longest_pt < _SMALL_PAGE_PT else 1.0


def _dpi(picture: Picture) -> float:
    """The finer of its resolutions along and across, which are exchanged where the page is turned to be read."""
    box = picture.box
    long, short = max(box.width, box.height), min(box.width, box.height)
    most, least = max(picture.width_px, picture.height_px), min(picture.width_px, picture.height_px)
    return 72 * max(most / max(1.0, long), least / max(1.0, short))


def _is_scan(page: PageText, picture: Picture) -> bool:
    """Is this picture all that the page shows? Drawn letters and paths would lose by a coarser look."""
    signals = page.decision.signals
    if len(page.pictures) > 1 or picture.box.area < _WHOLE * (page.width_pt or 0.0) * (page.height_pt or 0.0):
        return False
    hidden = signals.get("invisible_share")
    unseen = not signals.get("letters") or (isinstance(hidden, float) and hidden >= _HIDDEN)
    return unseen and not signals.get("paths")
