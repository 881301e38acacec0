"""The frames in the window are those of the file: with masks that were looked for, and words."""

from __future__ import annotations

from pathlib import Path
from time import sleep

import pytest
from PyQt6.QtCore import Qt
from pytestqt.qtbot import QtBot

from annotator.errors import MediaError
from annotator.gui.app import Program
from annotator.gui.clips.large import LargeFrames
from annotator.gui.clips.preview import AS_WRITTEN, BARE, HINT, SEARCHING
from annotator.gui.clips.window import ClipsWindow
from annotator.jobs import clip_ends
from annotator.jobs.progress import CancelledError, Progress
from annotator.media import open_video
from annotator.media.clips.composition import Layout
from annotator.media.frame import Picture
from annotator.model import Mask
from tests.support.clip_making import PATIENCE_MS, Opening, choose, clipping, make, settle
from tests.support.clip_shown import alike, pixels, wait_for_frames
from tests.support.foreign import tag

pytestmark = pytest.mark.usefixtures("cut_here")

LEFT = Qt.MouseButton.LeftButton
PRESSED = 4
"""By so much of 255 a picture differs on average once it was pressed, at most."""


@pytest.fixture
def faces(open_faces: Opening) -> ClipsWindow:
    """The window of two clips with faces."""
    tags = (tag(1, "reflection", 1000, 1400), tag(2, "reflection", 2200, 2600))
    return open_faces(75, tags)


def write_words(window: ClipsWindow) -> None:
    how = window.fields.how
    how.badges.setChecked(True)
    how.watermark.setText("For training only")


def shown(window: ClipsWindow) -> list[Picture]:
    return [pixels(window.ends.first.image), pixels(window.ends.last.image)]


def written(path: Path) -> list[Picture]:
    with open_video(path) as video:
        return [video.frame(at).to_rgb() for at in (0, len(video.frame_times) - 1)]


@pytest.mark.parametrize("layout", [Layout.ONE, Layout.SIDE])
def test_faces_are_looked_for_and_covered_as_in_the_file(
    qtbot: QtBot, program: Program, faces: ClipsWindow, tmp_path: Path, layout: Layout
) -> None:
    view = faces.fields.how.view.layout_field
    view.setCurrentIndex(view.findData(layout.value))
    write_words(faces)
    told: list[str] = []
    with qtbot.wait_signal(clipping(program).shown, timeout=PATIENCE_MS):
        choose(qtbot, program)
    qtbot.wait_until(lambda: faces.ends.first.image is not None, timeout=PATIENCE_MS)
    bare = shown(faces)
    qtbot.wait_until(lambda: bool(told.append(faces.ends.told.text())) or SEARCHING in told[-1])
    wait_for_frames(qtbot, program)
    assert faces.ends.told.text() == f"20 frames. {AS_WRITTEN} {HINT}"
    covered = shown(faces)
    faces.clips.table.selectRow(0)
    make(qtbot, program)
    made = sorted((tmp_path / "out").glob("*.mp4"))
    for before, now, then in zip(bare, covered, written(made[0]), strict=True):
        assert now.shape == then.shape
        assert alike(now, then) < PRESSED < alike(before, then)


