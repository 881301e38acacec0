"""What the window of clips lists behaves as Qt wants models to, and its bars are drawn."""

from __future__ import annotations

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QImage
from PyQt6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from annotator.gui.clips.frames import Ends, Shot
from annotator.gui.clips.list import FRACTION_ROLE, STATE, ClipLine, ClipsModel, ClipsView
from annotator.gui.clips.preview import EndsView
from annotator.gui.clips.window import plan_words
from annotator.gui.dialogs.ticks import TicksModel
from annotator.gui.theme import dark, light
from annotator.model import Micros

FAILS = QAbstractItemModelTester.FailureReportingMode.Fatal
LINES = (
    ClipLine("a – b", "one.mp4", "voice", "Will be made"),
    ClipLine("c – d", "two.mp4", "", "Will be made", "Refused for learners."),
)


def test_lines_are_ticked_none_at_first(qtbot: QtBot) -> None:
    model = TicksModel(starts_ticked=False)
    tester = QAbstractItemModelTester(model, FAILS)
    model.show_lines([("a", "A"), ("b", "B")])
    assert model.chosen == ()
    with qtbot.wait_signal(model.ticked):
        model.setData(model.index(1), Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)
    assert model.chosen == ("b",)
    assert not model.setData(model.index(1), "x", Qt.ItemDataRole.EditRole)
    model.choose(("a",))
    model.show_lines([("c", "C"), ("a", "A again")])
    assert model.chosen == ("a",)
    assert model.index(1).data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
    assert tester is not None


def test_clips_tell_how_far_they_are() -> None:
    model = ClipsModel()
    tester = QAbstractItemModelTester(model, FAILS)
    model.show_lines(LINES)
    model.set_theme(light())
    state = model.index(0, STATE)
    assert state.data(FRACTION_ROLE) is None
    model.begin()
    assert [model.index(row, STATE).data() for row in range(2)] == [
        "Waiting",
        "Refused for learners.",
    ]
    model.advance("one.mp4", 0.42)
    assert (state.data(), state.data(FRACTION_ROLE)) == ("42%", 0.42)
    assert state.data(Qt.ItemDataRole.AccessibleTextRole) == "State: 42%"
    model.advance("one.mp4", 1.0)
    assert state.data() == "Finishing"
    model.advance("reel.mp4", 0.5)
    model.settle(ClipLine("a – b", "one.mp4", "", "Made", "The disk is full."))
    assert (state.data(), state.data(FRACTION_ROLE)) == ("The disk is full.", None)
    model.advance("one.mp4", 0.5)
    assert state.data() == "The disk is full."
    model.show_lines(LINES)
    model.advance("one.mp4", 0.5)
    assert model.index(0, STATE).data() == "Will be made"
    assert tester is not None


def test_clips_of_a_reel_tell_how_far_they_are() -> None:
    model = ClipsModel()
    model.show_lines(LINES)
    model.begin(joining=True)
    state = model.index(0, STATE)
    assert state.data() == "Waiting"
    model.advance("one.mp4", 0.3)
    assert (state.data(), state.data(FRACTION_ROLE)) == ("30%", 0.3)
    model.advance("one.mp4", 1.0)
    assert state.data() == "In the reel"
    model.advance("two.mp4", 0.3)
    assert model.index(1, STATE).data() == "Refused for learners."


def test_a_clip_that_was_made_tells_how_far_it_is_in_the_reel_after_it() -> None:
    model = ClipsModel()
    model.show_lines(LINES)
    model.begin()
    model.advance("one.mp4", 1.0)
    model.settle(ClipLine("a – b", "one.mp4", "", "Made"))
    state = model.index(0, STATE)
    assert state.data() == "Made"
    model.advance("one.mp4", 0.3)
    assert (state.data(), state.data(FRACTION_ROLE)) == ("Made · in the reel: 30%", None)
    model.advance("one.mp4", 1.0)
    assert state.data() == "Made · in the reel"


def test_only_where_no_files_are_written_clips_are_joined_at_once(qtbot: QtBot) -> None:
    view = ClipsView(light())
    qtbot.add_widget(view)
    for has_files, whole in ((True, "Finishing"), (False, "In the reel")):
        view.name_files(has_files=has_files)
        view.show_lines(LINES[:1])
        view.begin()
        view.model.advance("one.mp4", 1.0)
        assert view.model.index(0, STATE).data() == whole


def accented(image: QImage, view: ClipsView) -> int:
    """Count the pixels of an image that are drawn in the accent's colour."""
    accent = light().accent.rgb()
    rect = view.table.rect()
    return sum(
        image.pixel(x, y) == accent
        for x in range(0, rect.width(), 2)
        for y in range(min(rect.height(), 120))
    )


def test_a_bar_grows_with_the_clip(qtbot: QtBot) -> None:
    view = ClipsView(light())
    qtbot.add_widget(view)
    view.resize(700, 200)
    view.show_lines(LINES[:1])
    view.begin()
    view.show()
    drawn = []
    for fraction in (0.0, 0.3, 0.9):
        view.model.advance("one.mp4", fraction)
        drawn.append(accented(view.table.grab().toImage(), view))
    assert drawn[0] < drawn[1] < drawn[2]
    view.set_theme(dark())


def test_the_chosen_clip_stays_chosen_where_the_clips_are_the_same(qtbot: QtBot) -> None:
    view = ClipsView(light())
    qtbot.add_widget(view)
    lines = [ClipLine(f"{n}", f"{n}.mp4", "", "Will be made") for n in range(3)]
    view.show_lines(lines)
    assert view.chosen == 0
    view.table.selectRow(2)
    view.show_lines(lines)
    assert view.chosen == 2
    view.show_lines([*lines[:2], ClipLine("2", "2.mp4", "", "", "Refused.")])
    assert (view.chosen, view.reason.text()) == (2, "Refused.")
    view.show_lines(())
    assert view.chosen == -1


def test_of_several_recordings_no_number_of_a_frame_is_told(qtbot: QtBot) -> None:
    view = EndsView(light())
    qtbot.add_widget(view)
    image = QImage(8, 4, QImage.Format.Format_RGB32)
    image.fill(0xFF00FF00)
    shot = Shot(image, 7, Micros(280_000))
    view.show_ends(Ends(shot, Shot(image, None, Micros(320_000)), 1))
    assert view.first_words.text() == "First: 0:00:00.280 · frame 7"
    assert view.last_words.text() == "Last: 0:00:00.320"
    assert view.told.text().startswith("1 frame.")
    view.resize(400, 200)
    view.show()
    middle = view.first.grab().toImage()
    assert middle.pixelColor(middle.width() // 2, middle.height() // 2).green() > 200


def test_what_will_be_made_is_told_in_words() -> None:
    assert plan_words(1, 0, 0, "out") == "1 clip will be made in out."
    told = plan_words(2, 1, 0, "out/reel.mp4", is_reel=True)
    assert told == "2 clips will be joined as out/reel.mp4; 1 is refused."
    assert plan_words(0, 1, 0, "out") == "No clip will be made; 1 is refused."
    assert plan_words(2000, 3, 0, "out") == "2,000 clips will be made in out; 3 are refused."
    assert plan_words(0, 2, 1, "out") == "No clip will be made; 2 are refused; 1 cannot be made."
