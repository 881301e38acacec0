"""What can be chosen of clips: which moments, for whom, how and where; with keys and mouse."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pytest
from PyQt6.QtCore import QPoint, Qt
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QCheckBox
from pytestqt.qtbot import QtBot

from annotator import editing
from annotator.errors import StorageError
from annotator.gui.app import Program
from annotator.gui.clips.choices import Source, Writes
from annotator.gui.clips.list import FILE
from annotator.gui.clips.presets import PRESETS, preset_of
from annotator.gui.clips.preview import AS_WRITTEN, HINT
from annotator.gui.clips.where_tab import WhereTab
from annotator.gui.clips.window import ClipsWindow, Phase
from annotator.gui.timeline.selecting import Selection
from annotator.jobs import clip_keeping
from annotator.jobs.clip_pack_keeping import Package
from annotator.media import faces
from annotator.media.clips.wishes import Form, Mode, Quality, Size
from annotator.media.face_masks import AS_PLANNED, Fill, Fills, WholeFill
from annotator.model import Consent, ConsentScope, ExcludedSpan, Interval, Mask, Micros
from annotator.model.export_record import ExportRecord, Logged
from annotator.storage.export_log import export_log_path, read_log
from annotator.storage.manifest import manifest_path
from tests.support.clip_making import (
    PATIENCE_MS,
    Opening,
    Person,
    cells,
    choose,
    clipping,
    make,
    settle,
    show,
)
from tests.support.consents import GIVEN
from tests.support.programs import notices

LEFT = Qt.MouseButton.LeftButton


class Usage(NamedTuple):
    total: int
    used: int
    free: int


def tick(box: QCheckBox) -> None:
    """Press a box with the mouse, on its square."""
    QTest.mouseClick(box, LEFT, pos=QPoint(9, box.height() // 2))


def whens(window: ClipsWindow) -> list[str]:
    return [one[0] for one in cells(window)]


def test_codes_are_ticked_with_the_keys(qtbot: QtBot, program: Program, opened: Opening) -> None:
    opened()
    window = choose(qtbot, program)
    view, what = window.fields.what.codes_view, window.fields.what
    places = [str(what.codes.index(row).data()) for row in range(what.codes.rowCount())]
    silence = next(at for at, words in enumerate(places) if words.casefold().startswith("silence"))
    view.setFocus()
    view.setCurrentIndex(what.codes.index(silence))
    with qtbot.wait_signal(clipping(program).shown, timeout=PATIENCE_MS):
        qtbot.keyClick(view, Qt.Key.Key_Space)
    assert set(what.codes.chosen) == {"reflection", "silence"}
    settle(qtbot, program)
    assert len(cells(window)) == 2  # the second reflection and the silence overlap


def test_overlapping_clips_are_left_apart_where_that_is_wanted(
    qtbot: QtBot, program: Program, opened: Opening
) -> None:
    opened()
    window = choose(qtbot, program)
    window.fields.what.codes.choose(("reflection", "silence"))
    with qtbot.wait_signal(clipping(program).shown, timeout=PATIENCE_MS):
        tick(window.fields.what.joins)
    settle(qtbot, program)
    assert len(cells(window)) == 3


def test_tags_are_found_by_coder_note_and_search(
    qtbot: QtBot, program: Program, opened: Opening
) -> None:
    opened()
    window = choose(qtbot, program)
    what = window.fields.what
    assert not what.search.isVisible()
    qtbot.mouseClick(what._more.button, LEFT)
    assert what.search.isVisible()
    what.coder.setCurrentIndex(what.coder.findData("B"))
    settle(qtbot, program)
    assert whens(window) == ["0:00:01.700 – 0:00:02.300"]
    what.coder.setCurrentIndex(0)
    qtbot.keyClicks(what.search, "from:0:01.9")
    settle(qtbot, program)
    assert whens(window) == ["0:00:01.700 – 0:00:02.300"]
    what.search.clear()
    qtbot.keyClicks(what.note, "no such words")
    settle(qtbot, program)
    assert cells(window) == []


def test_the_selected_time_becomes_a_clip(qtbot: QtBot, program: Program, opened: Opening) -> None:
    window = opened()
    window.reject()
    assert program.desk is not None
    program.desk.choose(Selection(stretch=Interval(Micros(1_200_000), Micros(2_400_000))))
    show(qtbot, program)
    assert window.fields.what.source.currentText().startswith("The selected time, 0:00:01.200")
    window.fields.choose_level(ConsentScope.LEARNING)
    qtbot.wait_until(lambda: window.phase is Phase.PLANNED, timeout=PATIENCE_MS)
    assert whens(window) == ["0:00:01.200 – 0:00:02.400"]


def test_a_list_is_read_and_what_is_wrong_in_it_told(
    qtbot: QtBot, program: Program, opened: Opening, person: Person, tmp_path: Path
) -> None:
    opened()
    window = choose(qtbot, program)
    what = window.fields.what
    what.choose(Source.LIST)
    settle(qtbot, program)
    assert "No list is chosen" in window.trouble.text()
    qtbot.mouseClick(what.list_button, LEFT)
    assert what.choice.listed is None
    person.listed = tmp_path / "moments.csv"
    person.listed.write_text("start,end\n1,1.5\n2,2.5\n", encoding="utf-8")
    with qtbot.wait_signal(clipping(program).shown, timeout=PATIENCE_MS):
        qtbot.mouseClick(what.list_button, LEFT)
    assert len(cells(window)) == 2
    person.listed.write_text("start,end\n5,1\n", encoding="utf-8")
    with qtbot.wait_signal(clipping(program).shown, timeout=PATIENCE_MS):
        qtbot.mouseClick(what.list_button, LEFT)
    assert "Line 2 of moments.csv ends before it starts." in window.trouble.text()
    assert not window.make_button.isEnabled()


def test_a_frame_that_came_in_an_excluded_span_is_told_before_anything_is_made(
    qtbot: QtBot, program: Program, opened: Opening, person: Person, tmp_path: Path
) -> None:
    """Frames come each 40 ms: the one on screen at 0.54 s came before the span ended."""
    opened(excluded=(ExcludedSpan(Micros(100_000), Micros(530_000), "a visitor"),))
    window = choose(qtbot, program)
    what = window.fields.what
    what.choose(Source.LIST)
    settle(qtbot, program)
    person.listed = tmp_path / "moments.csv"
    person.listed.write_text("start,end\n0.54,1\n0.56,1\n", encoding="utf-8")
    with qtbot.wait_signal(clipping(program).shown, timeout=PATIENCE_MS):
        qtbot.mouseClick(what.list_button, LEFT)
    held, free = cells(window)
    assert "The picture on screen at its start came at 0:00:00.520" in held[-1]
    assert free[-1] == "Will be made"


def test_return_in_a_field_makes_nothing(
    qtbot: QtBot, program: Program, opened: Opening, tmp_path: Path
) -> None:
    opened()
    window = choose(qtbot, program)
    for field in (window.fields.whom.recipient, window.fields.where.template):
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert window.phase is Phase.PLANNED
    assert not (tmp_path / "out").exists()


@pytest.mark.usefixtures("cut_here")
def test_what_is_refused_is_made_with_a_reason_and_that_is_logged(
    qtbot: QtBot, program: Program, opened: Opening, tmp_path: Path
) -> None:
    opened(Consent())
    window = choose(qtbot, program)
    whom = window.fields.whom
    assert not window.make_button.isEnabled()
    window.fields.tabs.setCurrentIndex(1)
    qtbot.mouseClick(whom._fold.button, LEFT)
    tick(whom.override)
    settle(qtbot, program)
    assert not window.make_button.isEnabled()  # a reason is wanted
    qtbot.keyClicks(whom.reason, "the board agreed")
    qtbot.keyClicks(whom.recipient, "course 7")
    settle(qtbot, program)
    assert [one[3] for one in cells(window)] == ["Will be made, though refused"] * 2
    make(qtbot, program)
    records = [one.record for one in read_log(tmp_path / "talk.session.json").exports]
    assert [(one.override, one.recipient) for one in records] == [
        ("the board agreed", "course 7")
    ] * 2
    first = min((tmp_path / "out").glob("*.mp4"))
    manifest = json.loads(manifest_path(first).read_text(encoding="utf-8"))
    assert manifest["override"] == "the board agreed"
    assert "course 7" not in json.dumps(manifest)


@pytest.mark.usefixtures("cut_here")
def test_a_reason_that_nothing_needed_and_a_damaged_log_are_told(
    qtbot: QtBot, program: Program, opened: Opening, tmp_path: Path
) -> None:
    log = export_log_path(tmp_path / "talk.session.json")
    log.write_bytes(b"no line of a log\n")
    opened()
    window = choose(qtbot, program)
    assert "was changed by other hands or is damaged" in window.trouble.text()
    whom = window.fields.whom
    tick(whom.override)
    qtbot.keyClicks(whom.reason, "just in case")
    settle(qtbot, program)
    make(qtbot, program)
    assert "Nothing had to be overridden; the reason was not used." in window.summary.text()
    records = [one.record for one in read_log(tmp_path / "talk.session.json").exports]
    assert [one.override for one in records] == ["", ""]


def test_kinds_and_sizes_go_by_names(qtbot: QtBot, program: Program, opened: Opening) -> None:
    opened()
    window = choose(qtbot, program)
    how = window.fields.how
    assert how.preset.currentText() == "For every classroom (MP4)"
    how.preset.setCurrentIndex(next(at for at, one in enumerate(PRESETS) if "25 MB" in one.name))
    assert how.choice.size == Size(Quality.GOOD, 25_000_000)
    how.height_px.setValue(480)
    assert how.preset.currentText() == "As chosen below"
    how.form.setCurrentIndex(how.form.findData(Form.M4A.value))
    assert not how.burned.isEnabled()
    with qtbot.wait_signal(clipping(program).shown, timeout=PATIENCE_MS):
        how.preset.setCurrentIndex(how.preset.findText("Sound only (MP3)"))
    settle(qtbot, program)
    assert cells(window)[0][1].endswith(".mp3")
    assert preset_of(Form.MP3, Size()) == how.preset.currentData()


def test_words_go_only_where_such_a_file_has_room_for_them(
    qtbot: QtBot, program: Program, opened: Opening
) -> None:
    opened()
    how = choose(qtbot, program).fields.how
    for box in (how.burned, how.subtitles, how.swift):
        box.setChecked(True)
    how.watermark.setText("For training")
    assert (how.choice.words.subtitles, how.choice.mode) == (True, Mode.SWIFT)
    how.preset.setCurrentIndex(how.preset.findText("Sound only (M4A)"))
    words = how.choice.words
    assert (words.burned, words.subtitles, words.watermark) == (False, False, "")
    assert how.choice.mode is Mode.EXACT


def test_names_of_files_are_shown_while_they_are_typed(
    qtbot: QtBot, program: Program, opened: Opening
) -> None:
    opened()
    window = choose(qtbot, program)
    where = window.fields.where
    assert where.example.text().startswith("Such as ")
    where.template.selectAll()
    qtbot.keyClicks(where.template, "lesson-{{number}")
    settle(qtbot, program)
    assert "brace" in where.example.text()
    assert not window.make_button.isEnabled()
    where.template.selectAll()
    qtbot.keyClicks(where.template, "{{title}")
    settle(qtbot, program)
    where.template.setText("lesson-{number}-{title}")
    settle(qtbot, program)
    assert "it can tell who somebody is" in where.example.text()
    where.template.setText("lesson-{number}")
    settle(qtbot, program)
    assert where.example.text() == "Such as lesson-1.mp4"
    assert [one[1] for one in cells(window)] == ["lesson-1.mp4", "lesson-2.mp4"]


def wish_for_a_pack(qtbot: QtBot, window: ClipsWindow) -> WhereTab:
    where = window.fields.where
    window.fields.tabs.setCurrentIndex(3)
    qtbot.mouseClick(where._packing.button, LEFT)
    tick(where.pack)
    qtbot.keyClicks(where.title, "Listening well")
    return where


@pytest.mark.usefixtures("cut_here")
def test_a_pack_is_made_beside_the_clips_and_opened(
    qtbot: QtBot, program: Program, opened: Opening, person: Person, tmp_path: Path
) -> None:
    opened()
    window = choose(qtbot, program)
    where = wish_for_a_pack(qtbot, window)
    tick(where.packages[Package.ZIP])
    assert where.written.text() == (
        "Written beside the clips: Listening-well/index.html, Listening-well.zip."
    )
    settle(qtbot, program)
    make(qtbot, program)
    assert (tmp_path / "out" / "Listening-well" / "index.html").is_file()
    assert (tmp_path / "out" / "Listening-well.zip").is_file()
    qtbot.mouseClick(window.pack_button, LEFT)
    qtbot.mouseClick(window.folder_button, LEFT)
    assert person.asked[-2:] == ["open index.html", "open out"]
    person.opens = False
    qtbot.mouseClick(window.folder_button, LEFT)
    assert "could not be opened" in notices(program)


def test_a_pack_that_is_there_already_is_told_before_any_clip_is_made(
    qtbot: QtBot, program: Program, opened: Opening, tmp_path: Path
) -> None:
    opened()
    window = choose(qtbot, program)
    wish_for_a_pack(qtbot, window)
    settle(qtbot, program)
    (tmp_path / "out" / "Listening-well").mkdir(parents=True)
    make(qtbot, program)
    assert "already something called “Listening-well”" in window.trouble.text()
    assert [one.name for one in (tmp_path / "out").iterdir()] == ["Listening-well"]


def test_a_reel_is_made_of_all_instead_of_files(
    qtbot: QtBot, program: Program, opened: Opening, tmp_path: Path
) -> None:
    opened()
    window = choose(qtbot, program)
    where = window.fields.where
    where.writes.setCurrentIndex(where.writes.findData(Writes.REEL.value))
    assert where._reel.isVisibleTo(where)
    assert not where._packing.isVisibleTo(where)
    settle(qtbot, program)
    assert window.summary.text() == f"2 clips will be joined as {tmp_path / 'out' / 'reel.mp4'}."
    assert where.example.text() == "The reel is reel.mp4"
    assert window.clips.table.isColumnHidden(FILE)
    make(qtbot, program)
    assert [one.name for one in (tmp_path / "out").glob("*.mp4")] == ["reel.mp4"]
    assert [one[3] for one in cells(window)] == ["In the reel"] * 2
    assert "The reel is" in window.summary.text()
    assert window.trouble.text() == ""
    where.writes.setCurrentIndex(where.writes.findData(Writes.BOTH.value))
    settle(qtbot, program)
    assert not window.clips.table.isColumnHidden(FILE)
    name = cells(window)[0][FILE]
    assert where.example.text() == f"Such as {name}\nThe reel is reel-2.mp4"


def test_the_first_and_last_frame_are_shown_with_their_numbers(
    qtbot: QtBot, program: Program, opened: Opening
) -> None:
    opened()
    window = choose(qtbot, program)
    ends = window.ends
    qtbot.wait_until(lambda: "1.560" in ends.last_words.text(), timeout=PATIENCE_MS)
    assert ends.first_words.text() == "First: 0:00:00.800 · frame 20"
    assert ends.last_words.text() == "Last: 0:00:01.560 · frame 39"
    assert ends.told.text() == f"20 frames. {AS_WRITTEN} {HINT}"
    assert ends.first.image is not None
    window.clips.table.selectRow(1)
    qtbot.wait_until(lambda: "frame 42" in ends.first_words.text(), timeout=PATIENCE_MS)
    with qtbot.wait_signal(clipping(program).ends.shown, timeout=PATIENCE_MS):
        window.fields.how.preset.setCurrentIndex(
            window.fields.how.preset.findText("Sound only (M4A)")
        )
    assert ends.first.image is None


def test_a_film_that_is_gone_shows_no_frames_and_says_so(
    qtbot: QtBot, program: Program, opened: Opening, tmp_path: Path
) -> None:
    window = opened()
    (tmp_path / "talk.mp4").rename(tmp_path / "elsewhere.mp4")
    with qtbot.wait_signal(clipping(program).ends.shown, timeout=PATIENCE_MS):
        choose(qtbot, program)
    assert "talk.mp4 is not there." in window.ends.told.text()


def test_how_far_each_clip_is_is_shown_while_they_are_made(
    qtbot: QtBot, program: Program, opened: Opening
) -> None:
    opened()
    window = choose(qtbot, program)
    states: set[str] = set()

    def look(_name: str, _fraction: float) -> None:
        states.update(one[3] for one in cells(window))

    with qtbot.wait_signal(clipping(program).ended, timeout=PATIENCE_MS):
        qtbot.mouseClick(window.make_button, LEFT)
        assert [one[3] for one in cells(window)] == ["Waiting"] * 2
        making = clipping(program)._making
        assert making is not None
        making.watcher.told_part.connect(look)
    assert {"Finishing", "Made"} & states
    assert [one[3] for one in cells(window)] == ["Made"] * 2


def test_a_missing_model_is_warned_of_before_anything_is_made(
    qtbot: QtBot, program: Program, opened: Opening, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened()
    window = choose(qtbot, program)
    monkeypatch.setattr(faces, "_PACKAGE", "no-such-package-here")
    window.fields.whom.masks[Mask.FACES].setChecked(True)
    settle(qtbot, program)
    assert "2 clips cannot be made, since faces must be masked." in window.trouble.text()


def test_a_disk_without_room_is_warned_of(
    qtbot: QtBot, program: Program, opened: Opening, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened()
    monkeypatch.setattr(shutil, "disk_usage", lambda _place: Usage(10, 9, 1))
    window = choose(qtbot, program)
    assert "may take about" in window.trouble.text()
    assert window.make_button.isEnabled()  # a rough guess keeps nobody from it


def test_a_folder_that_cannot_be_made_is_told(
    qtbot: QtBot, program: Program, opened: Opening, tmp_path: Path
) -> None:
    window = opened()
    (tmp_path / "in the way").write_text("a file")
    window.fields.where.take_folder(tmp_path / "in the way" / "clips")
    choose(qtbot, program)
    make(qtbot, program)
    assert "could not be written" in window.trouble.text()
    assert [one[3] for one in cells(window)] == ["Not made.", "Not made."]


def test_each_clip_says_at_once_what_became_of_it(
    qtbot: QtBot, program: Program, opened: Opening
) -> None:
    opened()
    window = choose(qtbot, program)
    with qtbot.wait_signal(clipping(program).clip_made, timeout=PATIENCE_MS):
        qtbot.mouseClick(window.make_button, LEFT)
    assert window.phase is Phase.MAKING
    assert "Made" in [one[3] for one in cells(window)]
    with qtbot.wait_signal(clipping(program).ended, timeout=PATIENCE_MS):
        pass


def test_one_voice_and_some_words_are_masked(
    qtbot: QtBot, program: Program, opened: Opening
) -> None:
    opened()
    window = choose(qtbot, program)
    whom = window.fields.whom
    window.fields.tabs.setCurrentIndex(1)
    qtbot.mouseClick(whom._sound.button, LEFT)
    tick(whom.masks[Mask.VOICE])
    qtbot.keyClicks(whom.names, "Anna,  Miller")
    whom.people_view.setFocus()
    whom.people_view.setCurrentIndex(whom.people.index(0))
    qtbot.keyClick(whom.people_view, Qt.Key.Key_Space)
    settle(qtbot, program)
    assert whom.choice.sound.names == ("Anna", "Miller")
    assert len(whom.choice.sound.voices) == 1
    assert "all voices, as nothing tells when" in cells(window)[0][2]


def test_what_covers_faces_and_pictures_is_chosen(
    qtbot: QtBot, program: Program, opened: Opening
) -> None:
    opened()
    window = choose(qtbot, program)
    whom = window.fields.whom
    assert whom.choice.fills == AS_PLANNED
    window.fields.tabs.setCurrentIndex(1)
    qtbot.mouseClick(whom._fills.button, LEFT)
    whom.fill.setFocus()
    qtbot.keyClick(whom.fill, Qt.Key.Key_Down)
    whom.picture_as.setFocus()
    qtbot.keyClick(whom.picture_as, Qt.Key.Key_Down)
    assert whom.choice.fills == Fills(Fill.MOSAIC, WholeFill.EDGES)
    whom.forget()
    assert whom.choice.fills == AS_PLANNED


def test_named_researchers_are_told_where_clips_are_for_them(
    qtbot: QtBot, program: Program, opened: Opening
) -> None:
    opened(replace(GIVEN, researchers="R1 and R2"))
    window = choose(qtbot, program)
    assert not window.fields.whom.named.isVisibleTo(window.fields.whom)
    window.fields.choose_level(ConsentScope.AUTHORIZED)
    assert window.fields.whom.named.text() == "The consents name: R1 and R2."
    settle(qtbot, program)


def test_no_pack_is_made_of_stills(qtbot: QtBot, program: Program, opened: Opening) -> None:
    opened()
    window = choose(qtbot, program)
    window.fields.where.pack.setChecked(True)
    window.fields.how.preset.setCurrentIndex(
        window.fields.how.preset.findText("A sheet of stills (PNG)")
    )
    assert window.fields.how.stills.isEnabled()
    settle(qtbot, program)
    assert "A pack is made of films or of sound" in window.trouble.text()


@pytest.mark.usefixtures("cut_here")
def test_what_was_made_stands_in_the_window_of_consent(
    qtbot: QtBot, program: Program, opened: Opening
) -> None:
    opened()
    consenting = program.exchanging.consenting
    with qtbot.wait_signal(consenting.log_shown, timeout=PATIENCE_MS):
        program.window.actions_table.by_id["consent"].trigger()
    assert consenting.dialog.exports.model.rows == ()
    choose(qtbot, program)
    with qtbot.wait_signal(consenting.log_shown, timeout=PATIENCE_MS):
        make(qtbot, program)
    assert len(consenting.dialog.exports.model.rows) == 2
    assert consenting.dialog.tabs.tabText(2) == "Exports (2)"


def test_consent_is_a_button_away_and_what_it_allows_then_is_followed(
    qtbot: QtBot, program: Program, opened: Opening
) -> None:
    opened(Consent())
    window = choose(qtbot, program)
    consent = program.exchanging.consenting
    with qtbot.wait_signal(consent.log_shown, timeout=PATIENCE_MS):
        qtbot.mouseClick(window.consent_button, LEFT)
    assert program.desk is not None
    document = program.desk.document
    for one in document.session.participants:
        document.push(editing.change_consent(document.session, one, GIVEN))
    settle(qtbot, program)
    assert [one[3] for one in cells(window)] == ["Will be made"] * 2


def test_clips_go_beside_a_session_that_is_saved_elsewhere(
    qtbot: QtBot, program: Program, opened: Opening, tmp_path: Path
) -> None:
    window = opened()
    assert program.desk is not None
    document, where = program.desk.document, window.fields.where
    where.take_folder(tmp_path / "clips")
    (tmp_path / "new").mkdir()
    (tmp_path / "newer").mkdir()
    with qtbot.wait_signal(document.saved, timeout=PATIENCE_MS):
        document.save_as(tmp_path / "new" / "talk.session.json")
    assert where.choice.folder == tmp_path / "new" / "clips"
    where.take_folder(tmp_path / "mine")
    with qtbot.wait_signal(document.saved, timeout=PATIENCE_MS):
        document.save_as(tmp_path / "newer" / "talk.session.json")
    assert where.choice.folder == tmp_path / "mine"


def test_one_clip_that_fails_does_not_keep_the_other_from_being_made(
    qtbot: QtBot,
    program: Program,
    opened: Opening,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    real, calls = clip_keeping.log_export, []

    def full_at_first(path: Path, record: ExportRecord) -> Logged:
        calls.append(record.id)
        if len(calls) == 1:
            raise StorageError("The disk is full.", "Make room there.")
        return real(path, record)

    opened()
    window = choose(qtbot, program)
    monkeypatch.setattr(clip_keeping, "log_export", full_at_first)
    make(qtbot, program)
    states = sorted(one[3] for one in cells(window))
    assert states == ["Made", "The disk is full. Make room there."]
    assert window.trouble.text() == "1 of 2 was not made; the table says why."
    assert window.clips.reason.text() == "The disk is full. Make room there."
    assert len(list((tmp_path / "out").glob("*.mp4"))) == 1
    assert window.folder_button.isVisible()
