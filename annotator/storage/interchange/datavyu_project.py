"""The project of a Datavyu file: which films belong to it, and when each begins."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

from annotator.model.recording import Recording
from annotator.model.session import Session
from annotator.model.time import Micros
from annotator.storage.interchange.clock import to_millis
from annotator.storage.interchange.datavyu_archive import SMALL, Archive
from annotator.storage.interchange.drafting import SessionDraft
from annotator.storage.interchange.micros import micros_of_millis
from annotator.storage.interchange.report import ForeignFileError, Notes, excerpt

ID = "datavyu"
PROJECT = "project"

_PLUGIN = "f13f226e-df7e-31dc-8bba-f35c71e53479"  # that which plays films with FFmpeg
_CLASSIFIER = "datavyu.video"
_TAGS = ("!project", "!vs", "!ts")
_UNNAMED = "Project1"
_DRIVE = re.compile(r"[A-Za-z]:[\\/]|\\\\")
_PROPERTY = re.compile(r"\s*((?:[^\\=:\s]|\\.)+)\s*[=:\s]\s*(.*)")
_MOST_BOOKMARKS = 1000
_FOUR_DIGITS = 0xFFFF


class _RefusedError(Exception):
    """Something stands in the project that no honest one has."""


class _Loader(yaml.SafeLoader):
    """Reads plain values and Datavyu's three kinds of mappings, and nothing that refers back."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            raise _RefusedError
        return super().compose_node(parent, index)

    def flatten_mapping(self, node: yaml.MappingNode) -> None:
        """Leave mappings as they are: none is merged into another."""


def _mapping(loader: _Loader, node: yaml.Node) -> dict[Any, Any]:
    if not isinstance(node, yaml.MappingNode):
        raise _RefusedError
    return loader.construct_mapping(node, deep=True)


for _tag in _TAGS:
    _Loader.add_constructor(_tag, _mapping)


@dataclass(slots=True)
class Project:
    """What a project tells: its name, its folder of old, and its films."""

    name: str = ""
    folder: str = ""
    films: list[Mapping[str, object]] = field(default_factory=list)


