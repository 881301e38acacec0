"""The films and sound files that ELAN documents name, and how much later each began."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import PureWindowsPath
from urllib.parse import quote, unquote

from annotator.model.recording import RecordingRole
from annotator.model.time import Micros
from annotator.storage.interchange.drafting import SessionDraft
from annotator.storage.interchange.elan_document import Document
from annotator.storage.interchange.micros import micros_of_millis
from annotator.storage.interchange.report import Notes, excerpt

_DRIVE = re.compile(r"/+([A-Za-z]:[/\\])")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:")
_SOUND = ("audio/", ".wav", ".mp3", ".ogg", ".flac", ".m4a", ".aif", ".aiff")
_TYPES = {
    "mp4": "video/mp4",
    "m4v": "video/mp4",
    "mov": "video/quicktime",
    "mpg": "video/mpeg",
    "mpeg": "video/mpeg",
    "avi": "video/x-msvideo",
    "mkv": "video/x-matroska",
    "webm": "video/webm",
    "wav": "audio/x-wav",
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
    "ogg": "audio/ogg",
    "flac": "audio/flac",
}


def take_media(draft: SessionDraft, document: Document, notes: Notes) -> None:
    """Add the recordings that a document's header names."""
    described = list(document.header.iterfind("MEDIA_DESCRIPTOR"))
    for element in described:
        attributes = dict(element.attrib)
        path = path_of(attributes.get("RELATIVE_MEDIA_URL", ""), attributes.get("MEDIA_URL", ""))
        if not path:
            notes.not_carried("a recording is named without its file", "element MEDIA_DESCRIPTOR")
            continue
        offset = _offset(attributes, path, notes)
        role = _role(path, attributes.get("MIME_TYPE", ""))
        draft.recording(path, offset=offset, role=role, extra={"elan": attributes})
    old = document.header.get("MEDIA_FILE", "").strip()
    if old and not described:
        notes.repaired("the film is told in an old way; it was taken over", excerpt(old))
        draft.recording(path_of("", old))


def _offset(attributes: Mapping[str, str], path: str, notes: Notes) -> Micros:
    """Tell when a recording begins: what ELAN gives is the moment in it at which all begins."""
    told = attributes.get("TIME_ORIGIN", "")
    skipped = micros_of_millis(told) if told else Micros(0)
    if skipped is None:
        notes.repaired(f"{excerpt(told)} is no time; the film begins at 0", excerpt(path))
        return Micros(0)
    return Micros(-skipped)


def _role(path: str, mime: str) -> RecordingRole:
    is_sound = mime.startswith(_SOUND) or path.lower().endswith(_SOUND)
    return RecordingRole.SOUND if is_sound else RecordingRole.ROOM


def path_of(relative: str, url: str) -> str:
    """Give a recording's path from its relative address, or else from its absolute one."""
    if relative.strip():
        return _decoded(relative.strip())
    return _decoded(url.strip())


def _decoded(url: str) -> str:
    if url.lower().startswith("file:"):
        rest = unquote(url[5:]).replace("\\", "/")
        drive = _DRIVE.match(rest)
        if drive:
            return rest[drive.start(1) :]
        is_shared = rest.startswith("//") and not rest.startswith("///")  # a machine's name
        return rest if is_shared or not rest.startswith("/") else "/" + rest.lstrip("/")
    if _is_elsewhere(url):
        return url
    return unquote(url.replace("\\", "/")).removeprefix("./")


def _is_elsewhere(path: str) -> bool:
    """Tell whether a path is the address of something on a network."""
    return bool(_SCHEME.match(path)) and not PureWindowsPath(path).drive


def url_of(path: str) -> str:
    """Give the address of a recording's path: a file's where it is absolute."""
    plain = path.replace("\\", "/")
    if _is_elsewhere(plain):
        return path
    if PureWindowsPath(plain).drive:
        return "file:///" + quote(plain, safe="/:")
    return "file://" + quote(plain) if plain.startswith("/") else "./" + quote(plain)


def type_of(path: str) -> str:
    """Give the MIME type of a recording by its ending, as ELAN writes it."""
    return _TYPES.get(path.lower().rpartition(".")[2], "unknown")
