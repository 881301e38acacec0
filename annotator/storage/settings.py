"""What the program remembers between two starts: who codes, recent sessions, volume, layout."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from platformdirs import user_config_path

from annotator.errors import StorageError
from annotator.storage.atomic import set_aside, write_atomically
from annotator.storage.codec_text import read_json, to_bytes, write_indented
from annotator.storage.codec_values import (
    NUMBER,
    TEXT,
    YES_NO,
    Field,
    Kind,
    Problems,
    Shape,
    list_of,
    one_of,
    read_text,
)
from annotator.storage.faults import FormatError, storage_error

MOST_RECENT = 12
LEAST_FRAME_MEMORY_MB = 32
REPLAY_SECONDS = (0.5, 60.0)
AROUND_SECONDS = (0.0, 30.0)
FOLDER_VARIABLE = "ANNOTATOR_CONFIG_DIR"


class ThemeChoice(StrEnum):
    """Which colours the window wears."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, slots=True)
class Recent:
    """A session that was open lately; `opened` is ISO 8601 in UTC."""

    path: Path
    title: str
    opened: str = ""
    extra: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Settings:
    """What the program remembers.

    `recent` has the latest first; `volume` is 0 to 1; `speed` is a factor; `window_state` is the
    window's own and means nothing here. `frame_memory_mb` is how many megabytes (of 1024 × 1024
    bytes) of decoded pictures the player may keep. `show_sound` and `show_strip` say whether the
    timeline has the sound drawn and the overview its pictures. `scrub` lets a short piece of
    sound be heard with each step; `replay_seconds` is how far a replay goes back, and
    `around_seconds` how much is played before and after a tag; `sound_output` is the system's id
    of the output, empty for the system's own choice.
    """

    coder: str = ""
    recent: tuple[Recent, ...] = ()
    volume: float = 1.0
    muted: bool = False
    speed: float = 1.0
    theme: ThemeChoice = ThemeChoice.SYSTEM
    window_state: str = ""
    frame_memory_mb: float = 512
    show_sound: bool = True
    show_strip: bool = True
    scrub: bool = True
    replay_seconds: float = 3.0
    around_seconds: float = 1.0
    sound_output: str = ""
    extra: Mapping[str, object] = field(default_factory=dict)


def settings_path() -> Path:
    """Give where the settings are kept; ANNOTATOR_CONFIG_DIR names another folder."""
    folder = os.environ.get(FOLDER_VARIABLE)
    if folder:
        return Path(folder) / "settings.json"
    return user_config_path("annotator") / "settings.json"


def load_settings() -> Settings:
    """Read the settings; all have their defaults where the file is missing or cannot be read.

    A damaged file is kept aside under another name.
    """
    path = settings_path()
    problems: Problems = []
    try:
        settings = _SETTINGS.read(read_json(path.read_bytes()), "", problems)
    except FormatError:
        settings = None
    except OSError:
        return Settings()
    if settings is None:
        with contextlib.suppress(StorageError):
            set_aside(path, "damaged")
        return Settings()
    return replace(
        settings,
        volume=min(max(settings.volume, 0.0), 1.0),
        frame_memory_mb=max(settings.frame_memory_mb, LEAST_FRAME_MEMORY_MB),
        replay_seconds=_held(settings.replay_seconds, REPLAY_SECONDS),
        around_seconds=_held(settings.around_seconds, AROUND_SECONDS),
    )


def save_settings(settings: Settings) -> None:
    """Write the settings; raises StorageError where their folder cannot be written."""
    path = settings_path()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise storage_error(error, path, "could not be written") from error
    write_atomically(path, to_bytes(write_indented(_SETTINGS.write(settings)) + "\n"))


def with_recent(settings: Settings, path: Path, title: str) -> Settings:
    """Put a session at the head of the recent ones, once; the oldest beyond twelve fall off."""
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    others = (one for one in settings.recent if one.path != path)
    return replace(settings, recent=(Recent(path, title, now), *others)[:MOST_RECENT])


def without_recent(settings: Settings, path: Path) -> Settings:
    """Take a session from the recent ones."""
    return replace(settings, recent=tuple(one for one in settings.recent if one.path != path))


def _held(value: float, limits: tuple[float, float]) -> float:
    return min(max(value, limits[0]), limits[1])


def _read_path(raw: object, path: str, problems: Problems) -> Path | None:
    text = read_text(raw, path, problems)
    return None if text is None else Path(text)


_RECENT = Shape(
    Recent,
    (
        Field("path", Kind(_read_path, str), required=True),
        Field("title", TEXT, required=True),
        Field("opened", TEXT),
    ),
)
_SETTINGS = Shape(
    Settings,
    (
        Field("coder", TEXT),
        Field("recent", list_of(_RECENT.kind)),
        Field("volume", NUMBER),
        Field("muted", YES_NO),
        Field("speed", NUMBER),
        Field("theme", one_of(ThemeChoice)),
        Field("window_state", TEXT),
        Field("frame_memory_mb", NUMBER),
        Field("show_sound", YES_NO),
        Field("show_strip", YES_NO),
        Field("scrub", YES_NO),
        Field("replay_seconds", NUMBER),
        Field("around_seconds", NUMBER),
        Field("sound_output", TEXT),
    ),
)
