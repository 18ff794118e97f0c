"""Everything that can go wrong on purpose, as one tree, and the exit codes of the command line.

PipelineError
├─ InputError        the document's fault; a retry will not help          exit 3
│   ├─ SourceMissing
│   ├─ UnsupportedFormat
│   ├─ DamagedFile
│   ├─ Encrypted
│   └─ LimitExceeded   pages, pixels, bytes, seconds, memory
├─ TransientError    try again later                                      exit 4
│   ├─ FetchFailed
│   └─ ToolTimeout
├─ ToolError         this machine lacks something, or a tool broke        exit 5
│   ├─ ToolMissing     names the package to install
│   └─ ToolCrashed
├─ SettingsError     the command line or the settings are wrong           exit 2
└─ OutputError                                                            exit 6
    ├─ SchemaViolation
    └─ WriteFailed
"""

import errno
from enum import IntEnum


class ExitCode(IntEnum):
    """Exit codes of `undocs`."""

    ok = 0
    documents_failed = 1
    settings = 2
    input = 3
    transient = 4
    tool = 5
    output = 6
    bug = 70
    interrupted = 130


class PipelineError(Exception):
    """What happened, where, and what can be done about it."""

    code = "pipeline_error"
    exit_code = ExitCode.bug

    def __init__(self, stage: str, source: str, what: str, hint: str) -> None:
        super().__init__(stage, source, what, hint)
        self.stage = stage
        """Stage that met it."""
        self.source = source
        """File, URL or setting concerned."""
        self.what = what
        """What happened, without a final stop."""
        self.hint = hint
        """What to do, one sentence."""

    def __str__(self) -> str:
        return f"{self.source}: {self.what}. {self.hint}"

    @property
    def message(self) -> str:
        """The sentence for a record, which holds no machine path."""
        return f"{self.what}. {self.hint}"


class InputError(PipelineError):
    """The document's fault: trying again with the same bytes gives the same."""

    code = "input_error"
    exit_code = ExitCode.input


class SourceMissing(InputError):
    """No such file, an unreadable one, or a folder without documents."""

    code = "source_missing"


class UnsupportedFormat(InputError):
    """The bytes are of no kind that can be read."""

    code = "unsupported_format"


class DamagedFile(InputError):
    """The bytes claim a format and break its rules beyond salvage."""

    code = "damaged_file"


class Encrypted(InputError):
    """A password is needed."""

    code = "encrypted"


class LimitExceeded(InputError):
    """The document asks for more pages, pixels, bytes, seconds or memory than the settings grant."""

    code = "limit_exceeded"


class TransientError(PipelineError):
    """May succeed when tried again."""

    code = "transient_error"
    exit_code = ExitCode.transient


class FetchFailed(TransientError):
    """A remote source could not be had."""

    code = "fetch_failed"


class ToolTimeout(TransientError):
    """A tool took longer than granted."""

    code = "tool_timeout"


class ToolError(PipelineError):
    """This machine lacks something, or a tool broke."""

    code = "tool_error"
    exit_code = ExitCode.tool


class ToolMissing(ToolError):
    """A program or its data is not installed."""

    code = "tool_missing"


class ToolCrashed(ToolError):
    """A tool ended abnormally."""

    code = "tool_crashed"


class SettingsError(PipelineError):
    """The command line or the settings are wrong."""

    code = "settings_error"
    exit_code = ExitCode.settings


class OutputError(PipelineError):
    """The result could not be kept."""

    code = "output_error"
    exit_code = ExitCode.output


class SchemaViolation(OutputError):
    """A record breaks its own contract."""

    code = "schema_violation"


class WriteFailed(OutputError):
    """The disk or the store refused."""

    code = "write_failed"


_IN_THE_WAY = {
    errno.EISDIR: ("a folder stands where a file is to be", "Move the folder away, or name another place."),
    errno.EEXIST: ("a file stands where a folder is to be", "Move the file away, or name another place."),
    errno.ENOTDIR: ("a file stands where a folder is to be", "Move the file away, or name another place."),
}
_REFUSED = "Make room or give write permission, then run the same again; what is written stays."


def write_refused(source: str, error: OSError) -> WriteFailed:
    """The error for a file or folder that the system does not let us write, by the system's own reason."""
    told, hint = _IN_THE_WAY.get(
        error.errno or 0,
        (
            error.strerror or str(error),
            "Make room or give write permission, then run the same again; what is written stays.",
        ),
    )
    return WriteFailed("writer", source, f"Cannot write it: {told}", hint)
