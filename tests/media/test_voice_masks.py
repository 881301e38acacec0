"""A clip that is cut with its sound masked: what is in the file, and when it is heard."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from annotator.media.bleeping import Cover, bleeps_over
from annotator.media.clips.wishes import Changes, CutWish, Form
from annotator.media.voice_disguise import Disguise
from annotator.media.voice_masks import SoundMask
from annotator.media.voice_shift import VoiceShift
from annotator.model import SECOND, Interval, Micros
from annotator.storage.paths import shipped
from tests.support.cut_clips import heard, must_cut

START, END = Micros(5 * SECOND), Micros(9 * SECOND)
NAME = Interval(Micros(6 * SECOND), Micros(6_500_000))
VOICE = Interval(Micros(7 * SECOND), Micros(8 * SECOND))


def test_a_clip_is_masked_where_it_must_be_and_nowhere_else(tmp_path: Path) -> None:
    film = shipped("first-session") / "first-session.mp4"
    voice = Disguise([VOICE], VoiceShift(1.3, 1.15))
    mask = SoundMask(voice, bleeps_over([NAME], Cover.SILENCE))
    changes = Changes(sound=mask)
    target = tmp_path / "clip.wav"
    must_cut(CutWish(film, START, END, target, form=Form.WAV, changes=changes))
    before, after = heard(film, START, END)[:, 0], heard(target, 0, END - START)[:, 0]
    assert len(before) == len(after)
    is_masked = np.zeros(len(before), bool)
    is_masked[48_000:72_000] = is_masked[96_000:144_000] = True
    assert np.abs(before - after)[~is_masked].max() < 1e-4
    assert np.abs(after[48_000:72_000]).max() == 0
    inside = slice(97_000, 143_000)
    assert np.corrcoef(before[inside], after[inside])[0, 1] < 0.5
