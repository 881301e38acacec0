"""The one place where films and sound files are opened, carefully: local files of known kinds."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NoReturn

import av
from av.container import InputContainer

from annotator.errors import MediaError

# No playlists, no lists of other files, no devices: a film that names another file is refused.
KNOWN_FORMATS = (
    "3gp,aac,ac3,aiff,amr,asf,au,avi,caf,dv,eac3,flac,flv,gxf,live_flv,m4a,matroska,mov,mp3,mp4,"
    "mpeg,mpegts,mpegtsraw,mxf,nut,ogg,rm,tta,w64,wav,webm,wtv,wv"
)
_OPTIONS = {"format_whitelist": KNOWN_FORMATS, "protocol_whitelist": "file"}
_HIDDEN = {"ignore_editlist": "1", "ignore_chapters": "1"}
_WITHOUT_TEXT_OPTIONS = 19
_TOLERANT: dict[str, Any] = (
    {}
    if int(av.__version__.partition(".")[0]) >= _WITHOUT_TEXT_OPTIONS
    else {"metadata_errors": "replace"}
)
"""Older PyAV fails over a title in an odd encoding unless it is told not to; newer never does."""
_NO_ACCESS = "Ask whoever looks after this computer for the right to read it, or copy it elsewhere."
_WHOLE_COPY = "Copy it again from the camera or from a backup."


def open_container(path: Path | str, *, shows_hidden: bool = False) -> InputContainer:
    """Open a film or sound file for reading.

    The name is always taken as a file of this machine, whatever it looks like. One that
    `shows_hidden` also gives what the file tells players to leave out, and chapters that are kept
    in a track of text as that track. Raises
    MediaError where the file is missing, a folder, empty, unreadable or not a film or sound.
    """
    file = Path(path).absolute()
    _require_readable(file)
    options = _OPTIONS | (_HIDDEN if shows_hidden else {})
    try:
        opened: InputContainer = av.open(f"file:{file}", mode="r", options=options, **_TOLERANT)
    except av.FFmpegError as error:
        _refuse(file, error)
    except OSError as error:
        raise MediaError(f"“{file.name}” cannot be read: {error.strerror}.", _WHOLE_COPY) from error
    return opened


def _require_readable(file: Path) -> None:
    """Look at the file before the library does, so that the message can be plain."""
    try:
        if file.is_dir():
            raise MediaError(f"“{file.name}” is a folder.", "Choose a film inside it.")
        with file.open("rb") as stream:
            first = stream.read(1)
    except FileNotFoundError as error:
        raise MediaError(
            f"There is no film “{file.name}” in {file.parent}.",
            "If it was moved or renamed, choose it where it is now.",
        ) from error
    except PermissionError as error:
        raise MediaError(f"You may not read “{file.name}”.", _NO_ACCESS) from error
    except OSError as error:
        raise MediaError(f"“{file.name}” cannot be read: {error.strerror}.", _WHOLE_COPY) from error
    if not first:
        raise MediaError(f"“{file.name}” is empty: it holds no data at all.", _WHOLE_COPY)


def _refuse(file: Path, error: av.FFmpegError) -> NoReturn:
    if isinstance(error, av.error.PermissionError):
        raise MediaError(f"You may not read “{file.name}”.", _NO_ACCESS) from error
    _require_readable(file)  # it may have gone meanwhile
    if _is_unfinished_mp4(file):
        raise MediaError(
            f"“{file.name}” was cut off: its list of pictures and sounds is missing.",
            "The recording was not finished or not copied whole. " + _WHOLE_COPY,
        ) from error
    raise MediaError(
        f"“{file.name}” is not a film or sound file that can be played here.",
        "Check that it plays elsewhere; lists of other files (playlists) are not opened.",
    ) from error


def _is_unfinished_mp4(file: Path) -> bool:
    """Tell whether the file starts as an MP4 or QuickTime film does."""
    with file.open("rb") as stream:
        return stream.read(12)[4:8] in {b"ftyp", b"moov", b"mdat", b"wide"}
