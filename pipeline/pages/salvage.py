"""Salvage: what is left of a damaged or cut PDF as a file that can be opened, and what each page of it has lost.

A reader that opens such a file by itself hides its losses: letters whose font is gone are drawn, and read, as others.
"""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import DamagedFile, InputError
from pipeline.pages.facts import Instructions
from pipeline.pages.parts import blank_fonts, give_widths, instructions_of, mark_cut, may_lack_parts
from pipeline.pages.qpdf import QpdfFile
from schemas.problem import Problem, Severity

_END_BYTES = 1024
"""A whole file has its mark of the end within so many bytes of it: readers ask for that, and all files seen have it."""
_LONGEST_DICTIONARY = 1 << 18
"""Bytes of a dictionary looked at; the longest of a page seen is a tenth of it."""
_MOST_UNPACKED = 1 << 26
"""Bytes that one stream of objects may unpack to; those seen have under 1 MB."""

_CLOSING = b"\nendstream\nendobj\n%%EOF\n"
"""Ends an object that the cut went through; qpdf drops the last object of a file that ends with it."""
_BEGIN = re.compile(rb"(?<![0-9])([0-9]{1,10})\s+[0-9]{1,5}\s+obj\b")
_OBJECT = re.compile(_BEGIN.pattern + rb"(.{0,%d}?)(?:\bstream\r?\n|\bendobj\b)" % _LONGEST_DICTIONARY, re.DOTALL)
_PAGE = re.compile(rb"/Type\s*/Page(?![A-Za-z])")
_PAGES = re.compile(rb"/Type\s*/Pages\b")
_PACK = re.compile(rb"/Type\s*/ObjStm\b")
_COUNT = re.compile(rb"/Count\s+([0-9]{1,6})\b")
_FIRST = re.compile(rb"/First\s+([0-9]{1,8})\b")
_FONT_CHOICE = re.compile(rb"/([^\s/<>\[\](){}%]+)\s+[-+.0-9]+\s+Tf\b")
_DRAWING = re.compile(rb"/([^\s/<>\[\](){}%]+)\s+Do\b")


@dataclass(frozen=True, slots=True)
class Loss:
    """What page `page` has lost."""

    page: int
    text: bool
    """All of its drawing instructions, or some."""
    fonts: tuple[str, ...]
    """Names of fonts whose letters cannot be told any more; they stand as U+FFFD in the copy."""
    fonts_in_part: int
    """Number of fonts that have lost their widths or drawings, not their meaning."""
    pictures: int
    """Number of pictures or other drawn parts."""

    @property
    def message(self) -> str:
        """What is missing, and what to do."""
        things = [
            "its text, or some of it" if self.text else "",
            f"what the letters of {_several(len(self.fonts), 'font')} mean" if self.fonts else "",
            f"parts of {_several(self.fonts_in_part, 'font')} (letters may be missing or misplaced)"
            if self.fonts_in_part
            else "",
            _several(self.pictures, "picture") if self.pictures else "",
        ]
        return f"Lost from the page: {'; '.join(filter(None, things))}. Get the file anew from its source."


@dataclass(frozen=True, slots=True)
class Salvaged:
    """A copy that can be opened, and what it lacks."""

    copy: bytes
    why: str
    """What is wrong with the file: follows "The file"."""
    page_count: int
    pages_named: int | None
    """Pages that the file says it has; None where its list of pages is gone."""
    losses: tuple[Loss, ...]

    @property
    def problems(self) -> tuple[Problem, ...]:
        """That a copy was read, and an error for each thing that is missing in it."""
        return (
            _problem(Severity.warning, "salvaged", f"The file {self.why}; a repaired copy was read."),
            *self._lost_pages(),
            *(_problem(Severity.error, "page_incomplete", loss.message, loss.page) for loss in self.losses),
        )

    @property
    def with_lost_fonts(self) -> frozenset[int]:
        """Pages on which letters stand as U+FFFD because their fonts are lost."""
        return frozenset(loss.page for loss in self.losses if loss.fonts)

    def _lost_pages(self) -> Iterator[Problem]:
        found = f"{_several(self.page_count, 'page')} left in it"
        if self.pages_named is None:
            what = f"The list of its pages is lost: {found}, more may be missing."
        elif self.page_count < self.pages_named:
            what = f"Pages are missing: {found}, of {self.pages_named} that it names."
        else:
            return
        yield _problem(Severity.error, "pages_lost", f"{what} Get the file anew from its source.")


