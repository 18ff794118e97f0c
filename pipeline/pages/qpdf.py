"""qpdf: the fonts and drawing instructions of a PDF file as it gives them, and copies with other fonts or maps."""

import io
import zlib
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

import pikepdf

from pipeline.errors import DamagedFile, Encrypted
from pipeline.pages.facts import FontFact, FontKey, Instructions
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
_ACTUAL_TEXT, _NO_TEXT = b"/ActualText", b"/ActualNone"


class QpdfFile:
    """A PDF file opened for its objects."""

    def __init__(self, source: Path | bytes, name: str) -> None:
        self._name = name
        try:
            self._pdf = pikepdf.open(io.BytesIO(source) if isinstance(source, bytes) else source)
        except pikepdf.PasswordError as error:
            raise Encrypted("pages", name, "the file needs a password", "Remove the password and try again.") from error
        except (pikepdf.PdfError, ValueError, OSError) as error:
            raise DamagedFile(
                "pages", name, f"qpdf cannot open the file ({_short(error)})", "Get the file anew from its source."
            ) from error

    def close(self) -> None:
        """Free the file."""
        self._pdf.close()

    @property
    def page_count(self) -> int:
        """Pages that can be found."""
        try:
            return len(self._pdf.pages)
        except pikepdf.PdfError:
            return 0

    def fonts(self) -> tuple[FontFact, ...]:
        """All fonts of the file in the order of their object numbers; broken ones are left out."""
        try:
            return self._fonts()
        except (pikepdf.PdfError, RuntimeError, ValueError) as error:
            raise DamagedFile(
                "pages", self._name, f"its fonts cannot be read ({_short(error)})", "Get the file anew from its source."
            ) from error

    def _fonts(self) -> tuple[FontFact, ...]:
        out = []
        for obj in self._pdf.objects:
            if isinstance(obj, pikepdf.Dictionary) and obj.get("/Type") == "/Font" and "/DescendantFonts" in obj:
                fact = _composite(obj)
            elif isinstance(obj, pikepdf.Dictionary) and obj.get("/Type") == "/Font" and "/ToUnicode" in obj:
                fact = _simple(obj)
            else:
                continue
            if fact is not None:
                out.append(fact)
        return tuple(out)

    def with_maps(self, maps: Mapping[FontKey, Mapping[int, str]], *, compress: bool = False) -> bytes:
        """The file with new ToUnicode maps (code → text) for the fonts named, everything else as it is."""
        two_bytes = {fact.key: fact.two_bytes for fact in self.fonts()}
        for key, table in maps.items():
            stream = to_unicode_stream(table, two_bytes.get(key, True))
            self._pdf.get_object(key)["/ToUnicode"] = self._pdf.make_stream(stream)
        return self.saved(compress=compress)

    def forget_actual_text(self) -> None:
        """Hides the replacement texts of tagged PDFs (PDF 32000-1, 14.9.4), which pdfium gives instead of the glyphs.

        They stand in the order of the source, cut evenly over the glyphs, so that a ligature came apart the wrong way
        round.
        """
        if "/StructTreeRoot" not in self._pdf.Root and "/MarkInfo" not in self._pdf.Root:
            return
        for page in self._pdf.pages:
            for stream in (*_contents(page), *(form for _, form in _pictures(page.resources))):
                _forget(stream)

    def may_lack_parts(self, pages: int) -> bool:
        """True where instructions of the first `pages` pages are broken, or letters of a font cannot be told.

        A quick look: whether the page uses that font is not asked.
        """
        fonts: dict[FontKey, bool] = {}
        for page in self._pdf.pages[:pages]:
            if any(stream is not None and not _is_whole(stream) for stream in _contents(page)):
                return True
            for _, font in _fonts(page.resources):
                if font.objgen not in fonts or font.objgen == (0, 0):
                    fonts[font.objgen] = _can_be_read(font)
        return not all(fonts.values())

    def mark_cut(self, number: int) -> None:
        """Notes that object `number` is not whole, which its length need not show."""
        found = self._pdf.get_object(number, 0)
        if isinstance(found, pikepdf.Stream):
            found[_CUT] = True

    def instructions(self, number: int) -> tuple[Instructions, ...]:
        """The drawing instructions of page `number` from 1, those of the forms on it after its own."""
        return tuple(found for _, found in self._instructions(number))

    def blank_fonts(self, number: int, names: Collection[str]) -> None:
        """Lets letters in these fonts of page `number`, where they are lost, be read as U+FFFD and drawn as nothing."""
        if not names:
            return
        blank = self._pdf.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Font,
                Subtype=pikepdf.Name.Type3,
                FontBBox=[0, 0, 0, 0],
                FontMatrix=[0.001, 0, 0, 0.001, 0, 0],
                CharProcs=pikepdf.Dictionary(),
                Encoding=pikepdf.Dictionary(Type=pikepdf.Name.Encoding, Differences=[0]),
                FirstChar=0,
                LastChar=255,
                Widths=[_BLANK_WIDTH] * 256,
                ToUnicode=self._pdf.make_stream(to_unicode_stream(dict.fromkeys(range(256), "\ufffd"), False)),
            )
        )
        for resources, part in self._instructions(number):
            if "/Font" not in resources:
                resources["/Font"] = pikepdf.Dictionary()
            for name in set(names) - part.fonts:
                resources["/Font"][name] = blank

    def give_widths(self) -> None:
        """Gives composite fonts whose widths are gone their average width, so that words come apart again.

        Simple fonts need none: a reader takes the widths of a font of the same name.
        """
        for font in self._pdf.objects:
            if isinstance(font, pikepdf.Dictionary) and "/W" in _dangling(font):
                descriptor = font.get("/FontDescriptor")
                font["/DW"] = descriptor.get("/AvgWidth", _AVERAGE_WIDTH) if descriptor is not None else _AVERAGE_WIDTH

    def _instructions(self, number: int) -> Iterator[tuple["pikepdf.Object", Instructions]]:
        """Resources and instructions of a page and of the forms on it."""
        page = self._pdf.pages[number - 1]
        left: list[tuple[list[pikepdf.Object | None], pikepdf.Object]] = [(_contents(page), page.resources)]
        seen: set[FontKey] = set()
        while left:
            streams, resources = left.pop()
            drawn, fonts = _pictures(resources), _fonts(resources)
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

    def saved(self, *, compress: bool = False) -> bytes:
        """The file written anew; the same input gives the same bytes."""
        out = io.BytesIO()
        self._pdf.save(out, compress_streams=compress, deterministic_id=True, fix_metadata_version=False)
        return out.getvalue()


