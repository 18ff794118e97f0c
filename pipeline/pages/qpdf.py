"""qpdf: PDF files opened for their objects, repaired where they are damaged, and written anew."""

import io
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Page, PdfError, Stream

from pipeline.errors import DamagedFile, Encrypted

__all__ = ["Array", "Dictionary", "Name", "Object", "Page", "PdfError", "QpdfFile", "Stream", "reason_of"]


class QpdfFile:
    """A PDF file opened for its objects."""

    def __init__(self, source: Path | bytes, name: str) -> None:
        self.name = name
        try:
            self.pdf = pikepdf.open(io.BytesIO(source) if isinstance(source, bytes) else source)
        except pikepdf.PasswordError as error:
            raise Encrypted("pages", name, "the file needs a password", "Remove the password and try again.") from error
        except (PdfError, ValueError, OSError) as error:
            raise DamagedFile(
                "pages", name, f"qpdf cannot open the file ({reason_of(error)})", "Get the file anew from its source."
            ) from error

    def close(self) -> None:
        """Free the file."""
        self.pdf.close()

    @property
    def page_count(self) -> int:
        """Pages that can be found."""
        try:
            return len(self.pdf.pages)
        except PdfError:
            return 0

    def saved(self, *, compress: bool = False) -> bytes:
        """The file written anew; the same input gives the same bytes."""
        out = io.BytesIO()
        self.pdf.save(out, compress_streams=compress, deterministic_id=True, fix_metadata_version=False)
        return out.getvalue()


def reason_of(error: Exception) -> str:
    """The reason without the path or address that qpdf puts before it."""
    return str(error).split("\n")[0].rpartition(": ")[2][:120]
