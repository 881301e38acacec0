"""What is said of clips that were made is no more than is true of all of them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from annotator.cli.clips_reel import tell_reel
from annotator.jobs.clip_bare import Bared, BareFace
from annotator.jobs.clip_wishes import PlannedClip
from annotator.jobs.reels import MadeReel
from annotator.model import ConsentScope, Interval, Mask, Micros
from annotator.model.clipping import Stretch
from annotator.model.disclosure import judge
from tests.support.sessions import plain_session

SPAN = Interval(Micros(1_000_000), Micros(2_000_000))


def clip(*bare: BareFace) -> PlannedClip:
    judgement = judge(plain_session(), [SPAN], ConsentScope.PRIVATE, date(2026, 6, 1))
    masks = frozenset({Mask.FACES, Mask.VOICE})
    return PlannedClip(Stretch(SPAN), "clip.mp4", judgement, masks, None, bared=Bared(bare))


def test_a_reel_with_a_bare_face_is_not_said_to_have_all_masked(
    capsys: pytest.CaptureFixture[str],
) -> None:
    tell_reel(MadeReel((clip(), clip(BareFace("r1", 3, (SPAN,)))), files=(Path("reel.mp4"),)))
    told = "Wrote reel.mp4: 2 clips (masked: faces but for 1 uncovered by hand, voice)\n"
    assert capsys.readouterr().out == told
    tell_reel(MadeReel((clip(), clip()), files=(Path("reel.mp4"),)))
    assert capsys.readouterr().out == "Wrote reel.mp4: 2 clips (masked: faces, voice)\n"
