"""Joins clips and cards into one film: exact at both ends, verified, and nothing else in it."""

from __future__ import annotations

from functools import cache

from annotator.errors import MediaError
from annotator.media.clips.lengths import require_length
from annotator.media.clips.part_file import part_beside
from annotator.media.clips.reel_making import ReelMaker
from annotator.media.clips.reel_plan import facts_of
from annotator.media.clips.reel_sound import Known
from annotator.media.clips.reel_wishes import ReelWish, Scene
from annotator.media.clips.verifying import verify
from annotator.media.clips.wishes import CutResult
from annotator.media.sound_stream import Watch
from annotator.media.survey import survey

_UNWATCHED = Watch()
_LOOKING, _WRITING = 0.05, 0.9
"""So far the work is when the recordings were looked at, and when all was written."""


def join(wish: ReelWish, watch: Watch = _UNWATCHED, threads: int = 0) -> CutResult:
    """Make a reel, verify it and put it in its place.

    `threads` limits the encoder's, 0 leaves it the whole machine. Raises MediaError where there
    is no reel in the end, GivenUpError where it was cancelled; no file is left then.
    """
    scenes = [part for part in wish.parts if isinstance(part, Scene)]
    if not wish.form.has_picture:
        raise MediaError("A reel is a film.", "Choose MP4 or WebM.")
    if not scenes:
        raise MediaError("There is no clip for the reel.")
    for scene in scenes:
        require_length(wish.form, scene.wish.length)
    known, watch = _surveyed(), watch.rising()
    with part_beside(wish.target) as part:
        facts = []
        for number, scene in enumerate(scenes):
            watch.keep_going(_LOOKING * number / len(scenes))
            facts.append(facts_of(scene, known(scene)))
        maker = ReelMaker(wish, facts, known, part, watch.stage(_LOOKING, _WRITING), threads)
        made = maker.smallest()
        verify(part, made.expected, watch.stage(_WRITING, 1))
    watch.progress(1.0)
    return CutResult(wish.target, wish.length, made.bytes, made.picture, made.sound)


def _surveyed() -> Known:
    """Give what reads each recording through but once."""
    read = cache(survey)
    return lambda scene: None if scene.wish.composition else read(scene.wish.source)
