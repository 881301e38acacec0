"""Broken, hostile and missing films: what a clinician is told, and what still plays."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import av
import pytest

from annotator.errors import MediaError
from annotator.media import Video, open_audio, open_video, probe
from tests.support.timing_clips import ClipKind, TimingClip, read_number

ClipOf = Callable[[ClipKind], TimingClip]


@pytest.mark.parametrize(
    ("kind", "message"),
    [
        (ClipKind.TEXT, "is not a film or sound file"),
        (ClipKind.EMPTY, "is empty"),
        (ClipKind.TRUNCATED_NO_INDEX, "was cut off"),
        (ClipKind.AUDIO_ONLY, "holds sound only"),
    ],
)
def test_what_is_said_of_a_broken_film(clip_of: ClipOf, kind: ClipKind, message: str) -> None:
    clip = clip_of(kind)
    with pytest.raises(MediaError, match=message) as caught:
        open_video(clip.path)
    assert clip.path.name in caught.value.what
    assert caught.value.remedy


def test_a_missing_film_names_film_and_folder(tmp_path: Path) -> None:
    with pytest.raises(MediaError, match=r"There is no film “gone\.mp4”") as caught:
        open_video(tmp_path / "gone.mp4")
    assert str(tmp_path) in str(caught.value)


def test_a_film_that_goes_while_it_is_opened_is_missing(
    clip_of: ClipOf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "here.mp4"
    path.write_bytes(clip_of(ClipKind.FPS_25).path.read_bytes())
    real = av.open

    def open_late(*args: object, **options: object) -> object:
        path.unlink(missing_ok=True)
        return real(*args, **options)

    monkeypatch.setattr(av, "open", open_late)
    with pytest.raises(MediaError, match=r"There is no film “here\.mp4”"):
        open_video(path)


def test_a_folder_is_not_a_film(tmp_path: Path) -> None:
    with pytest.raises(MediaError, match="is a folder"):
        probe(tmp_path)


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may read everything"
)
def test_a_film_that_may_not_be_read(clip_of: ClipOf, tmp_path: Path) -> None:
    film = tmp_path / "private.mp4"
    film.write_bytes(clip_of(ClipKind.FPS_25).path.read_bytes())
    film.chmod(0)
    with pytest.raises(MediaError, match="You may not read"):
        open_video(film)


def test_refusal_by_the_system_is_told(clip_of: ClipOf, monkeypatch: pytest.MonkeyPatch) -> None:
    clip = clip_of(ClipKind.FPS_25)

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(MediaError, match=r"You may not read “fps-25\.mp4”"):
        open_video(clip.path)


@pytest.mark.parametrize(
    "playlist",
    [
        "ffconcat version 1.0\nfile 'inner.mp4'\n",
        "#EXTM3U\n#EXT-X-TARGETDURATION:3\n#EXTINF:3,\ninner.mp4\n#EXT-X-ENDLIST\n",
        '<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011"></MPD>',
    ],
    ids=["ffconcat", "hls", "dash"],
)
@pytest.mark.parametrize("name", ["evil.mp4", "evil.m3u8", "evil.ffconcat"])
def test_a_list_of_other_files_is_not_followed(
    clip_of: ClipOf, tmp_path: Path, playlist: str, name: str
) -> None:
    (tmp_path / "inner.mp4").write_bytes(clip_of(ClipKind.FPS_25).path.read_bytes())
    (tmp_path / name).write_text(playlist)
    with pytest.raises(MediaError, match="is not a film or sound file"):
        open_video(tmp_path / name)


@pytest.mark.parametrize(
    "name", ["http:x.mp4", "a:b.mp4", "concat:a|b.mp4", "-i.mp4", "%d.mp4", "Zoë Müller 例.mp4"]
)
def test_a_name_is_only_ever_a_file_name(
    clip_of: ClipOf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    (tmp_path / name).write_bytes(clip_of(ClipKind.FPS_25).path.read_bytes())
    monkeypatch.chdir(tmp_path)
    with open_video(name) as video:
        assert len(video.frame_times) == 75


def test_an_unknown_picture_codec_is_told(clip_of: ClipOf, tmp_path: Path) -> None:
    film = tmp_path / "odd.mp4"
    film.write_bytes(clip_of(ClipKind.FPS_25).path.read_bytes().replace(b"avc1", b"zzz9"))
    with pytest.raises(MediaError, match="not known here"):
        open_video(film)


@pytest.mark.parametrize("kind", [ClipKind.TRUNCATED_MP4, ClipKind.TRUNCATED_MKV])
def test_a_truncated_film_plays_up_to_the_damage(clip_of: ClipOf, kind: ClipKind) -> None:
    clip = clip_of(kind)
    with open_video(clip.path) as video:
        assert video.recording.damaged_from is not None
        count = len(video.frame_times)
        assert 40 < count < len(clip.numbers)
        for index in range(count):
            if video.frame_times[index] >= video.recording.damaged_from - 200_000:
                break
            assert video.frame_times[index] == clip.frame_times[index]
            assert read_number(video.frame(index).to_rgb()) == clip.numbers[index]
        else:
            pytest.fail("the damage was not reached")
        with pytest.raises(IndexError):
            video.frame(count)


def test_a_damaged_picture_inside_is_told_and_the_rest_plays(
    clip_of: ClipOf, tmp_path: Path
) -> None:
    data = bytearray(clip_of(ClipKind.FPS_25).path.read_bytes())
    middle = data.index(b"mdat") + len(data) // 3
    data[middle : middle + 2000] = bytes(2000)
    film = tmp_path / "scratched.mp4"
    film.write_bytes(data)
    with open_video(film) as video:
        seen = [_number_or_message(video, index) for index in range(len(video.frame_times))]
    assert len(seen) == 75
    assert seen[:10] == list(range(10))
    assert seen[-15:] == list(range(60, 75))
    assert any("is damaged" in one for one in seen if isinstance(one, str))


def _number_or_message(video: Video, index: int) -> int | str:
    try:
        return read_number(video.frame(index).to_rgb())
    except MediaError as error:
        return str(error)


def test_no_sound_and_no_such_track(clip_of: ClipOf) -> None:
    with pytest.raises(MediaError, match="has no sound"):
        open_audio(clip_of(ClipKind.NO_AUDIO).path)
    with pytest.raises(MediaError, match="no sound track 3; it has 2"):
        open_audio(clip_of(ClipKind.TWO_TRACKS).path, 2)