def read_project(archive: Archive, notes: Notes) -> Project:
    """Read the project of an archive; an empty one, which is noted, where there is none to read."""
    if PROJECT not in archive:
        notes.noticed("the file has no project, so it does not tell its films")
        return Project()
    try:
        loaded = yaml.load(archive.read(PROJECT, SMALL), Loader=_Loader)  # noqa: S506 a safe one, which makes plain values alone
    except (yaml.YAMLError, _RefusedError, ValueError, RecursionError, TypeError, ForeignFileError):
        notes.noticed("its project cannot be read, so it does not tell its films")
        return Project()
    told = loaded if isinstance(loaded, dict) else {}
    films = told.get("viewerSettings")
    listed = list(films.values()) if isinstance(films, dict) else films
    return Project(
        _word(told.get("name")),
        _word(told.get("origpath")),
        [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else [],
    )


def _word(value: object) -> str:
    """Give a text with the pairs of halves put together that Java writes for rare letters."""
    if not isinstance(value, str):
        return ""
    return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def take_project(draft: SessionDraft, archive: Archive, notes: Notes) -> dict[str, object]:
    """Add the films of a project, and its name; gives what is kept of it."""
    project = read_project(archive, notes)
    if project.name and project.name != _UNNAMED:
        draft.title = project.name
    for film in project.films:
        _take_film(draft, film, archive, notes)
    return {"folder": project.folder} if project.folder else {}


def _take_film(
    draft: SessionDraft, film: Mapping[str, object], archive: Archive, notes: Notes
) -> None:
    feed = _word(film.get("feed"))
    settings = _word(film.get("settingsId"))
    properties = _properties(archive, settings)
    told = properties.pop("offset", "") or str(film.get("offset") or "0")
    offset = micros_of_millis(told)
    if offset is None:
        notes.repaired(f"{excerpt(told)} is no time; the film begins at 0", excerpt(feed))
        offset = Micros(0)
    kept: dict[str, object] = {"feed": feed, "properties": properties}
    kept |= {key: _word(film.get(key)) for key in ("plugin", "classifier")}
    track = film.get("trackSettings")
    marks = track.get("bookmarks") if isinstance(track, dict) else None
    if isinstance(marks, list):
        kept["bookmarks"] = [one for one in marks if isinstance(one, int)][:_MOST_BOOKMARKS]
    path = feed.replace("\\", "/") if _DRIVE.match(feed) else feed
    extra = {ID: {key: value for key, value in kept.items() if value}}
    draft.recording(path, offset=offset, extra=extra)


def _properties(archive: Archive, name: str) -> dict[str, str]:
    """Read the settings of a film; none where they are missing or damaged."""
    if not name or name not in archive:
        return {}
    try:
        text = archive.read(name, SMALL).decode("latin-1")
    except ForeignFileError:
        return {}
    found: dict[str, str] = {}
    for line in text.splitlines()[:100]:
        match = _PROPERTY.fullmatch(line) if not line.lstrip().startswith(("#", "!")) else None
        if match is not None:
            found[match[1]] = match[2].strip()
    return found


def project_written(session: Session) -> dict[str, bytes]:
    """Write the project of a session, and the settings of each of its films, as members."""
    members: dict[str, bytes] = {}
    kept = session.extra.get(ID)
    folder = kept.get("folder") if isinstance(kept, dict) else None
    lines = ["!project", "dbFile: db", f"name: {_quoted(session.title)}"]
    lines += [f"origpath: {_quoted(folder if isinstance(folder, str) else '')}", "version: 5"]
    lines.append("viewerSettings:" if session.recordings else "viewerSettings: []")
    for number, one in enumerate(session.recordings, 1):
        told = one.extra.get(ID)
        film = told if isinstance(told, dict) else {}
        lines += _film_written(one, film, number)
        members[str(number)] = _settings_written(one, film)
    return {PROJECT: ("\n".join(lines) + "\n").encode(), **members}


def _film_written(one: Recording, film: Mapping[str, object], number: int) -> list[str]:
    marks = film.get("bookmarks")
    bookmarks = [mark for mark in marks if isinstance(mark, int)] if isinstance(marks, list) else []
    first = str(bookmarks[0]) if bookmarks else "-1"
    return [
        "- !vs",
        f"  classifier: {_quoted(film.get('classifier') or _CLASSIFIER)}",
        f"  feed: {_quoted(film.get('feed') or one.path)}",
        f"  plugin: {_quoted(film.get('plugin') or _PLUGIN)}",
        f"  settingsId: '{number}'",
        "  trackSettings: !ts",
        f"    bookmark: '{first}'",
        f"    bookmarks: [{', '.join(map(str, bookmarks))}]",
        "    locked: false",
        "    version: 2",
        "  version: 3",
    ]


def _settings_written(one: Recording, film: Mapping[str, object]) -> bytes:
    millis = to_millis(one.offset) if one.offset >= 0 else -to_millis(Micros(-one.offset))
    told = film.get("properties")
    kept = told if isinstance(told, dict) else {"volume": "1.0", "visible": "true"}
    pairs = {str(key): str(value) for key, value in kept.items()} | {"offset": str(millis)}
    lines = [f"{key}={value}" for key, value in pairs.items() if "\n" not in key + value]
    return ("\n".join(["#", *lines]) + "\n").encode("latin-1", "replace")


def _quoted(value: object) -> str:
    """Write a text in double quotes, all that is not plain as a number."""
    return '"' + "".join(_sign(letter) for letter in str(value)) + '"'


def _sign(letter: str) -> str:
    code = ord(letter)
    if letter in {'"', "\\"}:
        return "\\" + letter
    if " " <= letter <= "~":
        return letter
    return f"\\u{code:04x}" if code <= _FOUR_DIGITS else f"\\U{code:08x}"
