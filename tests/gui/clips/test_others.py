"""Clips of other sessions come into a pack too, each by its own consents."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from shutil import copy

import pytest
from PyQt6.QtCore import Qt
from pytestqt.qtbot import QtBot

from annotator.gui.app import Program
from annotator.gui.clips.choices import Source, Writes
from annotator.gui.clips.others import NO_REEL, OF_TAGS_OR_TRAY, OTHERS_HINT, OtherSessions
from annotator.gui.clips.window import ClipsWindow
from annotator.model import Consent, Micros, Participant, ParticipantRole
from annotator.model.clip import Clip
from annotator.storage.export_log import export_log_path, read_log
from tests.support.clip_making import Opening, Person, cells, choose, make, settle, window_of
from tests.support.clip_sessions import clip_session
from tests.support.consents import GIVEN, WITHDRAWN
from tests.support.foreign import tag
from tests.support.timing_clips import ClipKind, TimingClip

pytestmark = pytest.mark.usefixtures("cut_here")

LEFT = Qt.MouseButton.LeftButton
KEPT = Clip("kept", Micros(2_000_000), Micros(2_600_000), title="A silence", tags=("t2",))
TAGS = (tag(1, "reflection", 1000, 1400), tag(2, "silence", 2000, 2600))
Other = Callable[..., Path]


@pytest.fixture
def other(clip_of: Callable[[ClipKind], TimingClip], tmp_path: Path, person: Person) -> Other:
    """Give what makes another session, of another therapist, which the person then chooses."""

    def made(consent: Consent = GIVEN, **more: object) -> Path:
        path = tmp_path / "elsewhere" / "meeting.session.json"
        path.parent.mkdir()
        film = path.with_name("meeting.mp4")
        copy(clip_of(ClipKind.FPS_25).path, film)
        therapist = Participant("therapist", ParticipantRole.THERAPIST, "T02", consent)
        client = Participant("client", ParticipantRole.CLIENT, "C02", consent)
        people: dict[str, object] = {"id": "bbbb02", "participants": (therapist, client)}
        clip_session(path, [(film, 0)], TAGS, **(people | more))
        person.others = (path,)
        return path

    return made


def others_of(window: ClipsWindow) -> OtherSessions:
    return window.fields.where.others


def add(qtbot: QtBot, program: Program) -> ClipsWindow:
    """Have a pack made, with the clips of the sessions that the person chooses."""
    window = window_of(program)
    where = window.fields.where
    window.fields.tabs.setCurrentIndex(3)
    where._packing.open()
    where.pack.setChecked(True)
    qtbot.mouseClick(where.others.add_button, LEFT)
    settle(qtbot, program)
    return window


def test_clips_of_another_session_are_made_and_come_into_the_pack(
    qtbot: QtBot, program: Program, opened: Opening, other: Other, tmp_path: Path
) -> None:
    opened()
    path = other()
    choose(qtbot, program)
    window = add(qtbot, program)
    assert [one[0].startswith("bbbb02 · 0:00:00.800") for one in cells(window)] == [0, 0, 1]
    assert cells(window)[2][1] == "bbbb02-01-reflection-0h00m00s800.mp4"
    window.clips.table.selectRow(2)
    settle(qtbot, program)
    make(qtbot, program)
    assert window.trouble.text() == ""
    assert [one[3] for one in cells(window)] == ["Made"] * 3
    assert cells(window)[2][0].startswith("bbbb02 · ")
    assert len(read_log(path).exports) == 1
    assert len(read_log(tmp_path / "talk.session.json").exports) == 2
    page = (tmp_path / "out" / "Clips" / "index.html").read_text(encoding="utf-8")
    assert "T02, bbbb02" in page
    assert '<option value="3" selected' in page
    assert (tmp_path / "out" / "bbbb02-01-reflection-0h00m00s800.mp4.manifest.json").is_file()


def test_what_its_consents_refuse_is_refused_there_alone(
    qtbot: QtBot, program: Program, opened: Opening, other: Other
) -> None:
    opened()
    path = other(WITHDRAWN)
    choose(qtbot, program)
    window = add(qtbot, program)
    assert window.summary.text().startswith("2 clips will be made in")
    assert "withdrew consent" in cells(window)[2][3]
    assert cells(window)[2][0].startswith("bbbb02 · ")
    make(qtbot, program)
    assert [one[3] for one in cells(window)[:2]] == ["Made"] * 2
    assert not export_log_path(path).exists()


@pytest.mark.parametrize("breaks", [True, False])
def test_one_that_cannot_be_read_or_has_nothing_is_told_and_left_out(
    qtbot: QtBot, program: Program, opened: Opening, other: Other, *, breaks: bool
) -> None:
    opened()
    path = other(passes=())
    if breaks:
        path.write_text("{", encoding="utf-8")
    choose(qtbot, program)
    window = add(qtbot, program)
    assert window.trouble.text().startswith("meeting.session.json: ")
    assert ("There is nothing to cut." in window.trouble.text()) is not breaks
    assert len(cells(window)) == 2
    make(qtbot, program)
    assert "meeting.session.json: " in window.trouble.text()
    assert [one[3] for one in cells(window)] == ["Made"] * 2


def test_one_whose_film_went_is_told_and_the_others_are_made(
    qtbot: QtBot, program: Program, opened: Opening, other: Other
) -> None:
    opened()
    path = other()
    choose(qtbot, program)
    window = add(qtbot, program)
    path.with_name("meeting.mp4").unlink()
    make(qtbot, program)
    assert "meeting.session.json: meeting.mp4 is not there." in window.trouble.text()
    assert [one[3] for one in cells(window)] == ["Made", "Made", "Not made."]


def test_the_clips_of_its_tray_come_where_the_tray_is_the_source(
    qtbot: QtBot, program: Program, opened: Opening, other: Other
) -> None:
    opened()
    other(clips=(KEPT, replace(KEPT, id="second", start=Micros(2_200_000))))
    choose(qtbot, program)
    window = add(qtbot, program)
    window.fields.what.source.addItem("The clips of the tray", Source.KEPT.value)
    window.fields.what.choose(Source.KEPT)
    settle(qtbot, program)
    names = [one[1] for one in cells(window)]
    assert names == ["bbbb02-01-silence-0h00m02s000.mp4", "bbbb02-02-silence-0h00m02s200.mp4"]


def test_the_list_says_why_it_cannot_be_used(
    qtbot: QtBot, program: Program, opened: Opening, other: Other
) -> None:
    opened()
    other()
    choose(qtbot, program)
    window = add(qtbot, program)
    others, where = others_of(window), window.fields.where
    assert others.hint.text() == OTHERS_HINT
    for source in (Source.LIST, Source.STRETCH, Source.SELECTED):
        where.follow_source(source)
        assert not others.add_button.isEnabled()
        assert others.hint.text() == OF_TAGS_OR_TRAY
        assert where.choice.others == ()
    window.fields.what.choose(Source.LIST)
    assert others.hint.text() == OF_TAGS_OR_TRAY
    window.fields.what.choose(Source.TAGS, ("reflection",))
    assert others.add_button.isEnabled()
    where.writes.setCurrentIndex(where.writes.findData(Writes.BOTH.value))
    assert others.hint.text() == NO_REEL
    assert where.choice.others == ()
    where.writes.setCurrentIndex(where.writes.findData(Writes.EACH.value))
    assert len(where.choice.others) == 1
    where.pack.setChecked(False)
    assert not others.isVisibleTo(where)
    assert where.choice.others == ()
    settle(qtbot, program)
    assert len(cells(window)) == 2


def test_sessions_are_listed_once_never_the_open_one_and_taken_out_again(
    qtbot: QtBot, program: Program, opened: Opening, other: Other, person: Person, tmp_path: Path
) -> None:
    opened()
    path = other()
    choose(qtbot, program)
    person.others = (path, tmp_path / "talk.session.json")
    add(qtbot, program)
    others = others_of(add(qtbot, program))
    assert others.paths == (path,)
    assert others.model.data(others.model.index(0, 0)) == path.name
    assert others.model.data(others.model.index(0, 0), Qt.ItemDataRole.ToolTipRole) == str(path)
    assert not others.remove_button.isEnabled()
    others.list.setCurrentIndex(others.model.index(0, 0))
    qtbot.mouseClick(others.remove_button, LEFT)
    settle(qtbot, program)
    assert others.paths == ()
    assert len(cells(window_of(program))) == 2


def test_names_that_do_not_tell_sessions_apart_are_refused(
    qtbot: QtBot, program: Program, opened: Opening, other: Other
) -> None:
    opened()
    other()
    choose(qtbot, program)
    window = add(qtbot, program)
    window.fields.where.template.setText("{number}-{code}")
    settle(qtbot, program)
    assert "told apart by {session}" in window.fields.where.example.text()
    assert not window.make_button.isEnabled()


def test_a_text_that_names_somebody_of_the_other_session_is_refused(
    qtbot: QtBot, program: Program, opened: Opening, other: Other
) -> None:
    opened()
    other(title="Somebody Hiddenname")
    choose(qtbot, program)
    window = add(qtbot, program)
    window.fields.where.title.setText("With Somebody Hiddenname")
    settle(qtbot, program)
    assert "names “Somebody Hiddenname”" in window.trouble.text()
    assert not window.make_button.isEnabled()
