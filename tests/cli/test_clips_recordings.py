"""`annotator clips` of sessions with several recordings, as films, as GIFs and as stills."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from shutil import copy

import numpy as np
import pytest

from annotator.media import open_video
from annotator.media.clips.composition import Layout
from annotator.media.clips.panes import board_of
from annotator.model import ConsentScope, ExcludedSpan, Mask, Micros, Session
from annotator.storage.export_log import read_log
from tests.media.clips.test_composing import decoded, field_of, number_at
from tests.support.clip_sessions import clip_session
from tests.support.commands import CommandLine, Said
from tests.support.consents import GIVEN, masked
from tests.support.cut_clips import heard, lag
from tests.support.timing_clips import ClipKind, TimingClip

OFFSET = 310_007
SIZES = [(192, 128), (192, 128)]


@pytest.fixture
def films(clip_of: Callable[[ClipKind], TimingClip], tmp_path: Path) -> list[TimingClip]:
    kinds = (ClipKind.FPS_25, ClipKind.TWO_TRACKS)
    for kind in kinds:
        copy(clip_of(kind).path, tmp_path)
    return [replace(clip_of(kind), path=tmp_path / clip_of(kind).path.name) for kind in kinds]


@pytest.fixture
def session(films: list[TimingClip], tmp_path: Path) -> Session:
    placed = [(films[0].path, 0), (films[1].path, OFFSET)]
    return clip_session(tmp_path / "talk.session.json", placed)


@pytest.fixture
def cut(annotator: CommandLine, tmp_path: Path) -> Callable[..., Said]:
    """Give what cuts clips of reflections into the folder `out`."""

    def run(*words: object) -> Said:
        path = tmp_path / "talk.session.json"
        usual = ("--code", "reflection", "--purpose", "learners", "-o", tmp_path / "out")
        return annotator("clips", path, *usual, *words)

    return run


def only(folder: Path, ending: str) -> Path:
    (path,) = folder.glob(f"*.{ending}")
    return path


def both(session: Session) -> list[str]:
    return [word for one in session.recordings for word in ("--recording", one.id)]


def test_two_stand_side_by_side_each_by_its_own_offset(
    session: Session, films: list[TimingClip], cut: Callable[..., Said], tmp_path: Path
) -> None:
    said = cut(*both(session))
    assert said.code == 0, said.err
    clip = only(tmp_path / "out", "mp4")
    placed = [(films[0], 0), (films[1], OFFSET)]
    found = decoded(clip, board_of(Layout.SIDE, SIZES).panes)
    assert len(found) >= 10
    for one in found:
        moments = {1_000_000 + one.time + nudge for nudge in (-60, 60)}
        for number, each in zip(one.numbers, placed, strict=True):
            assert number in {number_at(each, moment) for moment in moments}


def test_the_sources_are_all_named_by_id_and_hashed(
    session: Session, films: list[TimingClip], cut: Callable[..., Said], tmp_path: Path
) -> None:
    said = cut(*both(session), "--layout", "inset", "--corner", "top-left", "--share", "40")
    assert said.code == 0, said.err
    clip = only(tmp_path / "out", "mp4")
    manifest = json.loads(clip.with_name(clip.name + ".manifest.json").read_text())
    assert [(one["name"], one["sha256"]) for one in manifest["sources"]] == [
        (one.id, sha256(film.path.read_bytes()).hexdigest())
        for one, film in zip(session.recordings, films, strict=True)
    ]
    assert manifest["settings"]["layout"] == "inset"
    with open_video(clip) as video:
        assert video.frame(0).to_rgb().shape == (128, 192, 3)


def test_what_is_masked_is_masked_in_each(
    films: list[TimingClip], cut: Callable[..., Said], tmp_path: Path
) -> None:
    placed = [(films[0].path, 0), (films[1].path, OFFSET)]
    path = tmp_path / "talk.session.json"
    said = cut(*both(clip_session(path, placed, consent=masked(Mask.PICTURE))))
    assert said.code == 0, said.err
    assert "(masked: picture)" in said.out
    with open_video(only(tmp_path / "out", "mp4")) as video, open_video(films[0].path) as film:
        picture, clear = video.frame(0).to_rgb(), film.frame(25).to_rgb()
    for pane in board_of(Layout.SIDE, SIZES).panes:
        inner = field_of(picture, pane)[8:-8, 8:-8].astype(float)
        assert np.abs(np.diff(inner, axis=1)).max(axis=2).std() < (
            np.abs(np.diff(clear.astype(float), axis=1)).max(axis=2).std() / 3
        )


def test_a_frame_of_any_of_them_may_not_come_from_what_is_excluded(
    films: list[TimingClip], cut: Callable[..., Said], tmp_path: Path
) -> None:
    """The second film's frame at 1.0 s came on at 0.990007 s, that of the first one at 1.0 s."""
    span = ExcludedSpan(Micros(980_000), Micros(995_000), "a name is said")
    placed = [(films[0].path, 0), (films[1].path, OFFSET)]
    session = clip_session(tmp_path / "talk.session.json", placed, excluded=(span,))
    refused = cut(*both(session))
    assert refused.code == 1
    assert "0:00:00.980" in refused.err
    assert cut("--recording", session.recordings[0].id).code == 0
    assert len(list((tmp_path / "out").glob("*.mp4"))) == 1