def is_cut(path: Path) -> bool:
    """True for a PDF file without its mark of the end."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - _END_BYTES))
        return b"%%EOF" not in file.read()


def is_doubtful(path: Path, pages: int) -> bool:
    """True for a file that opens, and whose first `pages` pages may not be whole, or in fonts that are not there."""
    try:
        file = QpdfFile(path, path.name)
    except InputError:  # what qpdf cannot open is left to the reader that could
        return False
    try:
        return may_lack_parts(file, pages)
    finally:
        file.close()


def salvage(path: Path, *, opens: bool = False) -> Salvaged:
    """What can be saved of the file at `path`, which `opens` all the same or does not.

    Raises:
        DamagedFile: not one page can be saved.
        Encrypted: a password is needed.
    """
    cut = is_cut(path)
    content = path.read_bytes() + _CLOSING
    file, has_list = _opened(path.name, content)
    try:
        if cut and (last := _last_object(content)) is not None:
            mark_cut(file, last)
        losses = tuple(_losses(file, opens))
        for loss in losses:  # pages share fonts: all are looked at before one is changed
            blank_fonts(file, loss.page, loss.fonts)
        give_widths(file)
        return Salvaged(
            copy=file.saved(),
            why="ends before its end" if cut else "lacks parts that it uses" if opens else "is damaged",
            page_count=file.page_count,
            pages_named=_pages_named(content) if has_list else None,
            losses=losses,
        )
    finally:
        file.close()


def _several(count: int, thing: str) -> str:
    return f"{count} {thing}{'s' if count > 1 else ''}"


def _problem(severity: Severity, code: str, message: str, page: int | None = None) -> Problem:
    return Problem(severity=severity, stage="pages", code=code, page=page, message=message)


def _opened(name: str, content: bytes) -> tuple[QpdfFile, bool]:
    """The file as qpdf repairs it and True, else with a list of pages of our own and False."""
    try:
        file = QpdfFile(content, name)
        if file.page_count:
            return file, True
        file.close()
    except DamagedFile:
        if b"/Encrypt" in content:  # its key stands with the lost end
            raise
    if not (grown := _with_page_list(content)):
        raise DamagedFile("pages", name, "no page can be found in the file", "Get it anew from its source.")
    return QpdfFile(grown, name), False


def _with_page_list(content: bytes) -> bytes | None:
    """The file with its packed objects laid open and a tree of all pages in it; None without pages."""
    laid_open = content + b"".join(_unpacked(content))
    objects = {int(match[1]): match[2] for match in _OBJECT.finditer(laid_open)}
    kids = [number for number, body in objects.items() if _PAGE.search(body)]
    if not kids:
        return None
    root = max(objects) + 1
    return laid_open + (
        b"%d 0 obj\n<</Type/Catalog/Pages %d 0 R>>\nendobj\n" % (root, root + 1)
        + b"%d 0 obj\n<</Type/Pages/Kids[" % (root + 1)
        + b" ".join(b"%d 0 R" % kid for kid in kids)
        + b"]/Count %d>>\nendobj\n" % len(kids)
        + b"trailer\n<</Root %d 0 R/Size %d>>\nstartxref\n0\n%%%%EOF\n" % (root, root + 2)
    )


def _unpacked(content: bytes) -> Iterator[bytes]:
    """The objects inside streams of objects (PDF 32000-1, 7.5.7), each as if it stood by itself."""
    for match in _OBJECT.finditer(content):
        first = _FIRST.search(match[2])
        if not first or not _PACK.search(match[2]):
            continue
        try:
            data = zlib.decompressobj().decompress(content[match.end() :], _MOST_UNPACKED)
            numbers = [int(word) for word in data[: int(first[1])].split()]
        except (zlib.error, ValueError):
            continue
        starts = [int(first[1]) + offset for offset in numbers[1::2]]
        for number, start, end in zip(numbers[::2], starts, [*starts[1:], len(data)], strict=False):
            if start < end:
                yield b"%d 0 obj\n%s\nendobj\n" % (number, data[start:end])


def _last_object(content: bytes) -> int | None:
    """Number of the object that the end of the file goes through; None where it ends between two."""
    begin = max(_BEGIN.finditer(content), key=re.Match.start, default=None)
    whole = begin is None or content.find(b"endobj", begin.end(), len(content) - len(_CLOSING)) >= 0
    return None if whole or begin is None else int(begin[1])


def _pages_named(content: bytes) -> int:
    trees = (match[2] for match in _OBJECT.finditer(content) if _PAGES.search(match[2]))
    return max((int(count[1]) for tree in trees if (count := _COUNT.search(tree))), default=0)


def _losses(file: QpdfFile, opens: bool) -> Iterator[Loss]:
    """What each page has lost.

    A page without instructions is a blank page of a file that opens, and may have lost all in one that does not.
    """
    for number in range(1, file.page_count + 1):
        instructions = instructions_of(file, number)
        text = not all(part.whole for part in instructions) or not (opens or instructions[0].content)
        fonts = {name for part in instructions for name in _used(_FONT_CHOICE, part) - part.fonts}
        in_part = {name for part in instructions for name in _used(_FONT_CHOICE, part) & part.in_part} - fonts
        pictures = {name for part in instructions for name in _used(_DRAWING, part) - part.drawn}
        if text or fonts or in_part or pictures:
            yield Loss(number, text, tuple(sorted(fonts)), len(in_part), len(pictures))


def _used(operator: re.Pattern[bytes], part: Instructions) -> set[str]:
    return {f"/{name.decode('latin-1')}" for name in operator.findall(part.content)}
