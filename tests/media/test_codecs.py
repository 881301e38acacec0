"""Which codecs PyAV's wheel brings."""

from __future__ import annotations

from annotator.media.codecs import check_codecs, library_version


def test_what_cameras_write_can_be_read() -> None:
    reading = {one.name: one.present for one in check_codecs() if not one.writes}
    assert all(reading[name] for name in ("h264", "hevc", "vp9", "aac", "mp3", "opus"))


def test_clips_can_be_written() -> None:
    writing = {one.name: one.present for one in check_codecs() if one.writes}
    assert writing == {"libx264": True, "aac": True}


def test_version_is_three_numbers() -> None:
    assert [part.isdigit() for part in library_version().split(".")] == [True] * 3
