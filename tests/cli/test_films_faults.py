"""Films that cannot be read and frames that are not there."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.commands import CommandLine
from tests.support.timing_clips import TimingClip


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--index", "99999"), "frames are 0 to"),
        (("--at", "99999"), "lasts from 0 to"),
        (("--at", "1:2:3:4"), "is not a time such as"),
        (("--at", "1.0000001"), "is not a time such as"),
        ((), "either --at or --index"),
        (("--at", "1", "--index", "1"), "either --at or --index"),
    ],
)
def test_frame_that_is_not_there(
    annotator: CommandLine, clip: TimingClip, tmp_path: Path, words: tuple[str, ...], told: str
) -> None:
    output = tmp_path / "out.png"
    said = annotator("frame", clip.path, *words, "-o", output)
    assert said.code == 2
    assert told in said.err
    assert not output.exists()


@pytest.mark.parametrize("content", [b"", b"no film at all\n"])
def test_what_is_no_film(annotator: CommandLine, tmp_path: Path, content: bytes) -> None:
    film = tmp_path / "talk.mp4"
    film.write_bytes(content)
    said = annotator("info", film)
    assert said.code == 2
    assert "talk.mp4" in said.err
    assert said.out == ""


def test_folder_that_is_not_there(annotator: CommandLine, clip: TimingClip, tmp_path: Path) -> None:
    said = annotator("frame", clip.path, "--index", "0", "-o", tmp_path / "no" / "out.png")
    assert said.code == 2
    assert "out.png" in said.err