def _forget(stream: object) -> None:
    """Renames the key /ActualText inside a content stream; a picture, or what cannot be decoded, stays as it is."""
    if not isinstance(stream, pikepdf.Stream) or stream.get("/Subtype") == "/Image":
        return
    try:
        content = stream.read_bytes()
    except (pikepdf.PdfError, MemoryError):  # a bomb costs its own page later, not the whole file
        return
    if _ACTUAL_TEXT in content:
        stream.write(content.replace(_ACTUAL_TEXT, _NO_TEXT))


def _contents(page: "pikepdf.Page") -> "list[pikepdf.Object | None]":
    """The content streams of a page; None for one that is not there."""
    contents = page.obj.get("/Contents")
    return list(contents) if isinstance(contents, pikepdf.Array) else [contents]


def _pictures(resources: "pikepdf.Object") -> list[tuple[str, "pikepdf.Stream"]]:
    """Names and streams of pictures and forms; those that are not there left out."""
    table = resources.get("/XObject")
    entries = table.items() if isinstance(table, pikepdf.Dictionary) else ()
    return [(str(name), found) for name, found in entries if isinstance(found, pikepdf.Stream)]


def _fonts(resources: "pikepdf.Object") -> list[tuple[str, "pikepdf.Dictionary"]]:
    """Names and dictionaries of fonts; those that are not there left out."""
    table = resources.get("/Font")
    entries = table.items() if isinstance(table, pikepdf.Dictionary) else ()
    return [(str(name), found) for name, found in entries if isinstance(found, pikepdf.Dictionary)]


def _decoded(stream: object) -> bytes:
    """What a stream holds, as far as it can be decoded."""
    try:
        return bytes(stream.read_bytes()) if isinstance(stream, pikepdf.Stream) else b""
    except (pikepdf.PdfError, MemoryError):
        return b""


def _is_whole(stream: object) -> bool:
    """True for a stream that is there to its last byte, as far as its length and its compression tell."""
    if not isinstance(stream, pikepdf.Stream) or _CUT in stream:
        return False
    try:
        packed = bytes(stream.read_raw_bytes())
        if int(stream.get("/Length", 0)) > len(packed):
            return False
        if stream.get("/Filter") != pikepdf.Name.FlateDecode:
            return True
        unpacking = zlib.decompressobj()
        unpacking.decompress(packed, _MOST_UNPACKED)
        return unpacking.eof or bool(unpacking.unconsumed_tail)
    except (pikepdf.PdfError, MemoryError, TypeError, ValueError, zlib.error):
        return False


