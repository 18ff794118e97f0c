"""What the forms that an operator fills in allow, and what becomes of it.

Prefect shows the sentence on each parameter in a flow's docstring as its help.
"""

from typing import Annotated, Literal

from pydantic import Field

from pipeline.errors import SettingsError
from pipeline.fetch import without_credentials
from pipeline.settings import FetchSettings, OcrMode, OcrSettings, Settings

Sources = Annotated[list[str], Field(min_length=1)]
Ocr = Literal["auto", "always", "never"]
Language = Literal["ar", "zh", "en", "fr", "ru", "es"]
Jobs = Annotated[int, Field(ge=0, le=256)]


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
