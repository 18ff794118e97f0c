"""qpdf: the fonts of a PDF file as the file describes them, copies with other ToUnicode maps, and salvaged copies."""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pikepdf

from pipeline.errors import DamagedFile, Encrypted

_ACTUAL_TEXT, _NO_TEXT = b"/ActualText", b"/ActualNone"
FontKey = tuple[int, int]
"""Object number and generation of a font dictionary."""


@dataclass(frozen=True, slots=True)
class FontFact:
    """A font dictionary: how it is encoded, what it says its codes mean, and its embedded program."""

    key: FontKey
    name: str
    two_bytes: bool
    """True for a composite font, False for a simple one, whose codes are one byte long."""
    to_unicode: bytes | None
    """The /ToUnicode stream, decoded."""
    program: bytes | None
    """The embedded TrueType or OpenType program, decoded; None for other kinds and where there is none."""
    glyph_of_code: Mapping[int, int] | None
    """Code → glyph index where the file gives a table; None where the code is the glyph index (composite fonts) or the
    program's own table for single bytes says (simple fonts)."""
    width_codes: frozenset[int]
    """Codes whose width the file gives: those in use, with most producers."""


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
            contents = page.obj.get("/Contents")
            for stream in contents if isinstance(contents, pikepdf.Array) else (contents,):
                _forget(stream)
            drawn = page.resources.get("/XObject")
            for _, form in drawn.items() if isinstance(drawn, pikepdf.Dictionary) else ():
                _forget(form)

    def saved(self, *, compress: bool = False) -> bytes:
        """The file written anew; the same input gives the same bytes."""
        out = io.BytesIO()
        self._pdf.save(out, compress_streams=compress, deterministic_id=True)
        return out.getvalue()


def salvaged(path: Path) -> bytes:
    """A repaired copy of a damaged file; raises DamagedFile or Encrypted where nothing can be saved."""
    file = QpdfFile(path, path.name)
    try:
        if not file.page_count:
            raise DamagedFile("pages", path.name, "no page can be found in the file", "Get it anew from its source.")
        return file.saved()
    except (pikepdf.PdfError, ValueError, RuntimeError) as error:
        raise DamagedFile(
            "pages", path.name, f"the file is damaged beyond repair ({_short(error)})", "Get it anew from its source."
        ) from error
    finally:
        file.close()


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


def _short(error: Exception) -> str:
    """The reason without the path that qpdf puts before it."""
    return str(error).rsplit("/", 1)[-1].split("\n")[0][:120]


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


def to_unicode_stream(table: Mapping[int, str], two_bytes: bool) -> bytes:
    """A ToUnicode CMap (PDF 32000-1, 9.10.3) for code → text."""
    digits = 4 if two_bytes else 2
    lines = [
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        "/CMapName /Adobe-Identity-UCS def /CMapType 2 def",
        f"1 begincodespacerange <{'0' * digits}> <{'F' * digits}> endcodespacerange",
    ]
    entries = [
        f"<{code:0{digits}X}> <{text.encode('utf-16-be').hex().upper()}>"
        for code, text in sorted(table.items())
        if text
    ]
    for i in range(0, len(entries), 100):
        chunk = entries[i : i + 100]
        lines += [f"{len(chunk)} beginbfchar", *chunk, "endbfchar"]
    lines.append("endcmap CMapName currentdict /CMap defineresource pop end end")
    return "\n".join(lines).encode("ascii")