def _can_be_read(font: "pikepdf.Dictionary") -> bool:
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
    return "/Encoding" in font or _name(font) == str(font.get("/BaseFont", "")).removeprefix("/")


def _has_its_parts(font: "pikepdf.Dictionary") -> bool:
    """True where the widths of a font and its program, if it names them, are there."""
    described = _described(font)
    if _dangling(font, described) & _WIDTHS:
        return False
    descriptor = described.get("/FontDescriptor")
    if not isinstance(descriptor, pikepdf.Dictionary):
        return "/FontDescriptor" not in _dangling(described)
    return all(_is_whole(program) for key, program in descriptor.items() if key in _PROGRAMS)


def _described(font: "pikepdf.Dictionary") -> "pikepdf.Dictionary":
    """Where the widths and the descriptor of a font stand: in its descendant, or in itself."""
    descendants = font.get("/DescendantFonts")
    inner = descendants[0] if isinstance(descendants, pikepdf.Array) and len(descendants) else None
    return inner if isinstance(inner, pikepdf.Dictionary) else font


def _dangling(*parts: "pikepdf.Dictionary") -> set[str]:
    """Entries that name an object which is not in the file."""
    return {key for part in parts for key, found in part.items() if found is None}


def _short(error: Exception) -> str:
    """The reason without the path or address that qpdf puts before it."""
    return str(error).split("\n")[0].rpartition(": ")[2][:120]


def _composite(font: "pikepdf.Dictionary") -> FontFact | None:
    try:
        descendant = font["/DescendantFonts"][0]
        identity = str(font.get("/Encoding", "")) in ("/Identity-H", "/Identity-V")
        glyphs = descendant.get("/CIDToGIDMap")
        table: dict[int, int] | None = None
        if isinstance(glyphs, pikepdf.Stream):
            data = glyphs.read_bytes()
            table = {i: data[2 * i] << 8 | data[2 * i + 1] for i in range(len(data) // 2)}
        return FontFact(
            key=font.objgen,
            name=_name(font),
            two_bytes=True,
            to_unicode=_to_unicode(font),
            program=_program(descendant.get("/FontDescriptor")) if identity else None,
            glyph_of_code=table,
            width_codes=_width_codes(descendant.get("/W")) if identity else frozenset(),
        )
    except (pikepdf.PdfError, KeyError, IndexError, TypeError, ValueError, AttributeError):
        return None


def _simple(font: "pikepdf.Dictionary") -> FontFact | None:
    try:
        program = _program(font.get("/FontDescriptor"))
        return FontFact(font.objgen, _name(font), False, _to_unicode(font), program, None, _code_range(font))
    except (pikepdf.PdfError, KeyError, TypeError, ValueError, AttributeError):
        return None


def _code_range(font: "pikepdf.Dictionary") -> frozenset[int]:
    """Codes of a simple font: /FirstChar to /LastChar."""
    first, last = int(font.get("/FirstChar", 0)), int(font.get("/LastChar", -1))
    return frozenset(range(max(0, first), min(255, last) + 1))


def _name(font: "pikepdf.Dictionary") -> str:
    name = str(font.get("/BaseFont", "")).removeprefix("/")
    return name.split("+", 1)[1] if len(name) > 7 and name[6] == "+" else name


def _to_unicode(font: "pikepdf.Dictionary") -> bytes | None:
    stream = font.get("/ToUnicode")
    return bytes(stream.read_bytes()) if isinstance(stream, pikepdf.Stream) else None


def _program(descriptor: "pikepdf.Object | None") -> bytes | None:
    if descriptor is None:
        return None
    for key in ("/FontFile2", "/FontFile3"):
        stream = descriptor.get(key)
        if isinstance(stream, pikepdf.Stream) and (key == "/FontFile2" or stream.get("/Subtype") == "/OpenType"):
            return bytes(stream.read_bytes())
    return None


def _width_codes(widths: "pikepdf.Object | None") -> frozenset[int]:
    """Codes named by a /W array (PDF 32000-1, 9.7.4.3)."""
    out: set[int] = set()
    items = list(widths) if widths is not None else []
    i = 0
    while i + 1 < len(items):
        first = int(items[i])
        if isinstance(items[i + 1], pikepdf.Array):
            out.update(range(first, first + len(items[i + 1])))
            i += 2
        elif i + 2 < len(items):
            out.update(range(first, min(int(items[i + 1]), first + 512) + 1))
            i += 3
        else:
            break
    return frozenset(c for c in out if 0 <= c <= 0xFFFF)
