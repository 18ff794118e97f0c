"""Draws the sample PDFs again from the sample texts and brings their digests in manifest.toml up to date.

`make samples` runs it. The same fonts and libraries give the same bytes.
"""

import hashlib
import re
import sys
from collections.abc import Callable
from pathlib import Path

from drawing import fonts
from drawing.letters import draw_000, draw_001, draw_002, draw_003
from drawing.scan import scan
from drawing.shaped import draw_004_shaped
from drawing.visual import draw_004_visual

FOLDER = Path(__file__).resolve().parent

DRAWINGS: dict[str, Callable[[], bytes]] = {
    "000_scan.pdf": lambda: scan(draw_000(), seed=0, grey=False),
    "001_letter_with_images.pdf": draw_001,
    "002_letterhead.pdf": draw_002,
    "003_letter.pdf": draw_003,
    "004_note_verbale_shaped.pdf": draw_004_shaped,
    "004_note_verbale_visual.pdf": draw_004_visual,
    "004_scan.pdf": lambda: scan(draw_004_shaped(), seed=4, grey=True),
}


def main() -> None:
    """Writes each PDF and says which changed."""
    fonts.register()
    for name, draw in DRAWINGS.items():
        content = draw()
        path = FOLDER / name
        same = path.is_file() and path.read_bytes() == content
        path.write_bytes(content)
        update_manifest(name, content)
        sys.stdout.write(f"{name:32} {len(content):8,} bytes  {'as before' if same else 'changed'}\n")


def update_manifest(name: str, content: bytes) -> None:
    """Puts the digest and size of a drawn file into its entry, where it has one."""
    manifest = FOLDER / "manifest.toml"
    if not manifest.is_file():
        return
    head, entry, rest = manifest.read_text(encoding="utf-8").partition(f'file = "{name}"\n')
    rest = re.sub(r'^sha256 = ".*"$', f'sha256 = "{hashlib.sha256(content).hexdigest()}"', rest, count=1, flags=re.M)
    rest = re.sub(r"^bytes = .*$", f"bytes = {len(content)}", rest, count=1, flags=re.M)
    if entry:
        manifest.write_text(head + entry + rest, encoding="utf-8")


if __name__ == "__main__":
    main()
