"""PDF files that ask for more than any document may have, written byte by byte: no PDF library would make them."""

import zlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

MIB = 1 << 20

PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << %s >> >>"
FONT = b"/Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>"
TEXT = b"BT /F 12 Tf 72 700 Td (The General Assembly decides to remain seized of the matter.) Tj ET\n"


def pdf(objects: Mapping[int, bytes], trailer: bytes = b"") -> bytes:
    """A file of these objects; 1 is the catalogue, 2 the page tree, 3 the page where nothing else is given."""
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        3: PAGE % FONT,
        4: stream(TEXT),
        **objects,
    }
    out = bytearray(b"%PDF-1.7\n")
    places = {}
    for number, content in sorted(objects.items()):
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 1\n0000000000 65535 f \n"
    for number, place in places.items():
        out += b"%d 1\n%010d 00000 n \n" % (number, place)
    out += b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (max(objects) + 1, trailer, start)
    return bytes(out)


def stream(content: bytes, entries: bytes = b"") -> bytes:
    """A stream object."""
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), entries, content)


def deflated(size: int, pattern: bytes = b"q Q\n") -> bytes:
    """`size` bytes of the pattern, compressed."""
    packer = zlib.compressobj(1)
    piece = pattern * (MIB // len(pattern))
    return b"".join(packer.compress(piece) for _ in range(size // MIB)) + packer.flush()


def long_content(size: int) -> bytes:
    """A page whose content is that long once it is unpacked."""
    return pdf({4: stream(deflated(size), b"/Filter /FlateDecode")})


def twice_packed_content(size: int) -> bytes:
    """The same, packed twice: a file of a few kilobytes."""
    return pdf({4: stream(zlib.compress(deflated(size), 9), b"/Filter [/FlateDecode /FlateDecode]")})


def nested_forms(levels: int, calls: int) -> bytes:
    """Forms that each call the next one several times."""
    forms = {}
    for level in range(levels):
        inner = b"/Resources << /XObject << /X %d 0 R >> >>" % (11 + level) if level + 1 < levels else b""
        content = b"/X Do\n" * calls if inner else b"0 0 1 1 re f\n"
        forms[10 + level] = stream(content, b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] " + inner)
    return pdf({3: PAGE % (FONT + b" /XObject << /X 10 0 R >>"), 4: stream(TEXT + b"/X Do\n"), **forms})


def self_calling_form() -> bytes:
    """A form that calls itself twice."""
    own = b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 10 0 R >> >>"
    return pdf(
        {
            3: PAGE % (FONT + b" /XObject << /X 10 0 R >>"),
            4: stream(TEXT + b"/X Do\n"),
            10: stream(b"/X Do /X Do\n", own),
        }
    )


def self_calling_glyph() -> bytes:
    """A Type 3 font whose glyph shows itself."""
    font = (
        b"<< /Type /Font /Subtype /Type3 /FontBBox [0 0 1 1] /FontMatrix [1 0 0 1 0 0] /FirstChar 97 /LastChar 97 "
        b"/Widths [1] /Encoding << /Differences [97 /a] >> /CharProcs << /a 11 0 R >> "
        b"/Resources << /Font << /F 10 0 R >> >> >>"
    )
    show = stream(b"1 0 0 0 1 1 d1 BT /F 1 Tf (aa) Tj ET")
    return pdf(
        {3: PAGE % b"/Font << /F 10 0 R >>", 4: stream(b"BT /F 12 Tf 72 700 Td (aaaa) Tj ET"), 10: font, 11: show}
    )


def deep_arrays(depth: int) -> bytes:
    """Arrays inside arrays, in the content and in an object of the page."""
    deep = b"[" * depth + b"]" * depth
    return pdf({4: stream(TEXT + deep + b" TJ"), 5: deep, 3: PAGE % (FONT + b" /Deep 5 0 R")})


def tiny_objects(count: int) -> bytes:
    """So many pieces of text of one word each, all over the page."""
    pieces = b"".join(b"BT /F 9 Tf %d %d Td (word) Tj ET\n" % (n % 600, n * 7 % 780) for n in range(count))
    return pdf({4: stream(zlib.compress(pieces), b"/Filter /FlateDecode")})


def tiny_paths(count: int) -> bytes:
    """So many small rectangles."""
    pieces = b"".join(b"%d %d 3 1 re f\n" % (n % 600, n * 7 % 780) for n in range(count))
    return pdf({4: stream(zlib.compress(TEXT + pieces), b"/Filter /FlateDecode")})


def huge_page(side: bytes) -> bytes:
    """A page with sides of that many points and no text, so that it is drawn and looked at."""
    box = PAGE.replace(b"612 792", side + b" " + side)
    return pdf({3: box % b"", 4: stream(b"0 0 100 100 re f 0 0 m 1000 1000 l S")})


def huge_image(side: int) -> bytes:
    """An image of that many pixels a side over the whole page, its data a few kilobytes."""
    image = stream(
        deflated(16 * MIB, b"\x00"),
        b"/Type /XObject /Subtype /Image /Width %d /Height %d /BitsPerComponent 8 /ColorSpace /DeviceGray "
        b"/Filter /FlateDecode" % (side, side),
    )
    return _over_page(image)


def junk_image(decoder: bytes) -> bytes:
    """An image whose data is noise to its decoder."""
    noise = bytes(n * n * 31 % 251 for n in range(4_000))
    head = b"/Type /XObject /Subtype /Image /Width 2000 /Height 2000 /BitsPerComponent 1 /ColorSpace /DeviceGray "
    return _over_page(stream(noise, head + b"/Filter /" + decoder))


def _over_page(image: bytes) -> bytes:
    return pdf({3: PAGE % b"/XObject << /I 10 0 R >>", 4: stream(b"q 612 0 0 792 0 0 cm /I Do Q"), 10: image})


def circular_references() -> bytes:
    """A cross-reference section that names itself as the one before, and a page tree that holds itself."""
    loop = {2: b"<< /Type /Pages /Kids [2 0 R 3 0 R 2 0 R] /Count 3 /Parent 2 0 R >>"}
    start = pdf(loop).rindex(b"xref\n0 1")
    return pdf(loop, b"/Prev %d" % start)


def countless_pages() -> bytes:
    """A page tree that claims two thousand million pages and has one."""
    return pdf({2: b"<< /Type /Pages /Kids [3 0 R] /Count 2000000000 >>"})


def endless_map(ranges: int) -> bytes:
    """An Arabic font whose map to Unicode holds so many ranges of all codes."""
    ranged = b"100 beginbfrange\n" + b"<0000> <ffff> <0627>\n" * 100 + b"endbfrange\n"
    cmap = b"begincmap 1 begincodespacerange <0000> <ffff> endcodespacerange\n" + ranged * (ranges // 100) + b"endcmap"
    font = (
        b"<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [<< /Type /Font "
        b"/Subtype /CIDFontType2 /BaseFont /X /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 "
        b">> /FontDescriptor << /Type /FontDescriptor /FontName /X /Flags 4 >> >>] /ToUnicode 11 0 R >>"
    )
    return pdf(
        {
            3: PAGE % b"/Font << /F 10 0 R >>",
            4: stream(b"BT /F 12 Tf 72 700 Td <000100020003000400050006> Tj ET"),
            10: font,
            11: stream(zlib.compress(cmap), b"/Filter /FlateDecode"),
        }
    )


SMALL: Mapping[str, Callable[[], bytes]] = {
    "content of 64 MiB": lambda: long_content(64 * MIB),
    "nested forms": lambda: nested_forms(4, 10),
    "deep arrays": lambda: deep_arrays(100_000),
    "10 000 texts": lambda: tiny_objects(10_000),
    "20 000 paths": lambda: tiny_paths(20_000),
    "page of 10 km": lambda: huge_page(b"28346457"),
    "page beyond all numbers": lambda: huge_page(b"1e38"),
    "page of no size": lambda: huge_page(b"0"),
    "JBIG2 noise": lambda: junk_image(b"JBIG2Decode"),
    "JPEG 2000 noise": lambda: junk_image(b"JPXDecode"),
    "JPEG noise": lambda: junk_image(b"DCTDecode"),
    "fax noise": lambda: junk_image(b"CCITTFaxDecode"),
    "circular references": circular_references,
    "countless pages": countless_pages,
    "self-calling glyph": self_calling_glyph,
}
"""What ends within seconds, well or badly."""

LARGE: Mapping[str, Callable[[], bytes]] = {
    "content of 1 GiB": lambda: long_content(1024 * MIB),
    "content of 1 GiB, packed twice": lambda: twice_packed_content(1024 * MIB),
    "forms called 10^8 times": lambda: nested_forms(9, 10),
    "form that calls itself twice": self_calling_form,
    "300 000 nested arrays": lambda: deep_arrays(300_000),
    "1 000 000 texts": lambda: tiny_objects(1_000_000),
    "image of 10^10 pixels": lambda: huge_image(100_000),
    "map of 10 000 full ranges": lambda: endless_map(10_000),
}
"""What costs a page its time or a worker its memory."""


def written(folder: Path, bombs: Mapping[str, Callable[[], bytes]]) -> Iterator[Path]:
    """The bombs as files in the folder."""
    for name, made in bombs.items():
        path = folder / f"{name.replace(' ', '_').replace('^', '')}.pdf"
        path.write_bytes(made())
        yield path
