"""What the program remembers between two starts: who codes, recent sessions, keys, layout."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from platformdirs import user_config_path

from annotator.errors import StorageError
from annotator.model.problem import Problem
from annotator.model.stamps import now
from annotator.model.way import ShortHold, Way
from annotator.storage.atomic import set_aside, write_atomically
from annotator.storage.codec_text import read_json, shown, to_bytes, write_indented
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
from annotator.storage.settings_shown import shown_settings
from annotator.storage.settings_words import (
    AROUND,
    BLIND,
    BY_KIND,
    CODER,
    CYCLE,
    FRAME_MEMORY,
    MUTED,
    OUTPUT,
    OVERLAP,
    PAUSE_ON_TAG,
    REACTION,
    REPLAY,
    REWIND,
    SCALE,
    SCRUB,
    SHORT_HOLD,
    SHOW_SOUND,
    SHOW_STRIP,
    SPEED,
    THEME,
    USUAL_WAY,
    VOLUME,
    KeyPreset,
    ThemeChoice,
)

__all__ = [
    "KeyChoices",
    "KeyPreset",
    "Loaded",
    "MarkChoices",
    "Recent",
    "Settings",
    "ThemeChoice",
    "read_settings",
    "save_settings",
    "settings_path",
    "with_found",
    "with_recent",
    "with_value",
]

VERSION = 1
MOST_RECENT = 12
FOLDER_VARIABLE = "ANNOTATOR_CONFIG_DIR"
_MOST_TOLD = 3
_UNREADABLE = "The settings could not be read, so that all of them have their usual values."
_NEWER = "The settings were written by a newer version of annotator. What it knows is used here."


@dataclass(frozen=True, slots=True)
class Recent:
    """A session that was open lately; `opened` is ISO 8601 in UTC."""

    path: Path
    title: str
    opened: str = ""
    extra: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class KeyChoices:
    """What was chosen about keys, as differences to a preset.

    `actions` has the keys of each action that differs, by its id; `codes` those of codes, by
    the id of their codebook and their own. None of the keys means anything here.
    """

    preset: KeyPreset = KeyPreset.ANNOTATOR
    actions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    codes: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    extra: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MarkChoices:
    """What was chosen about the ways of marking, by the id of a codebook.

    `ways` has the way of each code that has its own, by the code's id; `exclusive` the ids of
    the groups whose codes end each other.
    """

    ways: Mapping[str, Mapping[str, Way]] = field(default_factory=dict)
    exclusive: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
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
    of the output, empty for the system's own choice. `usual_way` is a `Way` or `BY_KIND`;
    `reaction_delay`, `rewind_seconds`, `cycle_seconds` and `cycle_overlap` are in seconds.
    `scale` is how large the window is drawn; `found` are the ids of what was last chosen in the
    palette, the latest first.
    """

    coder: str = field(default="", metadata=CODER.metadata)
    usual_way: str = field(default=BY_KIND, metadata=USUAL_WAY.metadata)
    short_hold: ShortHold = field(default=ShortHold.PRESSES, metadata=SHORT_HOLD.metadata)
    reaction_delay: float = field(default=0.0, metadata=REACTION.metadata)
    blind: bool = field(default=False, metadata=BLIND.metadata)
    pause_on_tag: bool = field(default=False, metadata=PAUSE_ON_TAG.metadata)
    rewind_seconds: float = field(default=1.0, metadata=REWIND.metadata)
    cycle_seconds: float = field(default=5.0, metadata=CYCLE.metadata)
    cycle_overlap: float = field(default=0.0, metadata=OVERLAP.metadata)
    marks: MarkChoices = MarkChoices()
    recent: tuple[Recent, ...] = ()
    volume: float = field(default=1.0, metadata=VOLUME.metadata)
    muted: bool = field(default=False, metadata=MUTED.metadata)
    speed: float = field(default=1.0, metadata=SPEED.metadata)
    theme: ThemeChoice = field(default=ThemeChoice.SYSTEM, metadata=THEME.metadata)
    window_state: str = ""
    frame_memory_mb: float = field(default=512, metadata=FRAME_MEMORY.metadata)
    show_sound: bool = field(default=True, metadata=SHOW_SOUND.metadata)
    show_strip: bool = field(default=True, metadata=SHOW_STRIP.metadata)
    scrub: bool = field(default=True, metadata=SCRUB.metadata)
    replay_seconds: float = field(default=3.0, metadata=REPLAY.metadata)
    around_seconds: float = field(default=1.0, metadata=AROUND.metadata)
    sound_output: str = field(default="", metadata=OUTPUT.metadata)
    scale: float = field(default=1.0, metadata=SCALE.metadata)
    keys: KeyChoices = KeyChoices()
    found: tuple[str, ...] = ()
    extra: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Loaded:
    """Settings as they were read; `notice` says in plain words what went wrong, if anything."""

    settings: Settings
    notice: str = ""


def settings_path() -> Path:
    """Give where the settings are kept; ANNOTATOR_CONFIG_DIR names another folder."""
    folder = os.environ.get(FOLDER_VARIABLE)
    if folder:
        return Path(folder) / "settings.json"
    return user_config_path("annotator") / "settings.json"


