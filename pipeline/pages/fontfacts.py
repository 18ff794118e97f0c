"""fontfacts: the fonts of a PDF file as it describes them, and copies of it with other ToUnicode maps."""

from collections.abc import Mapping

from pipeline.errors import DamagedFile
from pipeline.pages.facts import FontFact, FontKey
from pipeline.pages.qpdf import Array, Dictionary, Object, PdfError, QpdfFile, Stream, reason_of
from pipeline.pages.tounicode import to_unicode_stream


def fonts_of(file: QpdfFile) -> tuple[FontFact, ...]:
    """All fonts of the file in the order of their object numbers; broken ones are left out."""
    try:
        return _fonts(file)
    except (PdfError, RuntimeError, ValueError) as error:
        raise DamagedFile(
            "pages", file.name, f"its fonts cannot be read ({reason_of(error)})", "Get the file anew from its source."
        ) from error


def _fonts(file: QpdfFile) -> tuple[FontFact, ...]:
    out = []
    for obj in file.pdf.objects:
        if isinstance(obj, Dictionary) and obj.get("/Type") == "/Font" and "/DescendantFonts" in obj:
            fact = _composite(obj)
        elif isinstance(obj, Dictionary) and obj.get("/Type") == "/Font" and "/ToUnicode" in obj:
            fact = _simple(obj)
        else:
            continue
        if fact is not None:
            out.append(fact)
    return tuple(out)


def with_maps(file: QpdfFile, maps: Mapping[FontKey, Mapping[int, str]], *, compress: bool = False) -> bytes:
    """The file with new ToUnicode maps (code → text) for the fonts named, everything else as it is."""
    two_bytes = {fact.key: fact.two_bytes for fact in fonts_of(file)}
    for key, table in maps.items():
        stream = to_unicode_stream(table, two_bytes.get(key, True))
        file.pdf.get_object(key)["/ToUnicode"] = file.pdf.make_stream(stream)
    return file.saved(compress=compress)


def _composite(font: Dictionary) -> FontFact | None:
    try:
        descendant = font["/DescendantFonts"][0]
        identity = str(font.get("/Encoding", "")) in ("/Identity-H", "/Identity-V")
        glyphs = descendant.get("/CIDToGIDMap")
        table: dict[int, int] | None = None
        if isinstance(glyphs, Stream):
            data = glyphs.read_bytes()
            table = {i: data[2 * i] << 8 | data[2 * i + 1] for i in range(len(data) // 2)}
        return FontFact(
            key=font.objgen,
            name=base_name(font),
            two_bytes=True,
            to_unicode=_to_unicode(font),
            program=_program(descendant.get("/FontDescriptor")) if identity else None,
            glyph_of_code=table,
            width_codes=_width_codes(descendant.get("/W")) if identity else frozenset(),
        )
    except (PdfError, KeyError, IndexError, TypeError, ValueError, AttributeError):
        return None


def _simple(font: Dictionary) -> FontFact | None:
    try:
        program = _program(font.get("/FontDescriptor"))
        return FontFact(font.objgen, base_name(font), False, _to_unicode(font), program, None, _code_range(font))
    except (PdfError, KeyError, TypeError, ValueError, AttributeError):
        return None


def _code_range(font: Dictionary) -> frozenset[int]:
    """Codes of a simple font: /FirstChar to /LastChar."""
    first, last = int(font.get("/FirstChar", 0)), int(font.get("/LastChar", -1))
    return frozenset(range(max(0, first), min(255, last) + 1))


def base_name(font: Dictionary) -> str:
    """Name of a font without the mark of a subset."""
    name = str(font.get("/BaseFont", "")).removeprefix("/")
    return name.split("+", 1)[1] if len(name) > 7 and name[6] == "+" else name


def _to_unicode(font: Dictionary) -> bytes | None:
    stream = font.get("/ToUnicode")
    return bytes(stream.read_bytes()) if isinstance(stream, Stream) else None


def _program(descriptor: Object | None) -> bytes | None:
    if descriptor is None:
        return None
    for key in ("/FontFile2", "/FontFile3"):
        stream = descriptor.get(key)
        if isinstance(stream, Stream) and (key == "/FontFile2" or stream.get("/Subtype") == "/OpenType"):
            return bytes(stream.read_bytes())
    return None


def _width_codes(widths: Object | None) -> frozenset[int]:
    """Codes named by a /W array (PDF 32000-1, 9.7.4.3)."""
    out: set[int] = set()
    items = list(widths) if widths is not None else []
    i = 0
    while i + 1 < len(items):
        first = int(items[i])
        if isinstance(items[i + 1], Array):
            out.update(range(first, first + len(items[i + 1])))
            i += 2
        elif i + 2 < len(items):
            out.update(range(first, min(int(items[i + 1]), first + 512) + 1))
            i += 3
        else:
            break
    return frozenset(c for c in out if 0 <= c <= 0xFFFF)
