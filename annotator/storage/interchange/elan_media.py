"""The films and sound files that ELAN documents name, and how much later each began."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PureWindowsPath
from urllib.parse import unquote

from annotator.model.recording import Recording, RecordingRole
from annotator.model.time import Micros
from annotator.storage.interchange.drafting import SessionDraft
from annotator.storage.interchange.elan_document import Document
from annotator.storage.interchange.json_reading import members, word
from annotator.storage.interchange.micros import micros_of_millis
from annotator.storage.interchange.report import Notes, excerpt

_DRIVE = re.compile(r"/+([A-Za-z]:[/\\])")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:")
_OLD_RELATIVE = re.compile(r"^file:/+(?=\.\.?/)")
_WHOLE = re.compile(r"-?[0-9]{1,15}")
_ESCAPED = re.compile(r"%(?=[0-9A-Fa-f]{2})")
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
            document.counted += 1
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
    relative = relative.strip()
    if relative:
        return _decoded(_OLD_RELATIVE.sub("", relative))
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


def descriptors(recordings: Iterable[Recording]) -> Iterator[dict[str, str]]:
    """Yield the attributes of each recording, as they were read where they still hold."""
    for one in recordings:
        kept = {key: word(value) for key, value in members(one.extra.get("elan")).items()}
        skipped = (500 - one.offset) // 1000
        is_same = path_of(kept.get("RELATIVE_MEDIA_URL", ""), kept.get("MEDIA_URL", "")) == one.path
        if not kept or not is_same:
            kept = {"MEDIA_URL": url_of(one.path), "MIME_TYPE": type_of(one.path)}
            if not _is_absolute(one.path):
                kept["RELATIVE_MEDIA_URL"] = kept["MEDIA_URL"]
        kept.setdefault("MIME_TYPE", type_of(one.path))
        kept.setdefault("MEDIA_URL", url_of(one.path))
        if skipped != _millis(kept.get("TIME_ORIGIN", "")):
            kept["TIME_ORIGIN"] = str(skipped)
        if kept.get("TIME_ORIGIN") == "0":
            del kept["TIME_ORIGIN"]
        yield kept


def _millis(text: str) -> int | None:
    return int(text) if _WHOLE.fullmatch(text) else None


def url_of(path: str) -> str:
    """Give the address of a recording's path: a file's where it is absolute."""
    plain = path.replace("\\", "/")
    if _is_elsewhere(plain):
        return path
    plain = _ESCAPED.sub("%25", plain)  # all else stays as it is, as ELAN wants it
    if PureWindowsPath(plain).drive:
        return f"file:///{plain}"
    return f"file://{plain}" if plain.startswith("/") else f"./{plain}"


def _is_absolute(path: str) -> bool:
    return path.startswith(("/", "\\")) or bool(PureWindowsPath(path).drive) or _is_elsewhere(path)


def type_of(path: str) -> str:
    """Give the MIME type of a recording by its ending, as ELAN writes it."""
    return _TYPES.get(path.lower().rpartition(".")[2], "unknown")
