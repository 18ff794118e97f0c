"""List files (`@list.txt`) → the sources they name, one a line."""

from pathlib import Path

from pipeline.fetch.addresses import is_remote

COMMENT = "#"
"""Starts a comment, at the beginning of a line or after a blank; `#` inside a name or URL stays."""


def entries_of(list_file: Path) -> tuple[str, ...]:
    """What the list names, in its order; local names are taken from the folder that the list lies in.

    Blank lines and comments are skipped. Raises OSError where the list cannot be read and
    UnicodeDecodeError where it is no text.
    """
    lines = (_without_comment(line) for line in list_file.read_text("utf-8-sig").splitlines())
    return tuple(_from_folder(list_file.parent, line) for line in lines if line)


def _without_comment(line: str) -> str:
    text = line.strip()
    if text.startswith(COMMENT):
        return ""
    return text.split(" " + COMMENT, 1)[0].rstrip()


def _from_folder(folder: Path, entry: str) -> str:
    if is_remote(entry):
        return entry
    if entry.startswith("@"):
        return "@" + str(folder / entry[1:])
    return str(folder / entry)
