"""The forms an operator fills in: each parameter with its name, its choices and a sentence of help."""

from typing import Annotated, Literal

from pydantic import Field

from pipeline.errors import SettingsError
from pipeline.fetch import without_credentials
from pipeline.settings import FetchSettings, OcrMode, OcrSettings, Settings

Sources = Annotated[
    list[str],
    Field(
        title="Sources",
        description="One a line: a file, a folder (with its subfolders), a list file as @/path/list.txt, "
        "an http(s) or s3:// address, or symbol:A/75/660?lang=ar. Paths are those of the machine that does the work.",
        min_length=1,
    ),
]
Inbox = Annotated[
    str,
    Field(title="Inbox", description="A folder, or a list file as @/path/list.txt, that is looked at every night."),
]
Out = Annotated[
    str,
    Field(
        title="Output folder",
        description="Where records, images and the manifest are kept: a folder, or an s3:// address "
        "that a local copy is sent to.",
    ),
]
Ocr = Annotated[
    Literal["auto", "always", "never"],
    Field(
        title="OCR",
        description="auto: recognise pages without a believable text layer; always: all pages; never: none.",
    ),
]
Language = Literal["ar", "zh", "en", "fr", "ru", "es"]
Languages = Annotated[
    list[Language],
    Field(title="Languages", description="For symbol: sources without ?lang=: the language versions to fetch."),
]
Only = Annotated[
    list[str],
    Field(
        title="Only these documents",
        description="Leave empty for all. File names, record ids, or the first 8 or more digits of the SHA-256.",
    ),
]
Force = Annotated[
    bool, Field(title="Force", description="Ingest again what is up to date, and what cannot have changed.")
]
Jobs = Annotated[
    int,
    Field(title="Workers", description="Child processes that read documents; 0 for one a core.", ge=0, le=256),
]
Network = Annotated[
    bool,
    Field(title="Network", description="Allow sources that are fetched over the network; off unless asked for."),
]


def settings_from(ocr: str, network: bool) -> Settings:
    """The pipeline's settings as the form has them."""
    return Settings(ocr=OcrSettings(mode=OcrMode(ocr)), fetch=FetchSettings(network=network))


def checked_sources(sources: list[str], languages: list[Language]) -> tuple[str, ...]:
    """The sources; a symbol without a language becomes one source a language.

    Raises SettingsError where an address holds a password: parameters are shown to everyone who may see the run.
    """
    found: list[str] = []
    for source in (source.strip() for source in sources):
        if without_credentials(source).partition("?")[0] != source.partition("#")[0].partition("?")[0]:
            raise SettingsError(
                "fetch",
                without_credentials(source),
                "the address holds a user name or password, and parameters are kept and shown",
                "Put them into the netrc file of the user who runs the worker, and name the address without them.",
            )
        if source.startswith("symbol:") and "lang=" not in source and languages:
            found += [f"{source}?lang={language}" for language in languages]
        elif source:
            found.append(source)
    return tuple(found)
