"""`annotator info` and `annotator frame`."""

from __future__ import annotations

import json
from pathlib import Path

import av
import numpy as np
import pytest

from annotator.model.time import to_seconds_text
from tests.support.commands import CommandLine
from tests.support.timing_clips import TimingClip, read_number


def number_in(picture: Path) -> int:
    with av.open(picture) as container:
        frame = next(container.decode(video=0))
        return read_number(np.asarray(frame.to_ndarray(format="rgb24"), np.uint8))


def test_info_tells_rate_and_frames(annotator: CommandLine, clip: TimingClip) -> None:
    said = annotator("info", clip.path)
    assert said.code == 0
    assert "30000/1001 frames a second" in said.out
    assert f"{len(clip.frame_times)} frames" in said.out


def test_info_as_json_has_seconds(annotator: CommandLine, clip: TimingClip) -> None:
    facts = json.loads(annotator("info", clip.path, "--json").out)
    assert facts["video"]["frames"] == len(clip.frame_times)
    assert facts["video"]["rate"] == "30000/1001"
    assert 0 < facts["duration"] < 100
    assert facts["damaged_from"] is None


@pytest.mark.parametrize("index", [0, 1, 17, -1])
def test_frame_by_number_and_by_time_is_the_frame(
    annotator: CommandLine, clip: TimingClip, tmp_path: Path, index: int
) -> None:
    wanted = range(len(clip.frame_times))[index]
    output = tmp_path / "out.png"
    said = annotator("frame", clip.path, "--index", wanted, "-o", output)
    assert (said.code, number_in(output)) == (0, wanted)
    time = to_seconds_text(clip.frame_times[wanted])
    said = annotator("frame", clip.path, "--at", time, "-o", output)
    assert (said.code, number_in(output)) == (0, wanted)
    assert f"Frame {wanted} " in said.out


def test_the_microsecond_before_a_frame_shows_the_one_before(
    annotator: CommandLine, clip: TimingClip, tmp_path: Path
) -> None:
    output = tmp_path / "out.png"
    time = int(clip.frame_times[9]) - 1
    annotator("frame", clip.path, "--at", f"{time / 1_000_000:.6f}", "-o", output)
    assert number_in(output) == 8


def test_frame_takes_a_clock(annotator: CommandLine, clip: TimingClip, tmp_path: Path) -> None:
    output = tmp_path / "out.png"
    assert annotator("frame", clip.path, "--at", "0:01.0", "-o", output).code == 0
    expected = max(i for i, time in enumerate(clip.frame_times) if time <= 1_000_000)
    assert number_in(output) == expected
