"""The clip tray in the whole program: clips are kept, ordered, trimmed, described and played."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path

import pytest
from PyQt6.QtCore import QPoint, QRect, Qt
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication, QComboBox, QLineEdit, QScrollArea
from pytestqt.qtbot import QtBot

from annotator import editing
from annotator.gui.app import Program
from annotator.gui.desk import Desk
from annotator.gui.timeline.clips_lane import CLIPS_HEIGHT
from annotator.gui.timeline.hit import RULER_HEIGHT
from annotator.gui.timeline.selecting import Selection
from annotator.gui.tray.page import NO_SESSION, TEACHING, TrayPage
from annotator.gui.tray.working import (
    IN_ALREADY,
    NO_ROOM,
    NOTHING_INSIDE,
    NOTHING_LISTED,
    SELECT_FIRST,
)
from annotator.model.clip import Clip, Pause
from annotator.model.participant import ConsentScope
from annotator.model.session import ExcludedSpan
from annotator.model.time import SECOND, Interval, Micros
from annotator.storage.codec import decode_session
from annotator.storage.sample import copy_sample
from tests.support.programs import Answers, notices, open_and_wait, running_program

ALT, CTRL, SHIFT = (
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
PLAIN = Qt.KeyboardModifier.NoModifier
LEFT = Qt.MouseButton.LeftButton
PATIENCE_MS = 10_000
FRAME = 40_000


@dataclass
class Person(Answers):
    """Says which list is to be taken in."""

    listed: Path | None = None

    def choose_clips_list(self) -> Path | None:
        self.asked.append("a list of clips")
        return self.listed


@pytest.fixture
def person(tmp_path: Path) -> Person:
    return Person(listed=tmp_path / "list.csv")


@pytest.fixture
def program(qtbot: QtBot, person: Person) -> Iterator[Program]:
    with running_program(qtbot, person, coder="A") as program:
        yield program


@pytest.fixture
def desk(qtbot: QtBot, program: Program, tmp_path: Path) -> Desk:
    return open_and_wait(qtbot, program, copy_sample(tmp_path / "s"))


@pytest.fixture
def page(program: Program, desk: Desk) -> TrayPage:
    """Give the page with three clips in it, called after three tags, the second one chosen."""
    clips = [
        Clip(name, Micros(start * SECOND), Micros((start + 3) * SECOND), f"Clip {name}")
        for name, start in (("a", 2), ("b", 8), ("c", 14))
    ]
    desk.document.push(editing.add_clips(desk.document.session, clips))
    program.tray.work.show()
    program.tray.work.showing.choose(frozenset({"b"}))
    return program.tray.work.page


def press(program: Program, key: Qt.Key, held: Qt.KeyboardModifier = PLAIN) -> None:
    QTest.keyClick(program.window.parts.picture, key, held)


def kept(desk: Desk) -> tuple[Clip, ...]:
    return desk.document.session.clips


def order(desk: Desk) -> str:
    return "".join(clip.id for clip in kept(desk))


def chosen(program: Program) -> str:
    return "".join(clip.id for clip in program.tray.work.showing.chosen)


def middle_of(page: TrayPage, row: int) -> QPoint:
    return page.view.visualRect(page.model.index(row)).center()


def drag(page: TrayPage, row: int, onto: int, below: int) -> None:
    """Drag a row to so many pixels below the middle of another."""
    page.view.scrollTo(page.model.index(row))
    port, start = page.view.viewport(), middle_of(page, row)
    to = middle_of(page, onto) + QPoint(0, below)
    QTest.mousePress(port, LEFT, PLAIN, start)
    QTest.mouseMove(port, (start + to) / 2)
    QTest.mouseMove(port, to)
    QTest.mouseRelease(port, LEFT, PLAIN, to)


def undo_all(desk: Desk) -> None:
    while desk.document.undo_stack.canUndo():
        desk.document.undo_stack.undo()


def test_selected_tags_become_clips_by_key_as_one_step(program: Program, desk: Desk) -> None:
    before, tags = desk.document.session, desk.document.tags[:3]
    desk.select(frozenset(tag.id for tag in tags))
    program.tray.work.page.joins.setChecked(False)
    press(program, Qt.Key.Key_C, CTRL | SHIFT)
    page = program.tray.work.page
    assert page.isVisible()
    assert [clip.tags for clip in kept(desk)] == [(tag.id,) for tag in tags]
    assert [(clip.start, clip.end) for clip in kept(desk)] == [
        (max(tag.start - 2 * SECOND, before.region.start), tag.end + 2 * SECOND) for tag in tags
    ]
    names = {code.id: code.name for code in before.codebook.codes}
    assert [clip.title for clip in kept(desk)] == [names[tag.code] for tag in tags]
    assert page.model.clips == kept(desk)
    assert len(program.tray.work.showing.chosen) == 3
    desk.document.undo_stack.undo()
    assert desk.document.session == before
    desk.document.undo_stack.redo()
    assert len(program.tray.work.showing.chosen) == 3, "what comes back is chosen"


def test_many_tags_are_one_step_and_joined_where_they_overlap(program: Program, desk: Desk) -> None:
    desk.select(frozenset(tag.id for tag in desk.document.tags))
    page, steps = program.tray.work.page, desk.document.undo_stack.count()
    page.lead.setValue(0.5)
    page.tail.setValue(0.5)
    page.joins.setChecked(False)
    program.tray.work.add()
    count = len(kept(desk))
    assert count == len(desk.document.tags)
    assert desk.document.undo_stack.count() == steps + 1
    desk.document.undo_stack.undo()
    page.lead.setValue(30)
    page.joins.setChecked(True)
    program.tray.work.add()
    assert 0 < len(kept(desk)) < count


def test_selected_time_becomes_a_clip_inside_the_region(program: Program, desk: Desk) -> None:
    region = desk.document.session.region
    desk.choose(Selection(stretch=Interval(Micros(0), Micros(5 * SECOND))))
    press(program, Qt.Key.Key_C, CTRL | SHIFT)
    (clip,) = kept(desk)
    assert (clip.start, clip.end, clip.title) == (region.start, 5 * SECOND, "")
    assert program.tray.work.page.model.index(0).data() == "Clip 1"


def test_a_list_becomes_clips_as_one_step(
    program: Program, desk: Desk, person: Person, tmp_path: Path
) -> None:
    act = program.window.actions_table.by_id["clip_add_list"].trigger
    path = tmp_path / "list.csv"
    path.write_text("start,end\n0:05,0:08.5\n1.0,3\n", "utf-8")
    act()
    assert [(clip.start, clip.end) for clip in kept(desk)] == [
        (5 * SECOND, 8_500_000),
        (1 * SECOND, 3 * SECOND),
    ]
    desk.document.undo_stack.undo()
    assert kept(desk) == ()
    path.write_text("start,end\n5,4\n", "utf-8")
    act()
    assert "ends before it starts" in notices(program)
    path.write_text("start,end\n", "utf-8")
    act()
    assert NOTHING_LISTED in notices(program)
    person.listed = None
    act()
    assert kept(desk) == ()
    assert person.asked == ["a list of clips"] * 4


def test_what_cannot_become_a_clip_is_said(program: Program, desk: Desk) -> None:
    press(program, Qt.Key.Key_C, CTRL | SHIFT)
    assert SELECT_FIRST in notices(program)
    moment = next(tag for tag in desk.document.tags if tag.is_instant)
    desk.select(frozenset({moment.id}))
    program.tray.work.page.lead.setValue(0)
    program.tray.work.page.tail.setValue(0)
    program.tray.work.add()
    assert NO_ROOM in notices(program)
    end = desk.document.session.region.end
    desk.choose(Selection(stretch=Interval(end, Micros(end + SECOND))))
    program.tray.work.add()
    assert NOTHING_INSIDE in notices(program)
    assert kept(desk) == ()


def test_clips_are_put_in_order_by_hand_and_stay_chosen(
    program: Program, desk: Desk, page: TrayPage
) -> None:
    drag(page, 1, 0, -10)
    assert (order(desk), chosen(program)) == ("bac", "b")
    drag(page, 0, 2, 10)
    assert (order(desk), chosen(program)) == ("acb", "b")
    steps = desk.document.undo_stack.count()
    drag(page, 2, 2, 12)  # dropped where it stands
    assert desk.document.undo_stack.count() == steps
    desk.document.undo_stack.undo()
    assert (order(desk), chosen(program)) == ("bac", "b")


def test_a_drag_is_given_up_by_esc(program: Program, desk: Desk, page: TrayPage) -> None:
    port = page.view.viewport()
    page.view.setFocus()
    QTest.mousePress(port, LEFT, PLAIN, middle_of(page, 0))
    QTest.mouseMove(port, middle_of(page, 2))
    assert page.view.gap is not None
    QTest.keyClick(page.view, Qt.Key.Key_Escape)
    assert page.view.gap is None
    QTest.mouseRelease(port, LEFT, PLAIN, middle_of(page, 2))
    assert order(desk) == "abc"
    assert program.tray.work.showing.chosen


def test_keys_put_clips_in_order_from_the_list_and_from_elsewhere(
    program: Program, desk: Desk, page: TrayPage
) -> None:
    page.view.setFocus()
    QTest.keyClick(page.view, Qt.Key.Key_Up, ALT)
    assert (order(desk), chosen(program)) == ("bac", "b")
    QTest.keyClick(page.view, Qt.Key.Key_Up, ALT)  # it is the first
    assert order(desk) == "bac"
    press(program, Qt.Key.Key_Down, ALT | SHIFT)
    press(program, Qt.Key.Key_Down, ALT | SHIFT)
    assert (order(desk), chosen(program)) == ("acb", "b")
    QTest.keyClick(page.view, Qt.Key.Key_Up)
    assert chosen(program) == "c", "plain arrows walk the list"
    QTest.keyClick(page.view, Qt.Key.Key_Up, SHIFT)
    assert chosen(program) == "ac"
    QTest.keyClick(page.view, Qt.Key.Key_Down, ALT)
    assert (order(desk), chosen(program)) == ("bac", "ac"), "several go together"


def test_a_click_on_one_of_several_chooses_that_one(program: Program, page: TrayPage) -> None:
    page.view.selectAll()
    assert chosen(program) == "abc"
    assert page.form.several.isVisible()
    QTest.mouseClick(page.view.viewport(), LEFT, PLAIN, middle_of(page, 2))
    assert chosen(program) == "c"
    assert not page.form.several.isVisible()


def test_clips_are_removed_by_key_and_what_is_undone_is_chosen(
    program: Program, desk: Desk, page: TrayPage
) -> None:
    before = desk.document.session
    page.view.setFocus()
    QTest.keyClick(page.view, Qt.Key.Key_Delete)
    assert (order(desk), chosen(program)) == ("ac", "c"), "the next one is chosen"
    QTest.keyClick(page.view, Qt.Key.Key_Delete)
    assert (order(desk), chosen(program)) == ("a", "a"), "or the last there is"
    desk.document.undo_stack.undo()
    desk.document.undo_stack.undo()
    assert (order(desk), chosen(program)) == ("abc", "b")
    page.view.selectAll()
    press(program, Qt.Key.Key_Delete, SHIFT)
    assert order(desk) == ""
    assert page.empty.text() == TEACHING
    desk.document.undo_stack.undo()
    assert desk.document.session == before
    assert chosen(program) == "abc"


def test_delete_elsewhere_deletes_tags_and_no_clips(program: Program, desk: Desk) -> None:
    tag = desk.document.tags[0]
    desk.document.push(
        editing.add_clips(desk.document.session, [Clip("a", Micros(0), Micros(SECOND))])
    )
    program.tray.work.show()
    program.tray.work.showing.choose(frozenset({"a"}))
    desk.select(frozenset({tag.id}))
    press(program, Qt.Key.Key_Delete)
    assert desk.document.tag(tag.id) is None
    assert order(desk) == "a"


def test_a_title_is_written_in_the_list(
    qtbot: QtBot, program: Program, desk: Desk, page: TrayPage
) -> None:
    page.view.setFocus()
    QTest.keyClick(page.view, Qt.Key.Key_F2)
    field = page.view.findChild(QLineEdit)
    assert isinstance(field, QLineEdit)
    assert field.text() == "Clip b"
    QTest.keyClicks(field, "Silence, held")
    QTest.keyClick(field, Qt.Key.Key_Return)
    qtbot.wait_until(lambda: kept(desk)[1].title == "Silence, held")
    assert page.form.fields["title"].text() == "Silence, held"
    assert desk.document.undo_stack.undoText() == "write title"
    assert chosen(program) == "b"
    press(program, Qt.Key.Key_F2, SHIFT)
    assert isinstance(QApplication.focusWidget(), QLineEdit)


def test_all_that_is_said_of_a_clip_is_written_and_undone(
    program: Program, desk: Desk, page: TrayPage
) -> None:
    before = desk.document.session
    for number, (name, field) in enumerate(page.form.fields.items()):
        field.setFocus()
        field.selectAll()
        QTest.keyClicks(field, f"Text {number} o")
        page.view.setFocus()
        assert getattr(kept(desk)[1], name) == f"Text {number} o"
    assert len({getattr(kept(desk)[1], name) for name in page.form.fields}) == 6
    assert kept(desk)[0] == before.clips[0]
    for _ in page.form.fields:
        press(program, Qt.Key.Key_Z, CTRL)
    assert desk.document.session == before
    assert page.form.fields["aim"].toPlainText() == ""


def test_what_is_being_typed_goes_to_its_own_clip(
    program: Program, desk: Desk, page: TrayPage
) -> None:
    aim = page.form.fields["aim"]
    aim.setFocus()
    QTest.keyClicks(aim, "to wait")
    program.tray.work.showing.choose(frozenset({"c"}))
    assert [clip.aim for clip in kept(desk)] == ["", "to wait", ""]
    assert chosen(program) == "c"


def test_typed_words_are_kept_when_the_hand_rests(
    qtbot: QtBot, program: Program, desk: Desk, page: TrayPage
) -> None:
    notes = page.form.fields["notes"]
    notes.setFocus()
    QTest.keyClicks(notes, "stop here")
    assert kept(desk)[1].notes == ""
    qtbot.wait_until(lambda: kept(desk)[1].notes == "stop here", timeout=PATIENCE_MS)
    assert notes.hasFocus()
    assert program.tray.work.showing.current == kept(desk)[1]


def test_the_ends_are_set_at_the_playhead_and_the_frame_on_screen_belongs_to_the_clip(
    qtbot: QtBot, program: Program, desk: Desk, page: TrayPage
) -> None:
    player = program.player
    player.seek(Micros(9 * SECOND))
    qtbot.wait_until(lambda: player.position == 9 * SECOND)
    press(program, Qt.Key.Key_I, ALT)
    player.seek(Micros(10 * SECOND))
    qtbot.wait_until(lambda: player.position == 10 * SECOND)
    press(program, Qt.Key.Key_O, ALT)
    assert (kept(desk)[1].start, kept(desk)[1].end) == (9 * SECOND, 10 * SECOND + FRAME)
    press(program, Qt.Key.Key_End, ALT)
    qtbot.wait_until(lambda: player.position == 10 * SECOND)
    press(program, Qt.Key.Key_O, ALT)  # the last frame is the last frame
    assert kept(desk)[1].end == 10 * SECOND + FRAME
    press(program, Qt.Key.Key_Home, ALT)
    qtbot.wait_until(lambda: player.position == 9 * SECOND)
    assert "Frame" not in notices(program)
    assert page.model.clips == kept(desk)


def test_the_ends_go_by_frames_and_the_preview_shows_just_the_frames_of_the_clip(
    qtbot: QtBot, program: Program, desk: Desk, page: TrayPage
) -> None:
    ends = page.form.ends
    qtbot.wait_until(lambda: ends.last.frame.picture is not None, timeout=PATIENCE_MS)
    assert ends.first.when.text() == "First frame\n0:00:08.000 · frame 200"
    assert ends.last.when.text() == "Last frame\n0:00:10.960 · frame 274"
    for key in (Qt.Key.Key_N, Qt.Key.Key_L, Qt.Key.Key_L):
        press(program, key, ALT | SHIFT)
    assert (kept(desk)[1].start, kept(desk)[1].end) == (8 * SECOND - FRAME, 11 * SECOND + 2 * FRAME)
    assert ends.first.when.text().endswith("frame 199")
    assert ends.last.when.text().endswith("frame 276")
    QTest.mouseClick(ends.first.buttons[2], LEFT)
    QTest.mouseClick(ends.last.buttons[0], LEFT)
    assert ends.first.when.text().endswith("frame 200")
    assert ends.last.when.text().endswith("frame 275")
    undo_all(desk)


def test_the_pictures_of_the_preview_are_the_frames_that_are_told(
    qtbot: QtBot, program: Program, page: TrayPage
) -> None:
    ends, player = page.form.ends, program.player
    qtbot.wait_until(lambda: ends.last.frame.picture is not None, timeout=PATIENCE_MS)
    for box, index in ((ends.first, 200), (ends.last, 274)):
        QTest.mouseClick(box.frame, LEFT)
        qtbot.wait_until(lambda wanted=index: player.frame_index == wanted, timeout=PATIENCE_MS)
        shown, picture = program.window.parts.picture.frame, box.frame.picture
        assert picture is not None
        small = shown.scaled(
            picture.size(), transformMode=Qt.TransformationMode.SmoothTransformation
        )
        spots = [QPoint(x * picture.width() // 8, picture.height() // 2) for x in range(1, 8)]
        for spot in spots:
            ours, theirs = picture.pixelColor(spot), small.pixelColor(spot)
            assert abs(ours.lightness() - theirs.lightness()) < 40


def test_thumbnails_come_for_all_clips(qtbot: QtBot, page: TrayPage) -> None:
    rows = [page.model.row_at(row) for row in range(3)]
    assert len(rows) == 3
    qtbot.wait_until(
        lambda: all((one := page.model.row_at(row)) and one.picture for row in range(3)),
        timeout=PATIENCE_MS,
    )


def test_a_clip_is_played_to_its_last_frame(
    qtbot: QtBot, program: Program, desk: Desk, page: TrayPage
) -> None:
    clip = kept(desk)[1]
    desk.document.push(
        editing.trim_clip(desk.document.session, clip, clip.start, Micros(clip.start + 10 * FRAME))
    )
    player = program.player
    with qtbot.wait_signal(player.playing_changed):
        QTest.mouseDClick(page.view.viewport(), LEFT, PLAIN, middle_of(page, 1))
    qtbot.wait_until(lambda: not player.is_playing, timeout=PATIENCE_MS)
    qtbot.wait_until(lambda: player.position == clip.start + 9 * FRAME, timeout=PATIENCE_MS)
    with qtbot.wait_signal(player.playing_changed):
        press(program, Qt.Key.Key_F4, SHIFT)
    player.pause()


def test_a_pause_is_added_at_the_playhead_asked_at_gone_to_and_removed(
    qtbot: QtBot, program: Program, desk: Desk, page: TrayPage
) -> None:
    player, form = program.player, page.form
    press(program, Qt.Key.Key_Q, ALT)
    assert "outside the clip" in notices(program)
    player.seek(Micros(9 * SECOND))
    qtbot.wait_until(lambda: player.position == 9 * SECOND)
    press(program, Qt.Key.Key_Q, ALT)
    (row,) = form.pauses.rows
    assert QApplication.focusWidget() is row.question
    QTest.keyClicks(row.question, "What now?")
    QTest.keyClick(row.question, Qt.Key.Key_Return)
    assert kept(desk)[1].pauses == (Pause(Micros(9 * SECOND), "What now?"),)
    player.seek(Micros(0))
    QTest.mouseClick(row.go, LEFT)
    qtbot.wait_until(lambda: player.position == 9 * SECOND)
    clip = kept(desk)[1]
    desk.document.push(
        editing.trim_clip(desk.document.session, clip, Micros(10 * SECOND), clip.end)
    )
    assert row.go.text().endswith("outside")
    QTest.mouseClick(row.drop, LEFT)
    assert kept(desk)[1].pauses == ()
    assert form.pauses.none.isVisibleTo(form)
    desk.document.undo_stack.undo()
    assert [pause.question for pause in kept(desk)[1].pauses] == ["What now?"]
    assert form.pauses.rows[0].question.text() == "What now?"


def test_what_consent_bars_has_a_padlock_with_the_reason(
    qtbot: QtBot, program: Program, desk: Desk, page: TrayPage
) -> None:
    span = editing.add_excluded(
        desk.document.session, ExcludedSpan(Micros(9 * SECOND), Micros(10 * SECOND))
    )
    desk.document.push(span)

    def troubles() -> list[str]:
        rows = [page.model.row_at(row) for row in range(3)]
        return [row.trouble for row in rows if row is not None]

    qtbot.wait_until(lambda: bool(troubles()[1]), timeout=PATIENCE_MS)
    assert "is excluded" in troubles()[1]
    assert "the team" in troubles()[1]
    assert page.form.trouble.text() == troubles()[1]
    assert troubles()[0] == troubles()[2] == ""
    desk.document.undo_stack.undo()
    qtbot.wait_until(lambda: not troubles()[1], timeout=PATIENCE_MS)
    assert program.tray.work.consents.troubles == {}


def test_a_frame_that_began_in_what_is_excluded_is_judged_as_the_cutter_does(
    qtbot: QtBot, program: Program, desk: Desk, page: TrayPage
) -> None:
    clip = kept(desk)[1]
    inside = Micros(clip.start + 10_000)
    desk.document.push(editing.trim_clip(desk.document.session, clip, inside, clip.end))
    span = ExcludedSpan(Micros(clip.start - FRAME), Micros(clip.start + 5_000))
    desk.document.push(editing.add_excluded(desk.document.session, span))
    troubles = program.tray.work.consents
    qtbot.wait_until(lambda: list(troubles.troubles) == ["b"], timeout=PATIENCE_MS)
    assert page.form.trouble.text() == troubles.troubles["b"]


def test_clips_of_hidden_passes_are_hidden(program: Program, desk: Desk, page: TrayPage) -> None:
    session = desk.document.session
    theirs = next(one for one in session.passes if one.coder != "A" and one.tags)
    hidden = replace(kept(desk)[0], tags=(theirs.tags[0].id,))
    desk.document.push(editing.change_clip(session, kept(desk)[0], hidden))
    program.choosing.choose("blind", True)
    assert [clip.id for clip in page.model.clips] == ["b", "c"]
    assert "1 clip is of passes that are hidden" in page.total.text()
    assert (row := page.model.row_at(0)) is not None
    assert row.number == 2
    program.tray.work.showing.choose(frozenset({"c"}))
    program.tray.work.move(0)
    assert order(desk) == "acb", "the hidden one stays where it is"
    program.choosing.choose("blind", False)
    assert [clip.id for clip in page.model.clips] == ["a", "c", "b"]


def test_actions_say_what_is_lacking(program: Program, desk: Desk) -> None:
    table, tray = program.window.actions_table, program.tray.work
    assert table.why_not("clip_play") == "Choose a clip in the tray first."
    assert table.why_not("make_kept_clips") == "Put a clip into the tray first."
    assert not table.by_id["clip_remove"].isEnabled()
    desk.document.push(
        editing.add_clips(desk.document.session, [Clip("a", Micros(0), Micros(SECOND))])
    )
    assert table.by_id["clip_remove"].isEnabled(), "what comes is chosen"
    assert table.by_id["make_kept_clips"].isEnabled()
    assert len(tray.showing.chosen) == 1


def test_a_session_that_may_not_be_changed_shows_its_clips(
    qtbot: QtBot, program: Program, tmp_path: Path
) -> None:
    path = copy_sample(tmp_path / "s")
    text = path.read_text("utf-8").replace('"version": 1,', '"version": 99,', 1)
    clips = '"clips": [{"id": "a", "start": 1.5, "end": 4.0, "title": "Begin"}],\n  "passes":'
    path.write_text(text.replace('"passes":', clips, 1), "utf-8")
    desk = open_and_wait(qtbot, program, path)
    page = program.tray.work.page
    program.tray.work.show()
    program.tray.work.showing.choose(frozenset({"a"}))
    assert page.why_not.text() == desk.document.read_only_reason != ""
    assert all(field.isReadOnly() for field in page.form.fields.values())
    page.view.setFocus()
    QTest.keyClick(page.view, Qt.Key.Key_Delete)
    QTest.keyClick(page.view, Qt.Key.Key_F2)
    assert page.view.findChild(QLineEdit) is None
    assert order(desk) == "a"
    table = program.window.actions_table
    assert not table.by_id["clip_start_here"].isEnabled()
    assert table.by_id["clip_play"].isEnabled()


def test_without_a_session_the_page_says_so_and_afterwards_is_empty_again(
    qtbot: QtBot, program: Program, tmp_path: Path
) -> None:
    page = program.tray.work.page
    assert page.empty.text() == NO_SESSION
    desk = open_and_wait(qtbot, program, copy_sample(tmp_path / "s"))
    assert page.empty.text() == TEACHING
    desk.document.push(
        editing.add_clips(desk.document.session, [Clip("a", Micros(0), Micros(SECOND))])
    )
    program.close_session(lambda: None)
    qtbot.wait_until(lambda: program.desk is None)
    assert page.model.clips == ()
    assert page.empty.text() == NO_SESSION


def test_the_tray_is_saved_with_the_session(
    qtbot: QtBot, program: Program, desk: Desk, page: TrayPage
) -> None:
    with qtbot.wait_signal(desk.document.saved):
        desk.document.save()
    saved = decode_session(desk.document.path.read_text("utf-8"))
    assert saved.clips == kept(desk) == page.model.clips
    assert program.desk is desk


def test_these_clips_are_offered_for_making(
    qtbot: QtBot, program: Program, desk: Desk, page: TrayPage
) -> None:
    QTest.mouseClick(page.make, LEFT)
    dialog = program.exchanging.clipping.dialog
    qtbot.wait_until(dialog.isVisible)
    lists = [one.currentText() for one in dialog.findChildren(QComboBox)]
    assert any("3 clips of the tray" in text for text in lists)
    assert len(kept(desk)) == 3
    dialog.reject()


def test_the_purpose_that_was_chosen_last_is_judged_for(
    qtbot: QtBot, program: Program, desk: Desk, page: TrayPage
) -> None:
    person = desk.document.session.participants[0]
    narrow = replace(person, consent=replace(person.consent, scope=ConsentScope.LEARNING))
    desk.document.push(editing.replace_participant(desk.document.session, person, narrow))
    with qtbot.wait_signal(program.tray.work.consents.judged, timeout=PATIENCE_MS):
        pass
    assert program.tray.work.consents.troubles == {}
    program.exchanging.clipping.level_chosen.emit(ConsentScope.PUBLIC)
    qtbot.wait_until(lambda: len(program.tray.work.consents.troubles) == 3, timeout=PATIENCE_MS)
    assert (row := page.model.row_at(0)) is not None
    assert row.trouble.startswith("Not for the public: ")


def test_the_timeline_shows_the_clips_chooses_plays_and_trims_them(
    qtbot: QtBot, program: Program, desk: Desk, page: TrayPage
) -> None:
    timeline, layer = program.window.parts.timeline, program.tray.work.layer
    assert [(one.id, one.number, one.is_chosen) for one in layer.clips] == [
        ("a", 1, False),
        ("b", 2, True),
        ("c", 3, False),
    ]

    def place(seconds: float) -> QPoint:
        x = timeline.scale.pixel_of(round(seconds * SECOND))
        return QPoint(x, RULER_HEIGHT + CLIPS_HEIGHT // 2)

    port = timeline.viewport()
    QTest.mouseClick(port, LEFT, PLAIN, place(15.5))
    assert chosen(program) == "c"
    assert [one.is_chosen for one in layer.clips] == [False, False, True]
    QTest.mousePress(port, LEFT, PLAIN, place(17))
    QTest.mouseMove(port, place(18))
    QTest.mouseMove(port, place(20))
    QTest.mouseRelease(port, LEFT, PLAIN, place(20))
    assert abs(kept(desk)[2].end - 20 * SECOND) < SECOND
    assert kept(desk)[2].end % FRAME == 0
    assert desk.document.undo_stack.undoText() == "trim clip"
    desk.document.undo_stack.undo()
    assert (
        layer.clips[2].span
        == kept(desk)[2].interval
        == Interval(Micros(14 * SECOND), Micros(17 * SECOND))
    )
    steps = desk.document.undo_stack.count()
    QTest.mousePress(port, LEFT, PLAIN, place(15))
    QTest.mouseMove(port, place(16))
    QTest.mouseMove(port, place(19))
    QTest.mouseRelease(port, LEFT, PLAIN, place(19))
    there = kept(desk)[2]
    assert abs(there.start - 18 * SECOND) < SECOND
    assert (there.start % FRAME, there.length) == (0, 3 * SECOND)
    qtbot.wait_until(lambda: program.player.position == there.start)
    assert desk.document.undo_stack.undoText() == "shift clip"
    desk.document.undo_stack.undo()
    assert desk.document.undo_stack.count() == steps, "the undone step was the only one"
    assert kept(desk)[2].interval == Interval(Micros(14 * SECOND), Micros(17 * SECOND))
    with qtbot.wait_signal(program.player.playing_changed):
        QTest.mouseDClick(port, LEFT, PLAIN, place(3.5))
    assert chosen(program) == "a"
    program.player.pause()
    program.close_session(lambda: None)
    qtbot.wait_until(lambda: program.desk is None)
    assert not layer.isVisible()
    assert page.model.clips == ()


def test_keys_move_a_whole_clip_by_frames(program: Program, desk: Desk, page: TrayPage) -> None:
    press(program, Qt.Key.Key_Right, ALT | SHIFT)
    press(program, Qt.Key.Key_Right, ALT | SHIFT)
    assert kept(desk)[1].interval == Interval(
        Micros(8 * SECOND + 2 * FRAME), Micros(11 * SECOND + 2 * FRAME)
    )
    press(program, Qt.Key.Key_Left, ALT | SHIFT)
    assert kept(desk)[1].start == 8 * SECOND + FRAME
    assert desk.document.undo_stack.undoText() == "shift clip"
    region = desk.document.session.region
    first = replace(kept(desk)[0], start=region.start, end=Micros(region.start + SECOND))
    desk.document.push(editing.change_clip(desk.document.session, kept(desk)[0], first))
    program.tray.work.showing.choose(frozenset({"a"}))
    press(program, Qt.Key.Key_Left, ALT | SHIFT)
    assert "It cannot go any further that way." in notices(program)
    assert kept(desk)[0] == first
    assert page.isVisible()


def test_what_is_in_the_tray_already_does_not_come_twice(program: Program, desk: Desk) -> None:
    program.tray.work.page.joins.setChecked(False)
    desk.select(frozenset({desk.document.tags[0].id}))
    program.tray.work.add()
    program.tray.work.add()
    assert IN_ALREADY in notices(program)
    assert len(kept(desk)) == 1
    desk.select(frozenset(tag.id for tag in desk.document.tags[:2]))
    program.tray.work.add()
    assert [clip.tags[0] for clip in kept(desk)] == [tag.id for tag in desk.document.tags[:2]]


def test_the_preview_shows_what_is_cut_which_is_inside_the_region(
    qtbot: QtBot, program: Program, desk: Desk, page: TrayPage
) -> None:
    form = page.form

    def code_only(start: int, end: int) -> None:
        span = Interval(Micros(start * SECOND), Micros(end * SECOND))
        desk.document.push(editing.set_region(desk.document.session, span))

    assert not form.outside.isVisibleTo(form)
    code_only(9, 60)
    assert form.ends.first.when.text().endswith("0:00:09.000 · frame 225")
    assert form.ends.last.when.text().endswith("frame 274")
    assert "0:00:09.000 – 0:00:11.000" in form.outside.text()
    press(program, Qt.Key.Key_Home, ALT)
    qtbot.wait_until(lambda: program.player.position == 9 * SECOND)
    code_only(30, 60)
    assert form.ends.first.when.text() == "First frame\nno picture"
    assert "nothing of it is cut" in form.outside.text()
    undo_all(desk)
    assert page.model.clips == ()
    assert program.tray.work.showing.current is None


@pytest.mark.parametrize("width", [1000, 1280])
def test_the_page_never_scrolls_sideways_in_a_small_window(
    qtbot: QtBot, program: Program, desk: Desk, page: TrayPage, width: int
) -> None:
    one = kept(desk)[1]
    desk.document.push(editing.add_pause(desk.document.session, one, Micros(9 * SECOND)))
    program.window.resize(width, 720)
    program.window.show()
    side = program.window.parts.side
    room = side.currentWidget()
    assert isinstance(room, QScrollArea)
    assert room.widget() is page.parentWidget()
    qtbot.wait_until(lambda: program.window.width() == width)
    QApplication.processEvents()
    assert room.horizontalScrollBar().maximum() == 0
    form = page.form
    viewport, content = form.viewport(), form.widget()
    assert viewport is not None
    assert content is not None
    shown = [page.add, page.make, page.lead, page.tail, page.joins, page.view, page.total]
    boxes = [QRect(one.mapTo(page, QPoint(0, 0)), one.size()) for one in (*shown, *page.buttons)]
    assert not [pair for pair in combinations(boxes, 2) if pair[0].intersects(pair[1])]
    assert content.width() <= viewport.width(), "nothing of the form is cut off"
    side_by_side = form.ends.first.y() == form.ends.last.y()
    assert side_by_side == (width == 1280)


def test_nothing_of_the_tray_is_made_before_it_is_wanted(
    qtbot: QtBot, program: Program, tmp_path: Path
) -> None:
    desk = open_and_wait(qtbot, program, copy_sample(tmp_path / "s"))
    assert program.window.findChild(TrayPage) is None
    desk.document.push(
        editing.add_clips(desk.document.session, [Clip("a", Micros(0), Micros(SECOND))])
    )
    assert program.tray.work.page.model.clips == kept(desk), "the timeline shows clips at once"
    assert [one.id for one in program.tray.work.layer.clips] == ["a"]


def test_the_tray_is_made_when_its_tab_is_looked_at(
    qtbot: QtBot, program: Program, desk: Desk
) -> None:
    side = program.window.parts.side
    names = [side.tabText(place) for place in range(side.count())]
    side.setCurrentIndex(names.index("Clips"))
    page = program.window.findChild(TrayPage)
    assert isinstance(page, TrayPage)
    assert page.isVisible()
    assert page.empty.text() == TEACHING
    assert kept(desk) == ()
    assert qtbot is not None


def test_nothing_of_the_tray_is_loaded_when_the_program_starts() -> None:
    script = (
        "import sys, annotator.gui.app\n"
        "print([one for one in sys.modules if one.startswith('annotator.gui.tray.')])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
