"""Who speaks when, heard where each person has a track, a channel or a recording of their own."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from annotator.analysis.talk import Speech
from annotator.errors import MediaError
from annotator.jobs.progress import SILENT, Progress
from annotator.jobs.silences import SilenceWish, listen, people_of, sources_of
from annotator.media.levels import PlacedLevels
from annotator.media.silences import find_common_silences
from annotator.model.session import Session
from annotator.model.spans import shared, total, without
from annotator.model.time import Interval, Micros

PAUSE = Micros(300_000)
"""Shorter pauses, as between words, are part of speech."""

_SHORTEST = Micros(100_000)
_BOTH_HEARD = 0.5


def speech_of_sound(
    session: Session, session_path: Path, names: Sequence[str] = (), watcher: Progress = SILENT
) -> Speech:
    """Take as speech what stands out on each person's track from its own noise.

    `names` are those of two channels or tracks, in their order. Raises MediaError where there are
    not two, where they hear the same, or where a file cannot be read.
    """
    wish = SilenceWish(names=tuple(names))
    heard = listen(sources_of(session, session_path), wish, watcher)
    people = people_of(heard, wish)
    if not people:
        raise MediaError(
            "The sound of this session does not hold two people apart.",
            "It needs a channel, a track or a recording for each.",
        )
    by_person = {one.name: _spoken(one) for one in people}
    one, other = by_person.values()
    least = min(total(one), total(other))
    if least and total(shared(one, other)) > _BOTH_HEARD * least:
        raise MediaError(
            "Both sound tracks hear both people, so it cannot be told who speaks.",
            "Use a transcript, or tag who speaks.",
        )
    source = f"the sound of {', '.join(by_person)}, pauses under 0.3 s taken as speech"
    return Speech(by_person, source)


def _spoken(track: PlacedLevels) -> tuple[Interval, ...]:
    levels = track.levels
    end = Micros(track.offset + len(levels.mixed()) * levels.step)
    quiet = find_common_silences((track,), minimum=PAUSE)
    found = without([Interval(track.offset, end)], [one.interval for one in quiet])
    return tuple(one for one in found if one.length >= _SHORTEST)
