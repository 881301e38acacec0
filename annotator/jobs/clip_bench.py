"""All that is at hand when clips of a session are made: its films, and what is asked of them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from annotator.jobs.clip_bare import together
from annotator.jobs.clip_cutting import CutJob
from annotator.jobs.clip_planning import ClipFilm
from annotator.jobs.clip_view import Viewed
from annotator.jobs.clip_wishes import ClipsWish, PlannedClip
from annotator.jobs.clip_words import overlay_of, subtitles_of
from annotator.media.clips.composition import Layout
from annotator.media.clips.wishes import Changes, CutResult, CutWish, Mode
from annotator.media.face_masks import MaskPlan
from annotator.model import ZERO, Interval, Micros, Session
from annotator.model.export_record import HashedFile
from annotator.model.participant import Mask
from annotator.model.spans import shifted
from annotator.model.time import to_seconds_text
from annotator.storage.manifest import hash_file

_FACES, _WHOLE = "faces covered with", "whole pictures covered with"
_UNPLANNED = MaskPlan((1, 1), Interval(ZERO, ZERO))
"""What says what covers where nobody has looked at masks."""


@dataclass(slots=True)
class ClipBench:
    """Knows how each clip is cut, and what is told of it afterwards."""

    session: Session
    session_path: Path
    view: Viewed
    films: Sequence[ClipFilm]
    wish: ClipsWish
    hashed: tuple[HashedFile, ...] = ()

    def job(self, one: PlannedClip, target: Path) -> CutJob:
        """Give the work of cutting a clip into a file."""
        several = self.view.composition(self.session_path)
        if several is not None:
            several = replace(several, known=tuple(film.known for film in self.films))
        span = one.stretch.interval
        sound, back = one.sound, Micros(-self.offset)
        (own,) = shifted([span], back)
        named = sound.names.wish
        voices = None if sound.voice.spans is None else shifted(sound.voice.spans, back)
        words, form = self.wish.words, self.wish.form
        overlay = overlay_of(self.session, one.stretch, words, named) if words.is_drawn else None
        cut = CutWish(
            self.films[0].path,
            own.start,
            own.end,
            target,
            form,
            self.view.track,
            self.wish.size,
            Changes(fades=self.wish.fades, overlay=overlay),
            several,
            self.wish.mode,
            subtitles_of(self.session, span, words, form, named),
        )
        return CutJob(
            cut,
            one.masks,
            voices,
            shifted(sound.names.spans, back),
            self.wish.sound.names_as,
            self.wish.looked_at,
            self.wish.fills,
            self.films[0].known,
            threads=1,
        )

    @property
    def offset(self) -> Micros:
        """What is taken off the session's time to cut by; nothing where several films are shown."""
        several = self.view.composition(self.session_path)
        return self.films[0].recording.offset if several is None else ZERO

    def sources(self) -> tuple[HashedFile, ...]:
        """Give the hash of every film, which is worked out for the first clip alone.

        Raises FilmGoneError where clips that were cut meanwhile are not of the file there is now.
        """
        for one in self.films:
            one.stamp.require_unchanged()
        if not self.hashed:
            self.hashed = tuple(hash_file(one.path, one.recording.id) for one in self.films)
        return self.hashed

    def settings(self, result: CutResult, clips: Sequence[PlannedClip]) -> dict[str, str]:
        """Tell how clips were made into a file, as its manifest does."""
        told = {"form": self.wish.form.value, "quality": self.wish.size.quality.value}
        if len(self.view.seen) > 1:
            told |= self._layout()
        if result.picture is not None:
            told["picture"] = f"{result.picture.width} x {result.picture.height}"
            told["frames"] = str(result.picture.frames)
            told |= _mode(result)
            told |= self._covered({mask for one in clips for mask in one.masks})
        return told | self._worded() | together(one.bare for one in clips).settings

    def _layout(self) -> dict[str, str]:
        told, inset = {"layout": self.view.layout.value}, self.view.inset
        if self.view.layout is Layout.INSET:
            told["inset"] = f"{inset.corner.value}, {round(inset.share * 100)} %"
        return told

    def _covered(self, masks: Collection[Mask]) -> dict[str, str]:
        """Tell what covers faces, and what becomes of whole pictures, as where one is lost."""
        if Mask.PICTURE in masks:
            return {_WHOLE: self.wish.fills.filled(_UNPLANNED).whole_fill.value}
        if Mask.FACES not in masks:
            return {}
        looked_at = {one.path: one.plan for one in self.wish.looked_at}
        seen = [one.path for one in self.films if one.video is not None]
        plans = [self.wish.fills.filled(looked_at.get(path, _UNPLANNED)) for path in seen]
        faces, whole = {one.fill for one in plans}, {one.whole_fill for one in plans}
        return {_FACES: ", ".join(sorted(faces)), _WHOLE: ", ".join(sorted(whole))}

    def _worded(self) -> dict[str, str]:
        words = self.wish.words
        told = {"captions": words.burned, "badges": words.badges, "watermark": words.watermark}
        burned = [name for name, is_there in told.items() if is_there]
        settings = {"burned in": ", ".join(burned)} if burned else {}
        return settings | ({"subtitles": "in the file"} if words.subtitles else {})


def _mode(result: CutResult) -> dict[str, str]:
    """Tell whether pictures were copied, and for how many seconds of the clip."""
    if not result.copied:
        return {"mode": Mode.EXACT.value}
    return {"mode": Mode.SWIFT.value, "seconds copied": to_seconds_text(result.copied)}
