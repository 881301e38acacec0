"""What is said of clips that were made is no more than is true of all of them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from annotator.cli.clips_reel import reel_tree, tell_reel
from annotator.jobs.clip_bare import Bared, BareFace
from annotator.jobs.clip_wishes import ClipsWish, PlannedClip
from annotator.jobs.reels import MadeReel
from annotator.model import ConsentScope, Interval, Mask, Micros
from annotator.model.clipping import Stretch
from annotator.model.disclosure import judge
from annotator.model.sound_plans import ALL_VOICES, NamesPlan, SoundPlan, VoicePlan
from tests.support.sessions import plain_session

FACES_AND_VOICE = (Mask.FACES, Mask.VOICE)
SPAN = Interval(Micros(1_000_000), Micros(2_000_000))


WISH = ClipsWish(ConsentScope.PRIVATE, Path("out"), "A", "2026-06-01T09:00:00Z", date(2026, 6, 1))


def span(start: int, end: int) -> Interval:
    return Interval(Micros(start * 100_000), Micros(end * 100_000))


def clip(
    *bare: BareFace, sound: SoundPlan = ALL_VOICES, masks: tuple[Mask, ...] = FACES_AND_VOICE
) -> PlannedClip:
    judgement = judge(plain_session(), [SPAN], ConsentScope.PRIVATE, date(2026, 6, 1))
    return PlannedClip(
        Stretch(SPAN), "clip.mp4", judgement, frozenset(masks), None, sound=sound, bared=Bared(bare)
    )


def test_a_reel_with_a_bare_face_is_not_said_to_have_all_masked(
    capsys: pytest.CaptureFixture[str],
) -> None:
    tell_reel(MadeReel((clip(), clip(BareFace("r1", 3, (SPAN,)))), files=(Path("reel.mp4"),)))
    told = "Wrote reel.mp4: 2 clips (masked: faces but for 1 uncovered by hand, voice)\n"
    assert capsys.readouterr().out == told
    tell_reel(MadeReel((clip(), clip()), files=(Path("reel.mp4"),)))
    assert capsys.readouterr().out == "Wrote reel.mp4: 2 clips (masked: faces, voice)\n"


def of_client(*spans: Interval, names: tuple[Interval, ...] = ()) -> SoundPlan:
    return SoundPlan(VoicePlan(spans or None, frozenset({"p1"}), ("C07",)), NamesPlan(names))


def told_of(capsys: pytest.CaptureFixture[str], *clips: PlannedClip) -> str:
    tell_reel(MadeReel(clips, files=(Path("reel.mp4"),)))
    return capsys.readouterr().out.partition("masked: ")[2].strip(")\n")


def test_of_a_reel_it_is_said_whose_voice_was_disguised_and_where_names_were(
    capsys: pytest.CaptureFixture[str],
) -> None:
    masks = (Mask.VOICE, Mask.NAMES)
    some = clip(sound=of_client(span(10, 12), span(14, 15), names=(span(11, 12),)), masks=masks)
    more = clip(sound=of_client(span(30, 33), names=(span(31, 32),)), masks=masks)
    assert told_of(capsys, some, more) == "names in 2 places, voice of C07 in 3 stretches"
    whole = clip(sound=of_client(), masks=(Mask.VOICE,))
    assert told_of(capsys, whole, whole) == "all voices, as nothing tells when C07 speaks"
    rest = clip(sound=of_client(span(30, 33)), masks=(Mask.VOICE,))
    assert told_of(capsys, whole, rest) == "voice of C07 in 2 stretches"
    silent = clip(sound=SoundPlan(VoicePlan((), frozenset({"p1"}), ("C07",))), masks=(Mask.VOICE,))
    assert told_of(capsys, silent, rest) == "voice of C07 in 1 stretch"
    assert told_of(capsys, silent, silent) == "voice of C07, not heard in it"


def test_json_says_of_a_reel_what_is_masked_and_what_is_bare() -> None:
    bare = clip(BareFace("r1", 3, (SPAN,), "p1"), sound=of_client(span(10, 12)))
    found = reel_tree(MadeReel((bare, clip(sound=of_client(span(30, 33))))), WISH)
    assert found["masks"] == ["faces", "voice"]
    assert found["masked"] == ("faces but for 1 uncovered by hand, voice of C07 in 2 stretches")
    uncovered = {"recording": "r1", "participant": "p1", "spans": [[1.0, 2.0]]}
    assert found["uncovered"] == [uncovered]
    assert (found["uncovered_lost"], found["found_unknown"]) == ([], [])
    none = reel_tree(MadeReel(left_out=(bare,)), WISH)
    assert (none["masks"], none["masked"], none["uncovered"]) == ([], "", [])