def test_what_was_found_is_not_looked_for_again(
    qtbot: QtBot, program: Program, faces: ClipsWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    searched: list[Path] = []
    find = clip_ends.find_masks

    def count(path: Path, *rest: object, **named: object) -> object:
        searched.append(path)
        return find(path, *rest, **named)

    monkeypatch.setattr(clip_ends, "find_masks", count)
    choose(qtbot, program)
    wait_for_frames(qtbot, program)
    assert len(searched) == 1
    plain = shown(faces)
    write_words(faces)
    wait_for_frames(qtbot, program)
    assert len(searched) == 1
    assert all(alike(*pair) > 0 for pair in zip(plain, shown(faces), strict=True))
    faces.clips.table.selectRow(1)
    wait_for_frames(qtbot, program)
    assert len(searched) == 2
    faces.clips.table.selectRow(0)
    wait_for_frames(qtbot, program)
    assert len(searched) == 2
    assert AS_WRITTEN in faces.ends.told.text()


def test_where_faces_cannot_be_looked_for_the_frames_stay_bare_and_it_is_said(
    qtbot: QtBot, program: Program, faces: ClipsWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_all: object) -> None:
        raise MediaError("The model is damaged.", "Install it again.")

    monkeypatch.setattr(clip_ends, "find_masks", fail)
    choose(qtbot, program)
    wait_for_frames(qtbot, program)
    told = "20 frames. Faces are not covered here. The model is damaged. Install it again."
    assert faces.ends.told.text() == f"{told} {HINT}"
    assert faces.ends.first.image is not None


def test_a_search_ends_where_another_clip_is_chosen_and_rests_while_clips_are_made(
    qtbot: QtBot, program: Program, faces: ClipsWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[Progress] = []

    def wait(_path: Path, _span: object, watcher: Progress, _known: object) -> None:
        begun.append(watcher)
        while not watcher.cancelled():
            watcher.progress(0.4, "")
            sleep(0.01)
        raise CancelledError

    monkeypatch.setattr(clip_ends, "find_masks", wait)
    choose(qtbot, program)
    qtbot.wait_until(lambda: f"{SEARCHING}: 40 %." in faces.ends.told.text(), timeout=PATIENCE_MS)
    faces.clips.table.selectRow(1)
    qtbot.wait_until(lambda: len(begun) == 2, timeout=PATIENCE_MS)
    assert begun[0].cancelled()
    make(qtbot, program)
    qtbot.wait_until(begun[1].cancelled, timeout=PATIENCE_MS)
    qtbot.wait_until(lambda: BARE in faces.ends.told.text(), timeout=PATIENCE_MS)
    faces.reject()
    assert faces.ends.first.image is None
    qtbot.wait_until(lambda: not clipping(program).ends.is_busy, timeout=PATIENCE_MS)


def test_a_whole_picture_mask_is_shown(
    qtbot: QtBot, program: Program, opened: Opening, tmp_path: Path
) -> None:
    window = opened()
    choose(qtbot, program)
    wait_for_frames(qtbot, program)
    bare = shown(window)
    with qtbot.wait_signal(clipping(program).shown, timeout=PATIENCE_MS):
        window.fields.whom.masks[Mask.PICTURE].click()
    settle(qtbot, program)
    wait_for_frames(qtbot, program)
    covered = shown(window)
    make(qtbot, program)
    made = sorted((tmp_path / "out").glob("*.mp4"))
    for before, now, then in zip(bare, covered, written(made[0]), strict=True):
        assert alike(now, then) < PRESSED < alike(before, then)


def large_of(window: ClipsWindow) -> LargeFrames:
    assert window.ends.large is not None
    return window.ends.large


def test_either_frame_is_shown_larger(qtbot: QtBot, program: Program, opened: Opening) -> None:
    window = opened()
    ends = window.ends
    qtbot.mouseClick(ends.first, LEFT)
    assert ends.large is None  # there is nothing to show
    choose(qtbot, program)
    wait_for_frames(qtbot, program)
    qtbot.mouseClick(ends.last, LEFT)
    large = large_of(window)
    assert large.isVisible()
    assert (large.bar.currentIndex(), large.words.text()) == (1, ends.last_words.text())
    assert large.view.image == ends.last.image
    assert f"{large.told.text()} {HINT}" == ends.told.text()
    qtbot.keyClick(large.bar, Qt.Key.Key_Left)
    assert large.view.image == ends.first.image
    qtbot.keyClick(large, Qt.Key.Key_Escape)
    assert not large.isVisible()
    assert window.isVisible()
    ends.first.setFocus()
    qtbot.keyClick(ends.first, Qt.Key.Key_Space)
    assert large.isVisible()
    assert large.bar.currentIndex() == 0
    window.reject()
    assert not large.isVisible()
