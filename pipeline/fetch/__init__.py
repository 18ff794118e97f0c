"""fetch: a source as the user names it → bytes on the local disk (Artifact)."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

from pipeline.errors import InputError, PipelineError, SettingsError, SourceMissing
from pipeline.fetch.addresses import SYMBOL_SCHEME, is_remote, scheme_of, without_credentials
from pipeline.fetch.lists import entries_of
from pipeline.fetch.local import STAGE, printable, read_artifact, sources_of
from pipeline.settings import FetchSettings, Settings
from schemas.source import Artifact, Source

__all__ = ["expand", "fetch", "is_remote", "without_credentials"]

HTTP_SCHEMES = ("http", "https", SYMBOL_SCHEME)

DEEPEST_LIST = 8
"""Lists may name lists; one that names itself is refused at this depth."""


def expand(sources: Iterable[str], settings: FetchSettings | None = None) -> tuple[Source, ...]:
    """Every document meant by the sources, in their order, each once.

    A source is a file, a folder, `@list.txt`, a URL or `symbol:…`; a folder of an object store (`s3://…/`) is looked
    into where the settings allow the network. Nothing is raised: what is missing stays
    in the result and is refused, with its reason, when it is fetched.
    """
    found: dict[str, Source] = {}
    for address in sources:
        for source in _looked_into(_expand_one(address, "", depth=0), settings):
            found.setdefault(_identity(source), source)
    return tuple(found.values())


def fetch(source: Source, settings: Settings, store: Path | None = None) -> Artifact:
    """The source's bytes on the local disk, with digest and size.

    `store` is the folder that keeps what was downloaded; needed for remote sources only. Raises an InputError
    (missing, unreadable, too large), TransientError (network) or SettingsError (network not allowed).
    """
    if source.location.startswith("@"):
        raise _broken_list(source)
    if not is_remote(source.location):
        return read_artifact(source, settings.limits.max_bytes)
    return _fetch_remote(source, settings, store)


def _fetch_remote(source: Source, settings: Settings, folder: Path | None) -> Artifact:
    """Downloads it, by the reader of its scheme; those modules are loaded only here, for they are slow to load."""
    if not settings.fetch.network:
        raise SettingsError(
            STAGE,
            source.uri,
            "the network is not used unless it is allowed",
            "Allow it with `--network`, or download the file and name it instead.",
        )
    if folder is None:
        raise SettingsError(STAGE, source.uri, "there is no folder for downloads", "Name an output folder.")
    from pipeline.fetch import http, store, symbol
    from pipeline.fetch.downloads import Downloads

    downloads = Downloads(folder)
    scheme, address = scheme_of(source.location), source.location
    file_name = printable(unquote(urlsplit(source.uri).path).rstrip("/").rsplit("/", 1)[-1]) or "download"
    if scheme == SYMBOL_SCHEME:
        address, file_name = symbol.access_url(address), symbol.file_name(address)
    reader = http.download if scheme in HTTP_SCHEMES else store.download
    found = reader(address, source.uri, settings.fetch, settings.limits.max_bytes, downloads)
    return Artifact(source.uri, file_name, downloads.path(found.sha256), found.sha256, found.size_bytes)


def _looked_into(sources: Iterable[Source], settings: FetchSettings | None) -> Iterator[Source]:
    for source in sources:
        folder = source.location.endswith("/") and scheme_of(source.location) not in ("", "file", *HTTP_SCHEMES)
        if not (folder and settings is not None and settings.network):
            yield source
            continue
        from pipeline.fetch import store

        try:
            yield from store.documents_under(source.location, settings)
        except PipelineError:
            yield source  # refused, with the reason, when it is fetched


def _expand_one(address: str, name: str, depth: int) -> Iterator[Source]:
    if address.startswith("@"):
        yield from _expand_list(address, depth)
    elif is_remote(address):
        yield Source(address, without_credentials(address))
    else:
        path = Path(_local_path(address))
        for source in sources_of(path):
            yield source._replace(uri=_joined(name, path, source.uri)) if name else source


def _expand_list(address: str, depth: int) -> Iterator[Source]:
    list_file = Path(address[1:])
    try:
        entries = entries_of(list_file) if depth < DEEPEST_LIST else ()
    except (OSError, UnicodeDecodeError):
        entries = ()
    if not entries:
        yield Source(address, "@" + printable(list_file.name))
    for entry in entries:
        yield from _expand_one(entry, _name_under(list_file.parent, entry), depth + 1)


def _name_under(folder: Path, entry: str) -> str:
    """The entry's path from the list's folder; empty where it lies elsewhere."""
    if entry.startswith("@") or is_remote(entry):
        return ""
    relative = os.path.relpath(entry, folder)
    return "" if relative.startswith("..") else printable(Path(relative).as_posix())


def _joined(name: str, path: Path, uri: str) -> str:
    if not path.is_dir():
        return name
    return uri if name == "." else f"{name}/{uri}"


def _local_path(address: str) -> str:
    return unquote(urlsplit(address).path) if scheme_of(address) == "file" else address


def _identity(source: Source) -> str:
    """The same file asked for twice, through a link or another spelling, is one source."""
    if is_remote(source.location) or source.location.startswith("@"):
        return source.location
    return os.path.realpath(source.location)


def _broken_list(source: Source) -> InputError:
    path = Path(source.location[1:])
    try:
        entries = entries_of(path)
    except FileNotFoundError:
        what = "there is no such list file"
    except UnicodeDecodeError:
        what = "the list is not UTF-8 text"
    except OSError as error:
        what = f"the list cannot be read ({error.strerror})"
    else:
        what = "the list leads back to itself" if entries else "the list names nothing"
    hint = "A list holds one file, folder or URL a line; `#` starts a comment."
    return SourceMissing(STAGE, source.uri, what, hint)
