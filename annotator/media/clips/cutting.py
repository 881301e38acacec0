"""Cuts one clip out of a recording: exact at both ends, verified, and nothing else in the file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from annotator.media.clips.copy_plan import NotCopiedError
from annotator.media.clips.gif import make_gif
from annotator.media.clips.lengths import require_length
from annotator.media.clips.made import Made
from annotator.media.clips.making import Maker
from annotator.media.clips.part_file import part_beside
from annotator.media.clips.sheet import make_sheet
from annotator.media.clips.source import Source, open_source
from annotator.media.clips.swift import MP4_ALONE, SwiftMaker
from annotator.media.clips.verifying import WrongClipError, verify
from annotator.media.clips.wishes import CutResult, CutWish, Form, Mode
from annotator.media.sound_stream import Watch
from annotator.media.survey import Survey
from annotator.model import Micros

_UNWATCHED = Watch()
_WRITING = 0.85
"""So much of the time goes into writing, the rest into reading what was written."""

_COPYING = 0.5
"""The same where pictures are copied."""

_EXACTLY = "The clip was cut exactly, as"


def cut(
    wish: CutWish, watch: Watch = _UNWATCHED, known: Survey | None = None, threads: int = 0
) -> CutResult:
    """Cut a clip, verify it and put it in its place.

    `known` saves reading the recording through; `threads` limits the encoder's, 0 leaves it the
    whole machine. Raises MediaError where there is no clip in the end, GivenUpError where it was
    cancelled; no file is left then.
    """
    require_length(wish.form, wish.length)
    watch = watch.rising()
    with part_beside(wish.target) as part, open_source(wish, known) as source:
        result = _made(source, part, watch, threads)
        source.require_unchanged()
    watch.progress(1.0)
    return result


def _made(source: Source, part: Path, watch: Watch, threads: int) -> CutResult:
    """Write a clip and hold it against what it should be; raises GivenUpError where cancelled."""
    special = {Form.GIF: make_gif, Form.SHEET: make_sheet}.get(source.wish.form)
    if special is not None:
        note = f"{_EXACTLY} {MP4_ALONE}" if source.wish.mode is Mode.SWIFT else ""
        return replace(special(source, part, watch), note=note)
    note = ""
    if source.wish.mode is Mode.SWIFT and source.frames is not None:
        try:
            return _copied(source, part, watch, threads)
        except NotCopiedError as error:
            note = f"{_EXACTLY} {error.what}"
        except WrongClipError:
            note = f"{_EXACTLY} copies of its pictures did not come out right."
    made = Maker(source, part, watch.stage(0, _WRITING), threads).smallest()
    return _verified(source, part, watch.stage(_WRITING, 1), made, note)


def _copied(source: Source, part: Path, watch: Watch, threads: int) -> CutResult:
    """Do the same with a clip whose pictures are copied but for the ends."""
    made, ticks = SwiftMaker(source, part, watch.stage(0, _COPYING), threads).made()
    result = _verified(source, part, watch.stage(_COPYING, 1), made)
    base = made.expected.base
    return replace(result, copied=Micros(round(ticks * base * 1_000_000)))


def _verified(source: Source, part: Path, watch: Watch, made: Made, note: str = "") -> CutResult:
    verify(part, made.expected, watch)
    wish = source.wish
    return CutResult(wish.target, wish.length, made.bytes, made.picture, made.sound, note=note)