@pytest.mark.parametrize(("words", "track"), [((), 0), (("--track", "2"), 1)])
def test_another_recording_and_track_can_be_heard(
    session: Session,
    films: list[TimingClip],
    cut: Callable[..., Said],
    tmp_path: Path,
    words: tuple[str, ...],
    track: int,
) -> None:
    said = cut("--sound", session.recordings[1].id, "--pad", "0.5", "--format", "wav", *words)
    assert said.code == 0, said.err
    ours = heard(only(tmp_path / "out", "wav"), 0, 1_400_000)[:, 0]
    start = 500_000 - OFFSET
    theirs = heard(films[1].path, start, start + 1_400_000, track)[:, 0]
    assert lag(ours, theirs) == 0
    assert np.corrcoef(ours, theirs)[0, 1] > 0.99


def test_all_are_mixed_as_the_player_does(
    session: Session, films: list[TimingClip], cut: Callable[..., Said], tmp_path: Path
) -> None:
    assert session.recordings
    said = cut("--track", "all", "--pad", "0.5", "--format", "wav")
    assert said.code == 0, said.err
    ours = heard(only(tmp_path / "out", "wav"), 0, 1_400_000)[:, 0]
    start = 500_000 - OFFSET
    one = heard(films[0].path, 500_000, 1_900_000)[:, 0]
    other = heard(films[1].path, start, start + 1_400_000)[:, 0]
    whole = np.clip(one + other, -1, 1)
    assert np.corrcoef(ours, whole)[0, 1] > 0.99


@pytest.mark.parametrize("form", ["gif", "png"])
def test_gifs_and_stills_are_logged_and_have_a_manifest(
    session: Session, cut: Callable[..., Said], tmp_path: Path, form: str
) -> None:
    said = cut(*both(session), "--format", form, "--stills", "4")
    assert said.code == 0, said.err
    clip = only(tmp_path / "out", form)
    manifest = json.loads(clip.with_name(clip.name + ".manifest.json").read_text())
    (result,) = manifest["results"]
    assert (result["name"], result["size"]) == (clip.name, clip.stat().st_size)
    assert result["sha256"] == sha256(clip.read_bytes()).hexdigest()
    (logged,) = read_log(tmp_path / "talk.session.json").exports
    assert logged.record.settings["form"] == form
    assert logged.record.settings["frames"] == ("5" if form == "gif" else "4")


def test_gifs_and_stills_need_consent_too(
    films: list[TimingClip], cut: Callable[..., Said], tmp_path: Path
) -> None:
    narrow = replace(GIVEN, scope=ConsentScope.SUPERVISION)
    clip_session(tmp_path / "talk.session.json", [(films[0].path, 0)], consent=narrow)
    for form in ("gif", "png"):
        said = cut("--format", form)
        assert said.code == 1
        assert "supervision" in said.err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["--recording", "camera"], 'no recording "camera"'),
        (["--recording", "room"], 'several recordings "room"'),
        (["--sound", "camera"], 'no recording "camera"'),
        (["--layout", "side"], "2 to 4 recordings"),
        (["--layout", "inset"], "takes 2 recordings"),
        (["--track", "7"], "no sound track 7; it has 1"),
        (["--track", "0"], 'no sound track "0"'),
        (["--track", "loud"], 'no sound track "loud"'),
        (["--format", "gif", "--pack", "lesson"], "not of GIFs"),
        (["--share", "80"], "80"),
    ],
)
def test_what_cannot_be_is_said_before_anything_is_made(
    session: Session, cut: Callable[..., Said], tmp_path: Path, words: list[str], why: str
) -> None:
    assert len(session.recordings) == 2
    said = cut(*words)
    assert said.code == 2
    assert why in said.err
    assert not (tmp_path / "out").exists()


def test_a_second_film_that_is_gone_is_said(
    session: Session, films: list[TimingClip], cut: Callable[..., Said], tmp_path: Path
) -> None:
    films[1].path.unlink()
    said = cut(*both(session))
    assert said.code == 2
    assert f"{films[1].path.name} is not there" in said.err
    assert not (tmp_path / "out").exists()
