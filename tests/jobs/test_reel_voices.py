"""A person has one voice in all of a reel, drawn for that reel alone."""

from __future__ import annotations

from multiprocessing import get_context
from pathlib import Path

import numpy as np
import pytest

from annotator.jobs import reel_cutting
from annotator.jobs.clip_cutting import CutJob
from annotator.jobs.processes import Line
from annotator.jobs.reel_cutting import ClipJob, LegJob, ReelJob, join_all
from annotator.media.clips.reel_wishes import ReelWish, Scene
from annotator.media.clips.wishes import CutResult, CutWish, Form, Size
from annotator.media.sound_frames import Planes
from annotator.media.sound_stream import Watch
from annotator.model import Interval, Micros
from annotator.model.participant import Mask
from tests.support.sounds import write_wav
from tests.support.vowels import RATE, vowel

SECOND = 1_000_000
SPANS = [Interval(Micros(at * SECOND), Micros((at + 1) * SECOND)) for at in (3, 0, 2)]
"""The reel begins with the voice at its highest, where by itself another way would be chosen."""


@pytest.fixture
def talk(tmp_path: Path) -> Path:
    """One voice that rises from 130 to 200 Hz, past where low voices end."""
    said = [vowel(1, pitch, (700, 1200, 2500)) for pitch in (130, 150, 180, 200)]
    return write_wav(
        tmp_path / "talk.wav", np.concatenate(said, axis=1)[0].astype(np.float64), RATE
    )


def voices(monkeypatch: pytest.MonkeyPatch, talk: Path, *voice: Mask) -> list[Planes | None]:
    """Give what becomes of the same vowel in each scene of a reel of all spans."""
    joined: list[ReelWish] = []

    def taken(wish: ReelWish, _watch: Watch) -> CutResult:
        joined.append(wish)
        return CutResult(wish.target, Micros(0), 0, None, None)

    monkeypatch.setattr(reel_cutting, "join", taken)
    target = talk.with_name("reel.mp4")
    clips = []
    for span in SPANS:
        wish = CutWish(talk, span.start, span.end, target)
        clips.append(ClipJob(CutJob(wish, frozenset(voice)), (LegJob(span.start, span.end),)))
    receiver, sender = get_context("spawn").Pipe(duplex=False)
    with receiver, sender:
        line = Line(sender, get_context("spawn").Event())
        join_all(ReelJob(tuple(clips), target, Form.MP4, Size()), line)
    same = vowel(0.5, 140, (700, 1200, 2500))
    scenes = [one for one in joined[0].parts if isinstance(one, Scene)]
    changes = [one.wish.changes.sound for one in scenes]
    return [one and one.changed(0, same, RATE) for one in changes]


def test_all_clips_of_a_reel_have_one_voice(monkeypatch: pytest.MonkeyPatch, talk: Path) -> None:
    first, *others = voices(monkeypatch, talk, Mask.VOICE)
    assert first is not None
    assert len(others) == 2
    for other in others:
        assert other is not None
        assert np.array_equal(first, other)
    again, *_ = voices(monkeypatch, talk, Mask.VOICE)
    assert again is not None
    assert not np.array_equal(first, again), "another reel has another voice"


def test_a_reel_without_masks_leaves_its_voices(
    monkeypatch: pytest.MonkeyPatch, talk: Path
) -> None:
    assert voices(monkeypatch, talk) == [None, None, None]
