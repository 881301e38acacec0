"""Several recordings in one clip, as chosen in the window: what is seen where, what is heard."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from shutil import copy

import numpy as np
import pytest
from PyQt6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from annotator.gui.app import Program
from annotator.gui.clips.choices import Writes
from annotator.gui.clips.presets import NO_PICTURE, NO_SOUND
from annotator.gui.clips.viewing import MIX_HINT, MIXED, OF_PICTURE, ViewFields
from annotator.gui.clips.window import ClipsWindow
from annotator.gui.theme import dark, light
from annotator.jobs.clip_view import USUAL_VIEW, ClipView
from annotator.media import open_video
from annotator.media.clips.composition import Corner, Inset, Layout
from annotator.media.clips.panes import Board, board_of
from annotator.model import Look
from annotator.model.recording import Listening, Recording, RecordingRole
from annotator.storage.manifest import manifest_path
from tests.media.clips.test_composing import number_at, seen
from tests.support.clip_making import cells, choose, clipping, make, settle, show
from tests.support.clip_sessions import clip_session
from tests.support.clip_shown import alike, pixels, wait_for_frames
from tests.support.cut_clips import heard, lag
from tests.support.programs import open_and_wait
from tests.support.timing_clips import ClipKind, TimingClip

pytestmark = pytest.mark.usefixtures("cut_here")

OFFSET = 310_007
SIZES = [(192, 128), (192, 128)]
ROOM, CLIENT = "film", "client"
START = 500_000
"""Of the clip of a reflection, with half a second of room on both sides."""


@pytest.fixture
def films(clip_of: Callable[[ClipKind], TimingClip], tmp_path: Path) -> list[TimingClip]:
    kinds = (ClipKind.FPS_25, ClipKind.TWO_TRACKS)
    return [replace(clip_of(kind), path=Path(copy(clip_of(kind).path, tmp_path))) for kind in kinds]


@pytest.fixture
def window(qtbot: QtBot, program: Program, films: list[TimingClip], tmp_path: Path) -> ClipsWindow:
    """Open a session of two films, the second with two tracks; clips of one reflection."""
    path = tmp_path / "talk.session.json"
    made = clip_session(path, [(films[0].path, 0), (films[1].path, OFFSET)])
    roles = (RecordingRole.ROOM, RecordingRole.CLIENT)
    recordings = tuple(
        replace(one, id=name, role=role)
        for one, name, role in zip(made.recordings, (ROOM, CLIENT), roles, strict=True)
    )
    path.unlink()
    clip_session(
        path,
        [(films[0].path, 0), (films[1].path, OFFSET)],
        recordings=recordings,
        passes=tuple(replace(one, coder="A") for one in made.passes),
    )
    open_and_wait(qtbot, program, path)
    show(qtbot, program)
    dialog = clipping(program).dialog
    dialog.fields.where.take_folder(tmp_path / "out")
    choose(qtbot, program, room=0.5)
    dialog.fields.tabs.setCurrentIndex(2)
    return dialog


@dataclass(frozen=True)
class Stage:
    """All that is at hand when a clip of two films is made in the window."""

    qtbot: QtBot
    program: Program
    window: ClipsWindow
    films: list[TimingClip]
    folder: Path


@pytest.fixture
def stage(
    qtbot: QtBot, program: Program, window: ClipsWindow, films: list[TimingClip], tmp_path: Path
) -> Stage:
    return Stage(qtbot, program, window, films, tmp_path)


def of(window: ClipsWindow) -> ViewFields:
    return window.fields.how.view


def open_folds(qtbot: QtBot, window: ClipsWindow) -> ViewFields:
    view = of(window)
    for fold in (view.fold, view.sound_fold):
        qtbot.mouseClick(fold.button, Qt.MouseButton.LeftButton)
    return view


def pick(field: object, words: str) -> None:
    """Choose what a list offers in these words."""
    at = field.findText(words)
    assert at >= 0, words
    field.setCurrentIndex(at)


def written(tmp_path: Path, ending: str = "mp4") -> Path:
    (path,) = (tmp_path / "out").glob(f"*.{ending}")
    return path


@pytest.mark.parametrize(
    ("corner", "words"),
    [
        (Corner.TOP_LEFT, "Top left"),
        (Corner.TOP_RIGHT, "Top right"),
        (Corner.BOTTOM_LEFT, "Bottom left"),
        (Corner.BOTTOM_RIGHT, "Bottom right"),
    ],
)
def test_the_small_picture_lies_in_the_chosen_corner_at_the_chosen_size(
    stage: Stage, corner: Corner, words: str
) -> None:
    qtbot, program, window, tmp_path = stage.qtbot, stage.program, stage.window, stage.folder
    view = open_folds(qtbot, window)
    pick(view.layout_field, "Picture in picture")
    pick(view.corner, words)
    view.share.setValue(42)
    wait_for_frames(qtbot, program)
    shown = [pixels(window.ends.first.image), pixels(window.ends.last.image)]
    make(qtbot, program)
    board = board_of(Layout.INSET, SIZES, Inset(corner, 0.42))
    small = board.panes[1]
    assert abs(small.width - 0.42 * 192) <= 2
    with open_video(written(tmp_path)) as video:
        count = len(video.frame_times)
        for at in (0, count // 2, count - 1):
            picture, time = video.frame(at).to_rgb(), START + video.frame_times[at]
            moments = (time - 60, time + 60)
            assert seen(picture, small) in {
                number_at((stage.films[1], OFFSET), one) for one in moments
            }
        last = video.frame(count - 1).to_rgb()
        assert alike(shown[0], video.frame(0).to_rgb()) < 6
        assert alike(shown[1], last) < 6
    plain = board_of(Layout.INSET, SIZES, Inset(opposite(corner), 0.42)).panes[1]
    assert seen(last, plain) != seen(last, small), "the other corners are the large picture's"
    assert window.ends.told.text().startswith(f"{count} frames.")
    settings = json.loads(manifest_path(written(tmp_path)).read_text())["settings"]
    assert (settings["layout"], settings["inset"]) == ("inset", f"{corner.value}, 42 %")


def opposite(corner: Corner) -> Corner:
    order = list(Corner)
    return order[len(order) - 1 - order.index(corner)]


def test_the_other_recording_can_be_the_large_picture(
    qtbot: QtBot, program: Program, window: ClipsWindow, films: list[TimingClip], tmp_path: Path
) -> None:
    view = open_folds(qtbot, window)
    pick(view.layout_field, "Picture in picture")
    assert view.choice.recordings == (ROOM, CLIENT)
    pick(view.large, f"client: {films[1].path.name}")
    assert view.choice == ClipView((CLIENT, ROOM), Layout.INSET)
    assert view._sound_hint.text() == f"Heard is client: {films[1].path.name}, track 1."
    wait_for_frames(qtbot, program)
    shown = pixels(window.ends.first.image)
    make(qtbot, program)
    board = board_of(Layout.INSET, SIZES)
    with open_video(written(tmp_path)) as video:
        picture = video.frame(0).to_rgb()
        assert seen(picture, board.panes[1]) == number_at((films[0], 0), START)
        assert alike(shown, picture) < 6
    with open_video(films[1].path) as video:
        large = video.frame(video.index_at(START - OFFSET)).to_rgb()
    assert alike(large[:40, :90], picture[:40, :90]) < 8


def test_both_ends_side_by_side_are_shown_as_they_are_written(
    qtbot: QtBot, program: Program, window: ClipsWindow, tmp_path: Path
) -> None:
    pick(of(window).layout_field, "Side by side")
    wait_for_frames(qtbot, program)
    shown = [pixels(window.ends.first.image), pixels(window.ends.last.image)]
    assert window.ends.first_words.text() == "First: 0:00:00.500"
    make(qtbot, program)
    board: Board = board_of(Layout.SIDE, SIZES)
    with open_video(written(tmp_path)) as video:
        count = len(video.frame_times)
        ends = [video.frame(at).to_rgb() for at in (0, count - 1)]
    for one, other in zip(shown, ends, strict=True):
        assert other.shape[:2] == (board.height, board.width)
        assert abs(one.shape[1] / one.shape[0] - board.width / board.height) < 0.01
        assert alike(one, other) < 6
    assert alike(shown[0], ends[1]) > 8, "the last frame is another one"
    assert window.ends.told.text().startswith(f"{count} frames.")


@pytest.mark.parametrize("layout", ["One picture", "Side by side", "Picture in picture"])
@pytest.mark.parametrize(
    ("track", "which"),
    [("", (0, 0)), ("As in the player: track 1", (1, 0)), ("Track 2", (1, 1))],
)
def test_what_is_heard_is_the_chosen_recordings_track(
    stage: Stage, layout: str, track: str, which: tuple[int, int]
) -> None:
    qtbot, program, tmp_path, films = stage.qtbot, stage.program, stage.folder, stage.films
    view = open_folds(qtbot, stage.window)
    pick(view.layout_field, layout)
    client = f"client: {films[1].path.name}"
    pick(view.sound, client if which[0] else "The sound of the picture")
    assert view.track.isVisible() == bool(track)
    if track:
        pick(view.track, track)
        number = which[1] + 1
        assert view._sound_hint.text() == f"Heard is {client}, track {number}."
    settle(qtbot, program)
    make(qtbot, program)
    film, number = which
    ours = heard(written(tmp_path), 0, 1_400_000)[:, 0]
    start = START - (OFFSET if film else 0)
    theirs = heard(films[film].path, start, start + 1_400_000, number)[:, 0]
    size = min(len(ours), len(theirs))
    assert abs(lag(ours, theirs)) <= 1
    assert np.corrcoef(ours[:size], theirs[:size])[0, 1] > 0.95


def test_all_can_be_heard_at_once(
    qtbot: QtBot, program: Program, window: ClipsWindow, films: list[TimingClip], tmp_path: Path
) -> None:
    view = open_folds(qtbot, window)
    pick(view.sound, f"client: {films[1].path.name}")
    pick(view.track, "Track 2")
    pick(view.sound, "All, mixed as in the player")
    assert not view.track.isVisible()
    assert (view.choice.mixes, view.choice.track) == (True, None)
    assert view._sound_hint.text() == MIX_HINT
    pick(window.fields.how.preset, "Sound for analysis (WAV)")
    settle(qtbot, program)
    make(qtbot, program)
    ours = heard(written(tmp_path, "wav"), 0, 1_400_000)[:, 0]
    start = START - OFFSET
    one = heard(films[0].path, START, START + 1_400_000)[:, 0]
    other = heard(films[1].path, start, start + 1_400_000)[:, 0]
    assert np.corrcoef(ours, np.clip(one + other, -1, 1))[0, 1] > 0.99


def test_sound_alone_is_that_of_the_picture_that_was_chosen(
    qtbot: QtBot, program: Program, window: ClipsWindow, films: list[TimingClip], tmp_path: Path
) -> None:
    view = open_folds(qtbot, window)
    pick(view.layout_field, "Picture in picture")
    pick(view.large, f"client: {films[1].path.name}")
    pick(window.fields.how.preset, "Sound for analysis (WAV)")
    assert view._hint.text() == NO_PICTURE
    assert not any(one.isEnabled() for one in (view.layout_field, view.corner, view.share))
    assert view.choice == ClipView((CLIENT,))
    settle(qtbot, program)
    make(qtbot, program)
    ours = heard(written(tmp_path, "wav"), 0, 1_400_000)[:, 0]
    start = START - OFFSET
    theirs = heard(films[1].path, start, start + 1_400_000)[:, 0]
    assert lag(ours, theirs) == 0
    assert np.corrcoef(ours, theirs)[0, 1] > 0.99


def test_fields_are_there_only_where_they_mean_something(qtbot: QtBot, window: ClipsWindow) -> None:
    view = open_folds(qtbot, window)
    assert not any(one.isVisible() for one in (view.large, view.corner, view.share, view.track))
    pick(view.layout_field, "Side by side")
    assert not view.corner.isVisible()
    pick(view.layout_field, "Picture in picture")
    assert all(one.isVisible() for one in (view.large, view.corner, view.share))
    pick(window.fields.how.preset, "A silent moving picture (GIF)")
    assert view._sound_hint.text() == NO_SOUND
    assert not view.sound.isEnabled()
    assert view.corner.isEnabled()


def test_a_reel_beside_files_of_sound_is_a_film_of_its_layout(
    qtbot: QtBot, program: Program, window: ClipsWindow, tmp_path: Path
) -> None:
    view, where = open_folds(qtbot, window), window.fields.where
    pick(view.layout_field, "Side by side")
    pick(window.fields.how.preset, "Sound for analysis (WAV)")
    assert view.choice == ClipView((ROOM,))
    where.writes.setCurrentIndex(where.writes.findData(Writes.BOTH.value))
    assert view.layout_field.isEnabled()
    assert view.choice == ClipView((ROOM, CLIENT), Layout.SIDE)
    settle(qtbot, program)
    make(qtbot, program)
    assert len(list((tmp_path / "out").glob("*.wav"))) == 1
    board = board_of(Layout.SIDE, SIZES)
    with open_video(tmp_path / "out" / "reel.mp4") as video:
        shape = video.frame(0).to_rgb().shape
    assert shape[1] / shape[0] == pytest.approx(board.width / board.height, abs=0.02)


def test_three_in_a_picture_of_two_are_told(
    qtbot: QtBot, program: Program, window: ClipsWindow
) -> None:
    view = open_folds(qtbot, window)
    view.recordings_view.setFocus()
    view.recordings_view.setCurrentIndex(view.recordings.index(1))
    qtbot.keyClick(view.recordings_view, Qt.Key.Key_Space)
    pick(view.layout_field, "Picture in picture")
    settle(qtbot, program)
    assert "takes 2 recordings, but 1 is chosen" in window.trouble.text()
    assert not window.make_button.isEnabled()
    view.recordings.choose((ROOM, CLIENT))
    settle(qtbot, program)
    assert window.trouble.text() == ""
    assert len(cells(window)) == 1


def test_choices_stay_while_the_session_is_open(
    qtbot: QtBot, program: Program, window: ClipsWindow
) -> None:
    view = open_folds(qtbot, window)
    pick(view.layout_field, "Picture in picture")
    pick(view.corner, "Top left")
    view.share.setValue(35)
    pick(view.sound, "All, mixed as in the player")
    before = view.choice
    assert before.inset == Inset(Corner.TOP_LEFT, 0.35)
    window.reject()
    show(qtbot, program)
    assert view.choice == before
    window.fields.forget(Path("out"))
    assert view.choice == USUAL_VIEW


def recording(name: str, sound: Recording | None, **more: object) -> Recording:
    """Make a recording like another one, under another name."""
    assert sound is not None
    return replace(sound, id=name, path=f"{name}.mp4", **more)


@pytest.fixture
def two(films: list[TimingClip], tmp_path: Path) -> tuple[Recording, ...]:
    made = clip_session(tmp_path / "two.session.json", [(one.path, 0) for one in films])
    return made.recordings


def test_one_film_of_one_track_leaves_nothing_to_choose(
    qtbot: QtBot, two: tuple[Recording, ...]
) -> None:
    view = ViewFields(light())
    qtbot.add_widget(view)
    view.offer(two[:1])
    assert view.fold.isHidden()
    assert view.sound_fold.isHidden()
    assert view.choice == USUAL_VIEW


def test_of_one_film_a_track_can_be_chosen(qtbot: QtBot, two: tuple[Recording, ...]) -> None:
    film = replace(two[1], listening=Listening(track=1))
    view = ViewFields(dark())
    qtbot.add_widget(view)
    view.offer((film,))
    assert view.fold.isHidden()
    assert not view.sound_fold.isHidden()
    assert view.sound.isHidden()
    assert view.track.currentText() == "As in the player: track 2"
    assert view.choice == USUAL_VIEW
    pick(view.track, "Track 1")
    assert view.choice == ClipView(track=0)


def test_a_film_without_sound_is_heard_by_the_recorder(
    qtbot: QtBot, two: tuple[Recording, ...]
) -> None:
    silent = recording("film", two[0], audio=None)
    recorder = recording("recorder", two[1], video=None, role=RecordingRole.SOUND)
    view = ViewFields(light())
    qtbot.add_widget(view)
    view.offer((silent, recorder, recording("other", two[0])))
    assert view._sound_hint.text() == "Heard is sound: recorder.mp4, track 1."
    pick(view.sound, "room: other.mp4")
    assert view.choice.sounds == ("other",)
    view.offer((silent, recorder))
    assert view._sound_key == OF_PICTURE, "what was heard is gone"


def test_where_all_are_muted_no_mix_is_offered(qtbot: QtBot, two: tuple[Recording, ...]) -> None:
    view = ViewFields(light())
    qtbot.add_widget(view)
    view.offer(two)
    assert view.sound.findData(MIXED) >= 0
    view.offer([replace(one, listening=Listening(muted=True)) for one in two])
    assert view.sound.findData(MIXED) < 0


def test_layouts_of_films_that_are_gone_are_forgotten(
    qtbot: QtBot, two: tuple[Recording, ...]
) -> None:
    view = ViewFields(light())
    qtbot.add_widget(view)
    view.offer(two)
    pick(view.layout_field, "Picture in picture")
    view.follow_kind(has_picture=True, has_sound=False)
    assert view.choice.layout is Layout.INSET
    view.offer(two[:1])
    assert view.choice == USUAL_VIEW


def test_a_film_that_is_turned_is_shown_turned(
    qtbot: QtBot, program: Program, films: list[TimingClip], tmp_path: Path
) -> None:
    path = tmp_path / "talk.session.json"
    made = clip_session(path, [(films[0].path, 0)])
    path.unlink()
    turned = replace(made.recordings[0], look=Look(turn=90))
    passes = tuple(replace(one, coder="A") for one in made.passes)
    clip_session(path, [(films[0].path, 0)], recordings=(turned,), passes=passes)
    open_and_wait(qtbot, program, path)
    show(qtbot, program)
    window = clipping(program).dialog
    choose(qtbot, program)
    wait_for_frames(qtbot, program)
    image = window.ends.first.image
    assert image is not None
    assert image.height() > image.width()


def test_a_second_film_that_is_gone_is_told_beside_the_frames(
    qtbot: QtBot, program: Program, window: ClipsWindow, films: list[TimingClip]
) -> None:
    films[1].path.unlink()
    pick(of(window).layout_field, "Side by side")
    wait_for_frames(qtbot, program)
    assert f"{films[1].path.name} is not there." in window.ends.told.text()
    assert window.ends.first.image is None


def test_a_recording_is_ticked_with_the_mouse(
    qtbot: QtBot, program: Program, window: ClipsWindow
) -> None:
    view = open_folds(qtbot, window)
    window.resize(window.width(), 1200)
    lines = view.recordings_view
    rect = lines.visualRect(view.recordings.index(1))
    port = lines.viewport()
    qtbot.mouseClick(
        port, Qt.MouseButton.LeftButton, pos=QPoint(rect.left() + 10, rect.center().y())
    )
    assert view.choice.recordings == (CLIENT,)
    settle(qtbot, program)
    assert window.trouble.text() == ""
