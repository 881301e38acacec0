"""`annotator mask`: a masked copy of a film, whole or in part, and never over a file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.commands import CommandLine
from tests.support.cut_clips import contents
from tests.support.timing_clips import ClipKind, TimingClip

ClipOf = Callable[[ClipKind], TimingClip]


def test_a_part_of_a_film_is_made_anew(
    annotator: CommandLine, clip_of: ClipOf, tmp_path: Path
) -> None:
    film, out = clip_of(ClipKind.FPS_25), tmp_path / "masked.mp4"
    words = ("--mask", "picture", "--start", "0.4", "--end", "0.8")
    said = annotator("mask", film.path, "-o", out, *words)
    assert said.code == 0, said.err
    assert said.out == f"Wrote {out}: 0:00:00.400 (masked: picture)\n"
    assert contents(out).packets == 10


def test_sound_alone_can_be_made(annotator: CommandLine, clip_of: ClipOf, tmp_path: Path) -> None:
    film, out = clip_of(ClipKind.FPS_25), tmp_path / "voice.wav"
    said = annotator("mask", film.path, "-o", out, "--mask", "voice")
    assert said.code == 0, said.err
    assert contents(out).numbers == ()
    assert len(contents(out).sound) > 100_000


@pytest.mark.parametrize(
    ("name", "words", "why"),
    [
        ("x.docx", [], "does not say what to make"),
        ("x.mp4", ["--start", "99"], "lasts from 0 to 0:00:03.000"),
        ("x.mp4", ["--mask", "hats"], "hats"),
    ],
)
def test_what_cannot_be_is_said(
    annotator: CommandLine,
    clip_of: ClipOf,
    tmp_path: Path,
    name: str,
    words: list[str],
    why: str,
) -> None:
    said = annotator("mask", clip_of(ClipKind.FPS_25).path, "-o", tmp_path / name, *words)
    assert said.code == 2
    assert why in said.err
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_written_over_and_no_film_is_no_copy(
    annotator: CommandLine, clip_of: ClipOf, tmp_path: Path
) -> None:
    out = tmp_path / "mine.mp4"
    out.write_bytes(b"mine")
    assert annotator("mask", clip_of(ClipKind.FPS_25).path, "-o", out).code == 2
    assert out.read_bytes() == b"mine"
    said = annotator("mask", clip_of(ClipKind.TEXT).path, "-o", tmp_path / "new.mp4")
    assert said.code == 2
    assert not (tmp_path / "new.mp4").exists()
