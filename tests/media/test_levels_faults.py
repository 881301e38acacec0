"""Sound that is missing or damaged is told apart from silence."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from annotator.errors import MediaError
from annotator.media.silences import find_silences
from annotator.media.survey import survey
from tests.support.damage import spoil
from tests.support.shapes import levels_of
from tests.support.talks import noise, seconds_of, talk, write_sound
from tests.support.timing_clips import TRUNCATED, UNPLAYABLE, ClipKind, TimingClip

ClipOf = Callable[[ClipKind], TimingClip]
SAMPLE = Path(__file__).parents[2] / "samples" / "first-session" / "first-session.mp4"


def test_a_film_without_sound(clip_of: ClipOf) -> None:
    with pytest.raises(MediaError, match="has no sound"):
        levels_of(clip_of(ClipKind.NO_AUDIO).path)


def test_a_track_that_is_not_there(clip_of: ClipOf) -> None:
    with pytest.raises(MediaError, match="has no sound track 3; it has 2"):
        levels_of(clip_of(ClipKind.TWO_TRACKS).path, track=2)


@pytest.mark.parametrize("kind", UNPLAYABLE)
def test_what_cannot_be_played(clip_of: ClipOf, kind: ClipKind) -> None:
    with pytest.raises(MediaError):
        levels_of(clip_of(kind).path)


@pytest.mark.parametrize("kind", TRUNCATED)
def test_a_film_that_breaks_off_is_heard_up_to_there(clip_of: ClipOf, kind: ClipKind) -> None:
    clip = clip_of(kind)
    levels = levels_of(clip.path)
    assert 0 < levels.duration < clip.frame_times[-1]


def test_damaged_sound_is_no_silence(tmp_path: Path) -> None:
    stream = survey(SAMPLE).audio[0]
    levels = levels_of(spoil(SAMPLE, tmp_path / "broken.mp4", 20, 26))
    assert stream.labels.codec == "aac"
    gaps = levels.gaps()
    assert sum(gap.length for gap in gaps) > 4_000_000
    assert all(19_900_000 < gap.start < gap.end < 26_200_000 for gap in gaps)
    found = seconds_of(find_silences(levels))
    assert [start for start, _ in found] == pytest.approx([35.547, 45.692], abs=0.05)


def test_all_of_the_sound_is_damaged(tmp_path: Path) -> None:
    broken = spoil(SAMPLE, tmp_path / "broken.mp4", -1, 1000)
    with pytest.raises(MediaError, match="none of it could be read"):
        levels_of(broken)


def test_a_wav_that_is_cut_in_the_middle(tmp_path: Path) -> None:
    path = write_sound(tmp_path / "a.wav", talk(30, [(10, 14)]) + noise(30, -60))
    path.write_bytes(path.read_bytes()[: 16_000 * 2 * 20])
    levels = levels_of(path)
    assert seconds_of(find_silences(levels)) == [(10, 14)]
