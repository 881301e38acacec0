"""What the clip tray says of clips, in few words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from annotator.model.clip import Clip
from annotator.model.time import SECOND, Interval, Micros, to_clock

_MINUTE, _HOUR = 60, 3600
_TENTH = SECOND // 10


def length_words(length: Micros) -> str:
    """Say how long something is: `7.5 s`, `1 min 24 s` or `1 h 2 min`, rounded half up."""
    tenths = (length + _TENTH // 2) // _TENTH
    if tenths < _MINUTE * 10:
        whole, part = divmod(tenths, 10)
        return f"{whole}.{part} s"
    seconds = (length + SECOND // 2) // SECOND
    if seconds < _HOUR:
        return f"{seconds // _MINUTE} min {seconds % _MINUTE} s"
    minutes = (seconds + _MINUTE // 2) // _MINUTE
    return f"{minutes // _MINUTE} h {minutes % _MINUTE} min"


def title_words(clip: Clip, number: int) -> str:
    """Name a clip: by its title, or by its number where it has none."""
    return " ".join(clip.title.split()) or f"Clip {number}"


def when_words(clip: Clip) -> str:
    """Say from when to when a clip goes, and how long it is."""
    return f"{to_clock(clip.start)} – {to_clock(clip.end)} · {length_words(clip.length)}"


def total_words(clips: Sequence[Clip], hidden: int = 0) -> str:
    """Say how many clips there are, how long they are together, and how many are hidden."""
    many = "1 clip" if len(clips) == 1 else f"{len(clips):,} clips"
    told = f"{many} · {length_words(Micros(sum(clip.length for clip in clips)))}" if clips else ""
    if not hidden:
        return told
    are = "1 clip is" if hidden == 1 else f"{hidden:,} clips are"
    told_hidden = f"{are} of passes that are hidden from you"
    return f"{told} · {told_hidden}" if told else f"{told_hidden}."


def marks_of(clip: Clip) -> tuple[str, ...]:
    """Name the icons of what a clip holds beside the film: questions, pauses, notes, a warning."""
    found = (
        ("help", clip.question_before or clip.question_after),
        ("pause", clip.stops),
        ("note", clip.notes or clip.aim),
        ("warning", clip.warning),
    )
    return tuple(name for name, is_there in found if is_there)


def spoken(clip: Clip, number: int, trouble: str) -> str:
    """Say all that the row of a clip shows, for screen readers."""
    parts = [f"{number}, {title_words(clip, number)}", when_words(clip), *_held(clip)]
    return ". ".join((*parts, trouble)) if trouble else ". ".join(parts)


def tip_of(clip: Clip, number: int, trouble: str) -> str:
    """Say in plain lines what the marks of a row stand for."""
    lines = [title_words(clip, number), when_words(clip), *_held(clip)]
    return "\n".join((*lines, trouble) if trouble else lines)


def added_words(count: int) -> str:
    """Say that clips came into the tray."""
    return "The clip is in the tray." if count == 1 else f"{count:,} clips are in the tray."


def region_words(clip: Clip, cut: Interval | None) -> str:
    """Say what of a clip is not cut, since it lies outside the region; empty where all is."""
    if cut is None:
        return "It lies outside the region that is coded, so nothing of it is cut."
    if cut != clip.interval:
        return f"Only what lies in the region is cut: {to_clock(cut.start)} – {to_clock(cut.end)}."
    return ""


def _held(clip: Clip) -> Iterable[str]:
    if clip.question_before:
        yield "Question before"
    if clip.question_after:
        yield "Question after"
    if clip.stops:
        yield "1 pause" if len(clip.stops) == 1 else f"{len(clip.stops)} pauses"
    if clip.aim:
        yield "Learning aim"
    if clip.notes:
        yield "Notes"
    if clip.warning:
        yield "Content warning"