def read_settings() -> Loaded:
    """Read the settings; all have their defaults where the file is missing or cannot be read.

    Where single ones cannot be understood, they alone have their defaults. A file that is
    damaged, or that a newer program wrote, is kept aside under another name.
    """
    path = settings_path()
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return Loaded(Settings())
    except OSError as error:
        return Loaded(Settings(), str(storage_error(error, path, "could not be read")))
    raw = _tree(data)
    if raw is None:
        return _kept_aside(path, Settings(), _UNREADABLE, "damaged")
    settings, problems = _understood(raw)
    version = raw.get("version", VERSION)
    if isinstance(version, int) and version > VERSION:
        return _kept_aside(path, settings, _NEWER, "newer")
    if problems:
        return _kept_aside(path, settings, _told(problems), "damaged")
    return Loaded(settings)


def save_settings(settings: Settings) -> None:
    """Write the settings; raises StorageError where their folder cannot be written."""
    path = settings_path()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise storage_error(error, path, "could not be written") from error
    tree = {"version": VERSION, **_SETTINGS.write(settings)}
    write_atomically(path, to_bytes(write_indented(tree) + "\n"))


def with_recent(settings: Settings, path: Path, title: str) -> Settings:
    """Put a session at the head of the recent ones, once; the oldest beyond twelve fall off."""
    others = (one for one in settings.recent if one.path != path)
    return replace(settings, recent=(Recent(path, title, now()), *others)[:MOST_RECENT])


def with_value(settings: Settings, name: str, value: object) -> Settings:
    """Give the settings with another value of one field, which must be of its kind."""
    make: Callable[..., Settings] = replace
    return make(settings, **{name: value})


def with_found(settings: Settings, found: str) -> Settings:
    """Put what was chosen in the palette at the head, once; the oldest beyond twelve fall off."""
    others = (one for one in settings.found if one != found)
    return replace(settings, found=(found, *others)[:MOST_RECENT])


def _tree(data: bytes) -> dict[str, object] | None:
    try:
        raw = read_json(data)
    except FormatError:
        return None
    return raw if isinstance(raw, dict) else None


def _understood(raw: dict[str, object]) -> tuple[Settings, Problems]:
    """Read what can be read of the settings, and note the rest."""
    problems: Problems = []
    known = dict(raw)
    known.pop("version", None)
    for one in _SETTINGS.fields:
        before = len(problems)
        if (value := known.get(one.key)) is not None:
            one.kind.read(value, one.key, problems)
        if len(problems) > before:
            del known[one.key]
    settings = _SETTINGS.read(known, "", [*problems])
    return _within_bounds(settings) if settings is not None else Settings(), problems


def _within_bounds(settings: Settings) -> Settings:
    for name, shown_as in shown_settings(settings).items():
        value = getattr(settings, name)
        if shown_as.most and isinstance(value, int | float) and value != shown_as.within(value):
            settings = with_value(settings, name, shown_as.within(value))
    return settings


def _kept_aside(path: Path, settings: Settings, told: str, reason: str) -> Loaded:
    """Put the file aside and what was understood of it in its place."""
    try:
        kept = set_aside(path, reason)
        save_settings(settings)
    except StorageError as error:
        return Loaded(settings, f"{told} {error}")
    return Loaded(settings, f"{told} The file as it was is kept as “{kept.name}” beside it.")


def _told(problems: Problems) -> str:
    named = "; ".join(str(problem) for problem in problems[:_MOST_TOLD])
    more = f"; and {len(problems) - _MOST_TOLD} more" if len(problems) > _MOST_TOLD else ""
    return f"Some settings could not be read and have their usual values: {named}{more}."


def by_name(kind: Kind) -> Kind:
    """Give the kind of an object whose values are all of one kind, whatever their keys."""

    def read(raw: object, path: str, problems: Problems) -> object:
        if not isinstance(raw, dict):
            problems.append(Problem(path, f"{shown(raw)} is not an object"))
            return {}
        return {key: kind.read(one, f"{path}.{key}", problems) for key, one in raw.items()}

    def write(value: object) -> object:
        known = value.items() if isinstance(value, Mapping) else ()
        return {key: kind.write(one) for key, one in known}

    return Kind(read, write)


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
_KEYS = list_of(TEXT)
_KEY_CHOICES = Shape(
    KeyChoices,
    (
        Field("preset", one_of(KeyPreset)),
        Field("actions", by_name(_KEYS)),
        Field("codes", by_name(by_name(_KEYS))),
    ),
)
_MARK_CHOICES = Shape(
    MarkChoices,
    (
        Field("ways", by_name(by_name(one_of(Way)))),
        Field("exclusive", by_name(list_of(TEXT))),
    ),
)
_SETTINGS = Shape(
    Settings,
    (
        Field("coder", TEXT),
        Field("usual_way", TEXT),
        Field("short_hold", one_of(ShortHold)),
        Field("reaction_delay", NUMBER),
        Field("blind", YES_NO),
        Field("pause_on_tag", YES_NO),
        Field("rewind_seconds", NUMBER),
        Field("cycle_seconds", NUMBER),
        Field("cycle_overlap", NUMBER),
        Field("marks", _MARK_CHOICES.kind),
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
        Field("scale", NUMBER),
        Field("keys", _KEY_CHOICES.kind),
        Field("found", list_of(TEXT)),
    ),
)
