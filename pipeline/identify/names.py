"""Does the name of a file say what its bytes are? An error page that a server sent may bear the name of a PDF."""

from pathlib import PurePosixPath

from schemas.problem import Problem, Severity
from schemas.source import MediaType

_TEXT = frozenset({MediaType.text, MediaType.markdown})
_BY_ENDING: dict[str, frozenset[MediaType]] = {
    ".pdf": frozenset({MediaType.pdf}),
    ".txt": _TEXT,
    ".md": _TEXT,
    ".png": frozenset({MediaType.png}),
    ".jpg": frozenset({MediaType.jpeg}),
    ".jpeg": frozenset({MediaType.jpeg}),
    ".tif": frozenset({MediaType.tiff}),
    ".tiff": frozenset({MediaType.tiff}),
}


def misnamed(file_name: str, media_type: MediaType) -> tuple[Problem, ...]:
    """A warning where the name's ending promises another kind of file than the bytes are."""
    ending = PurePosixPath(file_name).suffix.lower()
    if media_type in _BY_ENDING.get(ending, {media_type}):
        return ()
    message = (
        f"The name ends in {ending}, but the bytes are {media_type.value}. They were read as what they are; "
        "see that they are the document and no error page, or get it anew from its source."
    )
    return (Problem(severity=Severity.warning, stage="identify", code="misnamed_file", message=message),)
