"""parts: what the pages of a PDF file draw with, which of it is not there, and copies in which that does no harm."""

import zlib
from collections.abc import Collection, Iterator

from pipeline.pages.facts import FontKey, Instructions
from pipeline.pages.fontfacts import base_name
from pipeline.pages.qpdf import Array, Dictionary, Name, Object, Page, PdfError, QpdfFile, Stream
from pipeline.pages.tounicode import to_unicode_stream

_PROGRAMS = ("/FontFile", "/FontFile2", "/FontFile3")
_MEANING = frozenset({"/DescendantFonts", "/Encoding", "/CIDToGIDMap", "/ToUnicode"})
"""Entries without which codes are taken for other letters; where named, they must be there."""
_WIDTHS = frozenset({"/W", "/Widths"})
_BLANK_WIDTH = 250
"""Width of a code that cannot be told, in thousandths of the size; of most such fonts two make a letter."""
_AVERAGE_WIDTH = 450
"""Width of a letter of text where the font's own average is gone as well, in thousandths of the size."""
_MOST_UNPACKED = 1 << 26
"""Bytes to which a stream is unpacked to see whether it ends; what is longer is left to the limits of its page."""
_CUT = "/UndocsCut"
"""Entry by which a stream is marked that the end of a cut file went through."""


def may_lack_parts(file: QpdfFile, pages: int) -> bool:
    """True where instructions or fonts of the first `pages` pages are broken, or letters of a font cannot be told.

    A quick look: whether the page uses that font is not asked.
    """
    fonts: dict[FontKey, bool] = {}
    for page in file.pdf.pages[:pages]:
        if any(stream is not None and not _is_whole(stream) for stream in contents_of(page)):
            return True
        for _, font in _fonts(page.resources):
            if font.objgen not in fonts or font.objgen == (0, 0):
                fonts[font.objgen] = _can_be_read(font) and _has_its_parts(font)
    return not all(fonts.values())


def mark_cut(file: QpdfFile, number: int) -> None:
    """Notes that object `number` is not whole, which its length need not show."""
    found = file.pdf.get_object(number, 0)
    if isinstance(found, Stream):
        found[_CUT] = True


def instructions_of(file: QpdfFile, number: int) -> tuple[Instructions, ...]:
    """The drawing instructions of page `number` from 1, those of the forms on it after its own."""
    return tuple(found for _, found in _instructions(file, number))


def blank_fonts(file: QpdfFile, number: int, names: Collection[str]) -> None:
    """Lets letters in these fonts of page `number`, where they are lost, be read as U+FFFD and drawn as nothing."""
    if not names:
        return
    blank = file.pdf.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.Type3,
            FontBBox=[0, 0, 0, 0],
            FontMatrix=[0.001, 0, 0, 0.001, 0, 0],
            CharProcs=Dictionary(),
            Encoding=Dictionary(Type=Name.Encoding, Differences=[0]),
            FirstChar=0,
            LastChar=255,
            Widths=[_BLANK_WIDTH] * 256,
            ToUnicode=file.pdf.make_stream(to_unicode_stream(dict.fromkeys(range(256), "\ufffd"), False)),
        )
    )
    for resources, part in _instructions(file, number):
        if "/Font" not in resources:
            resources["/Font"] = Dictionary()
        for name in set(names) - part.fonts:
            resources["/Font"][name] = blank


def give_widths(file: QpdfFile) -> None:
    """Gives composite fonts whose widths are gone their average width, so that words come apart again.

    Simple fonts need none: a reader takes the widths of a font of the same name.
    """
    for font in file.pdf.objects:
        if isinstance(font, Dictionary) and "/W" in _dangling(font):
            descriptor = font.get("/FontDescriptor")
            font["/DW"] = descriptor.get("/AvgWidth", _AVERAGE_WIDTH) if descriptor is not None else _AVERAGE_WIDTH


