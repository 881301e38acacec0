"""The film of the sample session is what it is said to be, and its truth is in its sound."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import av
import numpy as np
import pytest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
FOLDER = SAMPLES / "first-session"
FILM = FOLDER / "first-session.mp4"
QUIET = -50.0
STEP = 10
"""Milliseconds of sound measured at a time."""

Stretches = list[tuple[float, float]]


@pytest.fixture(scope="module")
def truth() -> dict[str, Any]:
    told: dict[str, Any] = json.loads((FOLDER / "truth.json").read_text(encoding="utf-8"))
    return told


@pytest.fixture(scope="module")
def sound() -> tuple[NDArray[np.float32], int]:
    with av.open(str(FILM)) as film:
        frames = list(film.decode(audio=0))
    assert frames[0].pts == 0
    samples = np.concatenate([frame.to_ndarray()[0] for frame in frames])
    return samples, frames[0].sample_rate


@pytest.fixture(scope="module")
def levels(sound: tuple[NDArray[np.float32], int]) -> NDArray[np.float64]:
    samples, rate = sound
    size = rate * STEP // 1000
    blocks = samples[: len(samples) // size * size].reshape(-1, size).astype(float)
    return 10 * np.log10((blocks**2).mean(axis=1) + 1e-12)


def voiced(truth: dict[str, Any]) -> Stretches:
    rows = [(start, end) for rows in truth["voices"].values() for start, end in rows]
    return sorted(rows)


def covered(stretches: Iterable[tuple[float, float]], count: int) -> NDArray[np.bool_]:
    """Mark the blocks that a stretch touches."""
    marked = np.zeros(count, bool)
    for start, end in stretches:
        first = round(start * 1000) // STEP
        last = -(-round(end * 1000) // STEP)
        marked[first:last] = True
    return marked


def test_film_is_small_h264_and_aac() -> None:
    with av.open(str(FILM)) as film:
        picture, voice = film.streams.video[0], film.streams.audio[0]
        assert (picture.codec_context.name, voice.codec_context.name) == ("h264", "aac")
        assert (picture.width, picture.height) == (640, 360)
        assert picture.average_rate == 25
        assert len(film.streams) == 2
        assert {"title", "artist", "comment", "location"}.isdisjoint(film.metadata)


def test_film_lasts_as_long_as_it_says(truth: dict[str, Any]) -> None:
    with av.open(str(FILM)) as film:
        times = [frame.time for frame in film.decode(video=0)]
    assert 90 <= truth["duration"] <= 120
    assert times == [at / 25 for at in range(round(truth["duration"] * 25))]


def test_keyframes_stand_close() -> None:
    with av.open(str(FILM)) as film:
        stamps = [
            (packet.pts * packet.time_base, packet.is_keyframe)
            for packet in film.demux(video=0)
            if packet.pts is not None
        ]
    keys = sorted(time for time, is_key in stamps if is_key)
    assert keys[0] == 0
    assert max(b - a for a, b in pairwise(keys)) <= 2


def test_all_that_is_committed_is_small() -> None:
    committed = [path for path in SAMPLES.rglob("*") if "__pycache__" not in path.parts]
    assert sum(path.stat().st_size for path in committed if path.is_file()) < 4_000_000


def test_nothing_speaks_outside_the_truth(
    truth: dict[str, Any], levels: NDArray[np.float64]
) -> None:
    outside = levels[~covered(voiced(truth), len(levels))]
    assert len(outside) > 1000
    assert outside.max() < QUIET


def test_room_is_quiet_but_not_dead(truth: dict[str, Any], levels: NDArray[np.float64]) -> None:
    outside = levels[~covered(voiced(truth), len(levels))]
    assert -65 < np.median(outside) < -55


def test_each_stretch_of_voice_sounds_from_edge_to_edge(
    truth: dict[str, Any], levels: NDArray[np.float64]
) -> None:
    for start, end in voiced(truth):
        first, last = round(start * 1000) // STEP, -(-round(end * 1000) // STEP)
        assert levels[first : first + 3].max() > QUIET, start
        assert levels[last - 3 : last].max() > QUIET, end
        assert np.median(levels[first:last]) > -35, start


def test_a_stretch_holds_no_long_pause(truth: dict[str, Any], levels: NDArray[np.float64]) -> None:
    for start, end in voiced(truth):
        inside = levels[round(start * 1000) // STEP : round(end * 1000) // STEP]
        heard = np.flatnonzero(inside > QUIET)
        assert np.diff(heard).max(initial=0) * STEP <= 320, start


def test_silences_are_as_long_as_asked(truth: dict[str, Any]) -> None:
    assert [one["length"] for one in truth["silences"]] == [3.5, 6.0, 1.2]


def test_silences_stand_between_a_voice_and_the_next(truth: dict[str, Any]) -> None:
    starts = {start for start, _ in voiced(truth)}
    ends = {end for _, end in voiced(truth)}
    for one in truth["silences"]:
        assert one["start"] in ends
        assert one["end"] in starts
        assert not [s for s, e in voiced(truth) if s < one["end"] and e > one["start"]]


def test_only_two_silences_reach_three_seconds(truth: dict[str, Any]) -> None:
    gaps, until = [], 0.0
    for start, end in [*voiced(truth), (truth["duration"], truth["duration"])]:
        gaps.append(start - until)
        until = max(until, end)
    assert sorted(round(gap, 3) for gap in gaps if gap >= 3) == [3.5, 6.0]
    assert sum(gap > 1 for gap in gaps[1:-1]) == 3


def test_both_speak_once(truth: dict[str, Any]) -> None:
    mine, yours = truth["voices"]["therapist"], truth["voices"]["client"]
    both = [(max(a, c), min(b, d)) for a, b in mine for c, d in yours if max(a, c) < min(b, d)]
    assert [(one["start"], one["end"]) for one in truth["overlaps"]] == both
    assert len(both) == 1
    assert both[0][1] - both[0][0] >= 0.3


def pitch(samples: NDArray[np.float32], rate: int, stretches: Stretches) -> float:
    """Find the median pitch in Hz from the first strong peak of the autocorrelation."""
    size, found = rate // 20, []
    low, high = rate // 320, rate // 60
    for start, end in stretches:
        for at in range(round(start * rate), round(end * rate) - size, rate // 20):
            block = samples[at : at + size].astype(float) * np.hanning(size)
            whole = np.correlate(block, block, "full")[size - 1 :]
            part = whole[low:high] / whole[0]
            if part.max() > 0.4:
                found.append(rate / (low + int(np.argmax(part > 0.9 * part.max()))))
    assert len(found) > 100
    return float(np.median(found))


def test_the_two_voices_differ_in_pitch(
    truth: dict[str, Any], sound: tuple[NDArray[np.float32], int]
) -> None:
    shared = truth["overlaps"][0]
    high, low = (
        pitch(*sound, [(s, e) for s, e in truth["voices"][who] if s != shared["start"]])
        for who in ("therapist", "client")
    )
    assert high > 1.5 * low


def test_a_mouth_moves_with_its_own_voice(truth: dict[str, Any]) -> None:
    boxes = {
        "client": (slice(150, 172), slice(165, 192)),
        "therapist": (slice(148, 172), slice(448, 475)),
    }
    talks: dict[str, list[bool]] = {who: [] for who in boxes}
    moved: dict[str, list[float]] = {who: [] for who in boxes}
    before: dict[str, NDArray[np.float64]] = {}
    with av.open(str(FILM)) as film:
        for frame in film.decode(video=0):
            assert frame.format.name == "yuv420p"
            light = frame.to_ndarray()[: frame.height]
            now = {who: light[box].astype(float) for who, box in boxes.items()}
            for who in boxes:
                time = frame.time or 0.0
                talks[who].append(any(s <= time < e for s, e in truth["voices"][who]))
                moved[who].append(np.abs(now[who] - before[who]).mean() if before else 0.0)
            before = now
    for who in boxes:
        speaking, change = np.array(talks[who]), np.array(moved[who])
        assert change[speaking].mean() > 1.5 * change[~speaking].mean(), who
