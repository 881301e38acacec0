"""Subtitles inside a clip are those that were asked for, and other programs read them."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from shutil import which

import av
import pytest

from annotator.errors import MediaError
from annotator.media.clips.making import Maker
from annotator.media.clips.source import open_source
from annotator.media.clips.subtitles import Subtitle, read, told
from annotator.media.clips.verifying import verify
from annotator.media.clips.wishes import CutWish, Form
from annotator.media.sound_stream import Watch
from annotator.model import Micros
from tests.support.cut_clips import contents, must_cut, shown_numbers
from tests.support.timing_clips import ClipKind, TimingClip

ClipOf = Callable[[ClipKind], TimingClip]
SAID = (
    Subtitle(
        Micros(100_000), Micros(700_400), "Therapist: <b>so</b> {\\b1} “quiet”\n\u05e9\u05dc 漢字"
    ),
    Subtitle(Micros(700_400), Micros(900_000), "[silence 6 s]"),
    Subtitle(Micros(1_200_000), Micros(1_600_000), "Client: [name]"),
)


def wish(clip: TimingClip, target: Path, said: tuple[Subtitle, ...] = SAID) -> CutWish:
    return CutWish(clip.path, clip.frame_times[10], clip.frame_times[60], target, subtitles=said)


def found(path: Path) -> list[tuple[int, int, str]]:
    with av.open(f"file:{path}") as container:
        stream = container.streams.subtitles[0]
        assert stream.codec_context.name == "mov_text"
        return [one for packet in container.demux(stream) if (one := read(packet))]


@pytest.mark.parametrize("kind", [ClipKind.FPS_25, ClipKind.FPS_29_97, ClipKind.NO_AUDIO])
def test_subtitles_stand_beside_pictures_and_sound(
    clip_of: ClipOf, tmp_path: Path, kind: ClipKind
) -> None:
    clip, target = clip_of(kind), tmp_path / "clip.mp4"
    must_cut(wish(clip, target))
    assert found(target) == told(SAID)
    assert contents(target).numbers == shown_numbers(target) == clip.numbers[10:60]


def test_another_program_reads_them(clip_of: ClipOf, tmp_path: Path) -> None:
    if which("ffmpeg") is None:
        pytest.skip("there is no ffmpeg here")
    target = tmp_path / "clip.mp4"
    must_cut(wish(clip_of(ClipKind.FPS_25), target))
    words = ["ffmpeg", "-v", "error", "-i", f"file:{target}", "-map", "0:s", "-f", "webvtt", "-"]
    text = subprocess.run(words, capture_output=True, check=True).stdout.decode()
    assert "00:00.100 --> 00:00.700" in text
    assert "“quiet”\n\u05e9\u05dc 漢字" in text
    assert "00:01.200 --> 00:01.600\nClient: [name]" in text


def test_what_lasts_no_millisecond_is_left_out(clip_of: ClipOf, tmp_path: Path) -> None:
    target = tmp_path / "clip.mp4"
    brief = Subtitle(Micros(1_000_100), Micros(1_000_200), "brief")
    must_cut(wish(clip_of(ClipKind.FPS_25), target, (brief,)))
    with av.open(f"file:{target}") as container:
        assert not container.streams.subtitles


@pytest.mark.parametrize(
    ("meant", "why"),
    [
        ((), "not asked for"),
        (SAID[:2], "subtitles are others"),
        ((replace(SAID[0], text="Therapist: another"), *SAID[1:]), "subtitles are others"),
        ((replace(SAID[0], end=Micros(600_000)), *SAID[1:]), "subtitles are others"),
    ],
)
def test_other_subtitles_than_were_asked_for_are_found_out(
    clip_of: ClipOf, tmp_path: Path, meant: tuple[Subtitle, ...], why: str
) -> None:
    target = tmp_path / "clip.mp4"
    with open_source(wish(clip_of(ClipKind.FPS_25), target)) as source:
        made = Maker(source, target, Watch(), 1).smallest()
    verify(target, made.expected, Watch())
    with pytest.raises(MediaError, match=why):
        verify(target, replace(made.expected, subtitles=meant), Watch())


def test_a_picture_inside_that_is_another_one_is_found_out(clip_of: ClipOf, tmp_path: Path) -> None:
    target = tmp_path / "clip.mp4"
    with open_source(wish(clip_of(ClipKind.FPS_25), target, ())) as source:
        made = Maker(source, target, Watch(), 1).smallest()
    first = made.expected.first
    assert first is not None
    verify(target, replace(made.expected, inside=((0, first),)), Watch())
    with pytest.raises(MediaError, match="its picture 6 is another one"):
        verify(target, replace(made.expected, inside=((0, first), (5, 255 - first))), Watch())
    with pytest.raises(MediaError, match="its picture 401 is another one"):
        verify(target, replace(made.expected, inside=((400, first),)), Watch())


def test_one_that_says_nothing_is_left_out(clip_of: ClipOf, tmp_path: Path) -> None:
    target = tmp_path / "clip.mp4"
    silent = Subtitle(Micros(720_000), Micros(900_000), "")
    must_cut(wish(clip_of(ClipKind.FPS_25), target, (SAID[0], silent, SAID[2])))
    assert found(target) == told((SAID[0], SAID[2]))


def test_only_one_form_holds_them() -> None:
    assert [form for form in Form if form.has_subtitles] == [Form.MP4]


def test_moments_are_told_to_the_millisecond() -> None:
    assert told(SAID)[0][:2] == (100, 700)
    packet = av.Packet(b"\x00\x02hi")
    packet.pts, packet.duration, packet.time_base = 90, 45, Fraction(1, 90)
    assert read(packet) == (1000, 1500, "hi")
    assert read(av.Packet(b"\x00\x00")) is None