def _instructions(file: QpdfFile, number: int) -> Iterator[tuple[Object, Instructions]]:
    """Resources and instructions of a page and of the forms on it."""
    page = file.pdf.pages[number - 1]
    left: list[tuple[list[Object | None], Object]] = [(contents_of(page), page.resources)]
    seen: set[FontKey] = set()
    while left:
        streams, resources = left.pop()
        drawn, fonts = pictures_in(resources), _fonts(resources)
        yield (
            resources,
            Instructions(
                content=b"\n".join(map(_decoded, streams)),
                whole=all(_is_whole(stream) for stream in streams if len(streams) > 1 or stream is not None),
                fonts=frozenset(name for name, font in fonts if _can_be_read(font)),
                in_part=frozenset(name for name, font in fonts if not _has_its_parts(font)),
                drawn=frozenset(name for name, _ in drawn),
            ),
        )
        for _, form in drawn:
            if form.get("/Subtype") == "/Form" and form.objgen not in seen:
                seen.add(form.objgen)
                left.append(([form], form.get("/Resources", resources)))


def contents_of(page: Page) -> list[Object | None]:
    """The content streams of a page; None for one that is not there."""
    contents = page.obj.get("/Contents")
    return list(contents) if isinstance(contents, Array) else [contents]


def pictures_in(resources: Object) -> list[tuple[str, Stream]]:
    """Names and streams of pictures and forms; those that are not there left out."""
    table = resources.get("/XObject")
    entries = table.items() if isinstance(table, Dictionary) else ()
    return [(str(name), found) for name, found in entries if isinstance(found, Stream)]


def _fonts(resources: Object) -> list[tuple[str, Dictionary]]:
    """Names and dictionaries of fonts; those that are not there left out."""
    table = resources.get("/Font")
    entries = table.items() if isinstance(table, Dictionary) else ()
    return [(str(name), found) for name, found in entries if isinstance(found, Dictionary)]


def _decoded(stream: object) -> bytes:
    """What a stream holds, as far as it can be decoded."""
    try:
        return bytes(stream.read_bytes()) if isinstance(stream, Stream) else b""
    except (PdfError, MemoryError):
        return b""


def _is_whole(stream: object) -> bool:
    """True for a stream that is there to its last byte, as far as its length and its compression tell."""
    if not isinstance(stream, Stream) or _CUT in stream:
        return False
    try:
        packed = bytes(stream.read_raw_bytes())
        if int(stream.get("/Length", 0)) > len(packed):
            return False
        if stream.get("/Filter") != Name.FlateDecode:
            return True
        unpacking = zlib.decompressobj()
        unpacking.decompress(packed, _MOST_UNPACKED)
        return unpacking.eof or bool(unpacking.unconsumed_tail)
    except (PdfError, MemoryError, TypeError, ValueError, zlib.error):
        return False


def _can_be_read(font: Dictionary) -> bool:
    """True where the letters of a font can be told, or be drawn and then recognised."""
    described = _described(font)
    lacks_descendant = font.get("/Subtype") == "/Type0" and described is font
    if lacks_descendant or _dangling(font, described) & _MEANING:
        return False
    if "/ToUnicode" in font or "/CharProcs" in font:
        return "/CharProcs" in font or _is_whole(font.get("/ToUnicode"))
    descriptor = described.get("/FontDescriptor")
    if descriptor is not None and any(_is_whole(descriptor.get(key)) for key in _PROGRAMS):
        return True
    if described is not font:  # codes of an unnamed order are glyph numbers of a program that is not there
        system = described.get("/CIDSystemInfo")
        return system is not None and str(system.get("/Ordering", "Identity")) != "Identity"
    return "/Encoding" in font or base_name(font) == str(font.get("/BaseFont", "")).removeprefix("/")


def _has_its_parts(font: Dictionary) -> bool:
    """True where the widths of a font and its program, if it names them, are there."""
    described = _described(font)
    if _dangling(font, described) & _WIDTHS:
        return False
    descriptor = described.get("/FontDescriptor")
    if not isinstance(descriptor, Dictionary):
        return "/FontDescriptor" not in _dangling(described)
    return all(_is_whole(program) for key, program in descriptor.items() if key in _PROGRAMS)


def _described(font: Dictionary) -> Dictionary:
    """Where the widths and the descriptor of a font stand: in its descendant, or in itself."""
    descendants = font.get("/DescendantFonts")
    inner = descendants[0] if isinstance(descendants, Array) and len(descendants) else None
    return inner if isinstance(inner, Dictionary) else font


def _dangling(*parts: Dictionary) -> set[str]:
    """Entries that name an object which is not in the file."""
    return {key for part in parts for key, found in part.items() if found is None}
