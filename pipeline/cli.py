"""The command line `undocs`: arguments → one command → exit code.

Nothing heavy is imported here: each command imports what it needs, so that `--help` answers at once.
"""

import argparse
import importlib
from collections.abc import Sequence
from typing import TYPE_CHECKING, NoReturn

from pipeline import __version__
from pipeline.children import start_ahead
from pipeline.commands.answering import answer_of
from pipeline.errors import ExitCode

if TYPE_CHECKING:
    _Commands = argparse._SubParsersAction["_Parser"]

_EXIT_CODES = """\
exit codes: 0 all ok · 1 finished, some documents partial or failed · 2 wrong settings · 3 wrong input
            4 try again later · 5 a tool is missing or broke · 6 cannot write · 70 a bug of ours · 130 interrupted
"""


class _Parser(argparse.ArgumentParser):
    """argparse whose refusals say where help is."""

    def error(self, message: str) -> NoReturn:
        self.exit(ExitCode.settings, f"{self.prog}: {message}\nTry `{self.prog} --help`.\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code is that of `errors.ExitCode`."""
    parsed = _parser().parse_args(arguments)
    if parsed.module == "ingest":
        start_ahead()
    return answer_of(lambda given: importlib.import_module(f"pipeline.commands.{given.module}").run(given), parsed)


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="undocs",
        description="Turns United Nations documents (PDF, scans, text) into JSON records.",
        epilog=_EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"undocs {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _add_ingest(commands)
    _add_retry(commands)
    _add_status(commands)
    _add_validate(commands)
    _add_explain(commands)
    _add_mend(commands)
    _add_languages(commands)
    _add_symbol(commands)
    _add_export(commands)
    _add_schema(commands)
    _add_doctor(commands)
    return parser


def _add(commands: "_Commands", name: str, module: str, what: str, example: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(
        name,
        help=what,
        description=what[0].upper() + what[1:] + ".",
        epilog=f"example:\n{example}\n\n{_EXIT_CODES}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.set_defaults(module=module, command=name)
    return parser


def _add_ingest(commands: "_Commands") -> None:
    parser = _add(
        commands,
        "ingest",
        "ingest",
        "turn documents into records",
        "  undocs ingest inbox/ @more.txt --out out\n"
        "  undocs ingest A_75_660.pdf --out out --force      (again, though it is up to date)",
    )
    parser.add_argument(
        "sources",
        nargs="+",
        metavar="SOURCE",
        help="a file (PDF, text, Markdown, PNG, JPEG, TIFF), a folder, a list file as @list.txt, "
        "an http(s) URL, or symbol:A/75/660?lang=ar",
    )
    parser.add_argument("--out", required=True, metavar="DIR", help="folder for records/, images/ and runs/")
    _add_run_options(parser)
    parser.add_argument(
        "--only",
        nargs="+",
        default=[],
        metavar="ID",
        help="only these documents: record id, file name, or the first 8 or more digits of the SHA-256",
    )
    parser.add_argument("--force", action="store_true", help="ingest again what is up to date")


def _add_run_options(parser: argparse.ArgumentParser) -> None:
    """What `ingest` and `retry` have in common."""
    parser.add_argument("--jobs", type=int, default=0, metavar="N", help="worker processes (default: one a core)")
    parser.add_argument(
        "--ocr",
        choices=("auto", "always", "never"),
        default="auto",
        help="recognise pages without a believable text layer (auto), all pages, or none",
    )
    parser.add_argument("--network", action="store_true", help="allow http(s) and symbol: sources")
    parser.add_argument("--json", action="store_true", help="print the run report as JSON on standard output")


def _add_retry(commands: "_Commands") -> None:
    parser = _add(
        commands,
        "retry",
        "ingest",
        "ingest again only what failed or is partial",
        "  undocs retry out",
    )
    parser.add_argument("out", metavar="DIR", help="an output folder of `undocs ingest`")
    _add_run_options(parser)


def _add_status(commands: "_Commands") -> None:
    parser = _add(
        commands,
        "status",
        "status",
        "say what an output folder holds: documents by status and language, failures and what to do",
        "  undocs status out",
    )
    parser.add_argument("out", metavar="DIR", help="an output folder of `undocs ingest`")
    parser.add_argument("--json", action="store_true", help="print it as JSON")


def _add_validate(commands: "_Commands") -> None:
    parser = _add(
        commands,
        "validate",
        "validate",
        "check every record against the schema and the invariants",
        "  undocs validate out",
    )
    parser.add_argument("out", metavar="DIR", help="an output folder, a folder of records, or one record")
    parser.add_argument("--json", action="store_true", help="print the findings as JSON")


def _add_explain(commands: "_Commands") -> None:
    parser = _add(
        commands,
        "explain",
        "explain",
        "draw what the code saw over a page: lines, blocks by kind, parts, figures, origin of the text",
        "  undocs explain A_75_660.pdf --page 2 --out page2.png",
    )
    parser.add_argument("file", metavar="FILE", help="a PDF or an image")
    parser.add_argument("--page", type=int, default=1, metavar="N", help="position in the file, from 1")
    parser.add_argument("--out", required=True, metavar="PNG", help="picture to write")


def _add_mend(commands: "_Commands") -> None:
    parser = _add(
        commands,
        "mend",
        "mend",
        "write a copy of a PDF whose false text layer is put right, so that copy and search work in any viewer",
        "  undocs mend A_79_876.pdf --out fixed.pdf",
    )
    parser.add_argument("file", metavar="FILE", help="a PDF")
    parser.add_argument("--out", required=True, metavar="PDF", help="file to write")


def _add_languages(commands: "_Commands") -> None:
    _add(
        commands,
        "languages",
        "languages",
        "tag the language of each line of standard input; one JSON object a line",
        "  echo 'Xarici İşlər Nazirliyi / Ministry of Foreign Affairs' | undocs languages",
    )


def _add_symbol(commands: "_Commands") -> None:
    parser = _add(
        commands,
        "symbol",
        "symbol",
        "parse UN document symbols; one JSON object a line",
        "  undocs symbol 'A/75/660-S/2020/1267' 'S/RES/822 (1993)'",
    )
    parser.add_argument("symbols", nargs="+", metavar="SYMBOL", help="a symbol as printed")


def _add_export(commands: "_Commands") -> None:
    parser = _add(
        commands,
        "export",
        "export",
        "write the records of an output folder in other forms",
        "  undocs export out --format markdown,html\n"
        "  undocs export out --format parquet --out tables      (tables/parquet/blocks.parquet …)",
    )
    parser.add_argument("dir", metavar="DIR", help="an output folder of `undocs ingest`")
    parser.add_argument(
        "--format", required=True, metavar="NAMES", help="one or more of jsonl, parquet, markdown, html, akn"
    )
    parser.add_argument("--out", metavar="DIR", help="folder to write to (default: export/ in the output folder)")


def _add_schema(commands: "_Commands") -> None:
    _add(commands, "schema", "schema", "print the JSON Schema of a record", "  undocs schema > record.schema.json")


def _add_doctor(commands: "_Commands") -> None:
    parser = _add(
        commands,
        "doctor",
        "doctor",
        "check this machine: Tesseract and its language packs, memory, write access; say what to install",
        "  undocs doctor --out out",
    )
    parser.add_argument("--out", default=".", metavar="DIR", help="folder that must be writable (default: here)")
    parser.add_argument("--json", action="store_true", help="print it as JSON")
