"""Which faces clips show although they were found, since a person uncovered them by hand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from pathlib import Path

from annotator.jobs.clip_masking import FilmMasks
from annotator.media.face_bare import Bare, bare_faces
from annotator.media.face_masks import MaskPlan
from annotator.model import ZERO, Interval, Micros
from annotator.model.export_record import BARE_FACES, BARE_LOST, FACES_FOUND
from annotator.model.recording import Recording
from annotator.model.spans import shifted, union
from annotator.model.time import to_clock

MOST_TOLD = 5
"""So many stretches are told one by one."""


@dataclass(frozen=True, slots=True, order=True)
class BareFace:
    """A found face that is bare in a clip: of which recording and track, and whose it is.

    `spans` are on the session's clock; `participant` is an id, empty where that was not told.
    """

    recording: str
    track: int
    spans: tuple[Interval, ...]
    participant: str = ""


@dataclass(frozen=True, slots=True)
class Bared:
    """What clips show of what was found; `lost` is where the picture is bare for a lost face.

    `unknown` names recordings, by id, whose masks do not say what was found, and `unseen` those
    whose masks nobody looked at, though others were: faces are looked for there once more.
    """

    faces: tuple[BareFace, ...] = ()
    lost: tuple[Interval, ...] = ()
    unknown: tuple[str, ...] = ()
    unseen: tuple[str, ...] = ()

    @property
    def shown(self) -> tuple[str, ...]:
        """Whose faces are shown, by id; an empty one where it may be anybody's."""
        return (*(one.participant for one in self.faces), *("" for _ in self.unknown))

    @property
    def count(self) -> int:
        """How many found faces are bare."""
        return len({(one.recording, one.track) for one in self.faces})

    @property
    def told(self) -> str:
        """What to add to “faces” where it is said what is masked; may be empty."""
        but = f" but for {self.count} uncovered by hand" if self.faces else ""
        return f"{but}, perhaps not all" if self.unknown else but

    @property
    def settings(self) -> dict[str, str]:
        """What a manifest says of it, by its words."""
        spans = [span for one in self.faces for span in one.spans]
        told = {
            BARE_FACES: f"{self.count}: {_when(spans, None)}" if spans else "",
            BARE_LOST: _when(self.lost, None) if self.lost else "",
            FACES_FOUND: "not known" if self.unknown else "",
        }
        return {key: words for key, words in told.items() if words}


NOTHING_BARE = Bared()


def bared_in(seen: Sequence[Recording], looked_at: Sequence[FilmMasks], clip: Interval) -> Bared:
    """Tell what a clip shows of what was found in the recordings that are seen in it.

    Masks that are for all of the clip are those it is made with. Where none are, faces are looked
    for again; masks for a part of it count all the same, so that nothing shown goes untold.
    """
    parts = [_of_recording(one, looked_at, clip) for one in seen] if looked_at else []
    return together(parts)


def together(parts: Iterable[Bared]) -> Bared:
    """Give in one what several clips or recordings show; each face once, with all its stretches."""
    every = tuple(parts)
    faces = sorted({face for one in every for face in one.faces})
    by_track = groupby(faces, key=attrgetter("recording", "track", "participant"))
    return Bared(
        tuple(
            BareFace(recording, track, union(span for one in same for span in one.spans), who)
            for (recording, track, who), same in by_track
        ),
        union(span for one in every for span in one.lost),
        tuple(dict.fromkeys(name for one in every for name in one.unknown)),
        tuple(dict.fromkeys(name for one in every for name in one.unseen)),
    )


def _of_recording(recording: Recording, looked_at: Sequence[FilmMasks], clip: Interval) -> Bared:
    start = Micros(max(clip.start - recording.offset, 0))
    end = Micros(clip.end - recording.offset)
    last = min(end, recording.duration)
    if start >= last:  # it shows nothing then
        return NOTHING_BARE
    own = [one for one in looked_at if one.recording in ("", recording.id)]
    serving = [one for one in own if one.watches(Interval(start, last))][:1]
    found = [
        bared_of(one.plan, Interval(start, end), recording.id, recording.offset)
        for one in serving or own
    ]
    return together([*found, Bared(unseen=() if serving else (recording.id,))])


def bared_of(plan: MaskPlan, span: Interval, recording: str = "", offset: Micros = ZERO) -> Bared:
    """Tell what a plan shows of what was found in a stretch, in the film's own time.

    What is told is on the clock of a session in which the film has that offset.
    """
    if not plan.watched.overlaps(span):
        return NOTHING_BARE
    if plan.found is None:
        return Bared(unknown=(recording,))
    bare = sorted(bare_faces(plan, span), key=lambda one: (one.track, one.span))
    known = {one.number for one in plan.tracks if one in plan.found.tracks}  # of others, nothing
    whose = {track: who for track, who in plan.participants.items() if track in known}
    faces = groupby((one for one in bare if not one.is_lost), key=attrgetter("track"))
    return Bared(
        tuple(
            BareFace(recording, track, _spans(same, offset), whose.get(track, ""))
            for track, same in faces
        ),
        _spans((one for one in bare if one.is_lost), offset),
    )


def plan_words(plan: MaskPlan, film: Path, span: Interval | None = None) -> Iterator[str]:
    """Say what a plan shows of what was found in a stretch of its film, or in all of it."""
    yield from bared_words(bared_of(plan, span or plan.watched), {"": film.name})


def _spans(bare: Iterable[Bare], offset: Micros) -> tuple[Interval, ...]:
    return shifted([one.span for one in bare], offset)


def bared_words(bared: Bared, names: Mapping[str, str]) -> Iterator[str]:
    """Say what is bare, a sentence or two each; `names` gives what recordings are called by id."""
    if bared.faces:
        are = "1 found face was" if bared.count == 1 else f"{bared.count:,} found faces were"
        spans = [span for one in bared.faces for span in one.spans]
        yield f"{are} uncovered by hand: {_when(spans)}."
    if bared.lost:
        yield (
            "The picture was uncovered by hand where a face was lost and may still be seen: "
            f"{_when(bared.lost)}."
        )
    for one in bared.unknown:
        yield (
            f"The masks of “{names.get(one, one)}” do not say what was found, or this was changed "
            "since: faces may be bare. Look for faces again, or have that done by “annotator mask” "
            "with --plan and --plan-out."
        )


def unseen_words(bared: Bared, names: Mapping[str, str]) -> Iterator[str]:
    """Say where faces are looked for again, as no masks that were looked at reach there."""
    for one in bared.unseen:
        yield (
            f"The masks that were looked at do not reach over all that is shown of "
            f"“{names.get(one, one)}”: faces are looked for again there, and all that are found "
            "are covered."
        )


def _when(spans: Iterable[Interval], most: int | None = MOST_TOLD) -> str:
    joined = union(spans)
    told = [f"{to_clock(one.start)} – {to_clock(one.end)}" for one in joined[:most]]
    more = len(joined) - len(told)
    return ", ".join(told) + (f" and {more:,} more" if more else "")
