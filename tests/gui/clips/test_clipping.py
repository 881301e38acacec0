"""Clips are made in the window: shown beforehand, refused with the reason, made and stopped."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PyQt6.QtCore import Qt
from pytestqt.qtbot import QtBot

from annotator.errors import StorageError
from annotator.gui.app import Program
from annotator.gui.clipping import NOBODY_CHOSEN, NOTHING_TO_CUT
from annotator.gui.clips.window import Phase, left_words
from annotator.gui.tasks import Watcher
from annotator.jobs import clip_keeping
from annotator.media import faces
from annotator.model import Consent, ExcludedSpan, Mask, Micros
from annotator.storage.export_log import read_log
from annotator.storage.manifest import manifest_path
from tests.gui.test_names import nameless
from tests.support.clip_making import (
    PATIENCE_MS,
    Opening,
    Person,
    cells,
    choose,
    clipping,
    make,
    show,
)
from tests.support.consents import VOICE_MASKED
from tests.support.programs import notices, open_and_wait


def test_nobody_is_chosen_at_first_so_nothing_is_made(opened: Opening, person: Person) -> None:
    window = opened()
    assert window.fields.choice is None
    assert window.summary.text() == NOBODY_CHOSEN
    assert cells(window) == []
    assert not window.make_button.isEnabled()
    window.make_button.click()
    assert person.asked == []


def test_the_clips_are_shown_before_they_are_made(
    qtbot: QtBot, program: Program, opened: Opening, tmp_path: Path
) -> None:
    opened()
    window = choose(qtbot, program)
    first, second = cells(window)
    assert first[0] == "0:00:00.800 – 0:00:01.600"
    assert second[0] == "0:00:01.700 – 0:00:02.300"
    assert first[1].endswith(".mp4")
    assert first[3] == "Will be made"
    assert window.summary.text() == f"2 clips will be made in {tmp_path / 'out'}."
    assert window.make_button.isEnabled()
    assert not (tmp_path / "out").exists()


def test_what_the_consents_demand_is_masked_beside_what_is_chosen(
    qtbot: QtBot, program: Program, opened: Opening
) -> None:
    opened(VOICE_MASKED)
    window = choose(qtbot, program)
    assert [one[2] for one in cells(window)] == ["voice", "voice"]
    with qtbot.wait_signal(clipping(program).shown, timeout=PATIENCE_MS):
        window.fields.whom.masks[Mask.PICTURE].click()
    assert [one[2] for one in cells(window)] == ["picture, voice"] * 2


def test_clips_for_whom_consent_is_not_known_are_refused_with_the_reason(
    qtbot: QtBot, program: Program, opened: Opening
) -> None:
    opened(Consent())
    window = choose(qtbot, program)
    assert "Refused for learners" in cells(window)[0][3]
    assert cells(window)[0][1] == "–"
    assert "Refused for learners" in window.clips.reason.text()
    assert window.clips.reason.isVisible()
    colour = window.clips.model.index(0, 3).data(Qt.ItemDataRole.ForegroundRole)
    assert colour == program.window.theme.danger
    assert window.summary.text() == "No clip will be made; 2 are refused."
    assert not window.make_button.isEnabled()


def test_what_is_allowed_is_made_and_the_rest_says_why_not(
    qtbot: QtBot, program: Program, opened: Opening, tmp_path: Path
) -> None:
    opened(excluded=(ExcludedSpan(Micros(1_900_000), Micros(2_000_000), "a visitor"),))
    window = choose(qtbot, program)
    assert window.summary.text() == f"1 clip will be made in {tmp_path / 'out'}; 1 is refused."
    assert "is excluded" in window.clips.reason.text()
    make(qtbot, program)
    made, refused = cells(window)
    assert made[3] == "Made"
    assert "is excluded" in refused[3]
    assert [one.name for one in (tmp_path / "out").glob("*.mp4")] == [made[1]]
    assert window.trouble.text() == "1 of 2 was not made; the table says why."


def test_another_session_begins_with_nobody_chosen(
    qtbot: QtBot, program: Program, opened: Opening, tmp_path: Path
) -> None:
    opened()
    window = choose(qtbot, program)
    window.fields.whom.masks[Mask.VOICE].click()
    program.window.actions_table.by_id["close"].trigger()
    qtbot.wait_until(lambda: program.desk is None, timeout=PATIENCE_MS)
    assert not window.isVisible()
    open_and_wait(qtbot, program, tmp_path / "talk.session.json")
    show(qtbot, program)
    assert window.summary.text() == NOBODY_CHOSEN
    assert not any(box.isChecked() for box in window.fields.whom.masks.values())


def test_everything_in_the_window_has_a_name(
    qtbot: QtBot, program: Program, opened: Opening
) -> None:
    window = opened()
    assert nameless(window) == []
    choose(qtbot, program)
    assert nameless(window) == []


def test_clips_are_made_with_manifest_and_log(
    qtbot: QtBot, program: Program, opened: Opening, person: Person, tmp_path: Path
) -> None:
    opened()
    window = choose(qtbot, program)
    make(qtbot, program)
    made = sorted((tmp_path / "out").glob("*.mp4"))
    assert [one[1] for one in cells(window)] == [one.name for one in made]
    assert [one[3] for one in cells(window)] == ["Made", "Made"]
    assert all(manifest_path(one).is_file() for one in made)
    log = read_log(tmp_path / "talk.session.json")
    assert [one.record.who for one in log.exports] == ["A", "A"]
    assert window.phase is Phase.MADE
    assert window.cancel_button.text() == "Close"
    assert f"2 clips were made; they are in {person.folder}." in notices(program)
    window.cancel_button.click()
    assert not window.isVisible()


def test_the_selected_tags_alone_become_clips(
    qtbot: QtBot, program: Program, opened: Opening
) -> None:
    window = opened()
    window.reject()
    assert program.desk is not None
    program.desk.select(frozenset({"t2"}))
    show(qtbot, program)
    assert window.fields.what.source.currentText() == "The selected tag"
    choose(qtbot, program, code="", room=0.4)
    assert [one[0] for one in cells(window)] == ["0:00:01.600 – 0:00:03.000"]


def test_in_blind_mode_no_clips_are_made_of_the_tags_of_others(
    qtbot: QtBot, program: Program, opened: Opening
) -> None:
    opened()
    window = choose(qtbot, program)
    assert len(cells(window)) == 2
    with qtbot.wait_signal(clipping(program).shown, timeout=PATIENCE_MS):
        program.window.actions_table.by_id["hide_others"].trigger()
    qtbot.wait_until(lambda: window.phase is Phase.PLANNED, timeout=PATIENCE_MS)
    assert [one[0] for one in cells(window)] == ["0:00:00.800 – 0:00:01.600"]
    assert "1 pass of another coder is hidden" in window.fields.what.hidden.text()
    assert "1 tag" in str(window.fields.what.codes.index(0).data())


def test_moments_without_room_are_nothing_to_cut(
    qtbot: QtBot, program: Program, opened: Opening
) -> None:
    opened()
    window = choose(qtbot, program, code="moment", room=0.0)
    assert window.summary.text() == NOTHING_TO_CUT
    assert not window.make_button.isEnabled()


def test_another_folder_is_chosen_and_one_that_was_not_changes_nothing(
    qtbot: QtBot, program: Program, opened: Opening, person: Person, tmp_path: Path
) -> None:
    opened()
    window = choose(qtbot, program)
    button = window.fields.where.folder_button
    window.fields.tabs.setCurrentIndex(3)
    person.folder = None
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert window.fields.where.choice.folder == tmp_path / "out"
    person.folder = tmp_path / "elsewhere"
    with qtbot.wait_signal(clipping(program).shown, timeout=PATIENCE_MS):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    make(qtbot, program)
    assert len(list((tmp_path / "elsewhere").glob("*.mp4"))) == 2


def test_cancelled_leaves_no_half_file(
    qtbot: QtBot, program: Program, opened: Opening, tmp_path: Path
) -> None:
    opened()
    window = choose(qtbot, program)
    with qtbot.wait_signal(clipping(program).ended, timeout=PATIENCE_MS):
        window.make_button.click()
        assert window.phase is Phase.MAKING
        assert window.progress.isVisible()
        window.cancel_button.click()
    assert window.isVisible()
    assert "stopped, as you asked" in window.summary.text()
    assert [one[3] for one in cells(window)] == ["Not made.", "Not made."]
    assert list((tmp_path / "out").iterdir()) == []


def test_closing_the_window_stops_what_is_being_made(
    qtbot: QtBot, program: Program, opened: Opening, tmp_path: Path
) -> None:
    opened()
    window = choose(qtbot, program)
    with qtbot.wait_signal(clipping(program).ended, timeout=PATIENCE_MS):
        window.make_button.click()
        with qtbot.wait_signal(_watcher(program).told, timeout=PATIENCE_MS):
            pass
        qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert not window.isVisible()
    assert all(manifest_path(one).is_file() for one in (tmp_path / "out").glob("*.mp4"))
    assert list((tmp_path / "out").glob(".*")) == []
    assert "stopped, as you asked" in notices(program)
    show(qtbot, program)
    qtbot.wait_until(lambda: window.phase is Phase.PLANNED, timeout=PATIENCE_MS)


def test_closing_the_session_stops_what_is_being_made(
    qtbot: QtBot, program: Program, opened: Opening, tmp_path: Path
) -> None:
    opened()
    window = choose(qtbot, program)
    with qtbot.wait_signal(clipping(program).ended, timeout=PATIENCE_MS):
        window.make_button.click()
        program.window.actions_table.by_id["close"].trigger()
    assert not window.isVisible()
    assert list((tmp_path / "out").glob(".*")) == []


def test_a_film_that_is_gone_is_told(
    qtbot: QtBot, program: Program, opened: Opening, tmp_path: Path
) -> None:
    opened()
    window = choose(qtbot, program)
    (tmp_path / "talk.mp4").rename(tmp_path / "elsewhere.mp4")
    make(qtbot, program)
    assert "talk.mp4" in window.trouble.text()
    assert [one[3] for one in cells(window)] == ["Not made.", "Not made."]
    assert "No clip was made." in notices(program)


def test_a_film_that_cannot_be_decoded_is_told(
    qtbot: QtBot, program: Program, opened: Opening, tmp_path: Path
) -> None:
    opened()
    window = choose(qtbot, program)
    path = tmp_path / "talk.mp4"
    data = path.read_bytes()
    middle = data.find(b"mdat") + 64
    end = data.find(b"moov") if data.find(b"moov") > middle else len(data)
    path.write_bytes(data[:middle] + bytes(end - middle) + data[end:])
    make(qtbot, program)
    assert "No picture of “talk.mp4” can be decoded." in window.trouble.text()
    assert [one[3] for one in cells(window)] == ["Not made.", "Not made."]
    assert list((tmp_path / "out").glob("*.mp4")) == []


def test_a_clip_that_cannot_be_logged_is_not_made_and_says_why(
    qtbot: QtBot,
    program: Program,
    opened: Opening,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    def full(_path: Path, _record: object) -> None:
        raise StorageError("The disk is full.", "Make room there.")

    opened()
    window = choose(qtbot, program)
    monkeypatch.setattr(clip_keeping, "log_export", full)
    make(qtbot, program)
    assert window.trouble.text() == "2 of 2 were not made; the table says why."
    assert [one[3] for one in cells(window)] == ["The disk is full. Make room there."] * 2
    assert window.clips.reason.text() == "The disk is full. Make room there."
    assert "2 of 2 were not made" in notices(program)
    assert list((tmp_path / "out").iterdir()) == []


def test_faces_cannot_be_masked_without_the_model(
    qtbot: QtBot, opened: Opening, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(faces, "_PACKAGE", "no-such-package-here")
    window = opened()
    box = window.fields.whom.masks[Mask.FACES]
    qtbot.wait_until(
        lambda: "not installed" in window.fields.whom.faces.text(), timeout=PATIENCE_MS
    )
    assert not box.isEnabled()
    assert "not installed" in box.toolTip()


def test_faces_can_be_masked_with_the_model(qtbot: QtBot, opened: Opening) -> None:
    window = opened()
    box = window.fields.whom.masks[Mask.FACES]
    qtbot.wait_until(box.isEnabled, timeout=PATIENCE_MS)
    assert window.fields.whom.faces.isHidden()


def test_the_time_that_is_left_is_told_in_round_words() -> None:
    assert left_words(0.0, 5) == ""
    assert left_words(0.5, 10) == "about 10 s left"
    assert left_words(0.1, 60) == "about 9 min left"
    assert left_words(1.0, 60) == ""


def test_nothing_of_clips_is_loaded_when_the_program_starts() -> None:
    script = (
        "import sys, annotator.gui.app\n"
        "names = ['annotator.jobs.clips', 'annotator.jobs.clip_planning']\n"
        "names += ['annotator.media.faces', 'annotator.media.clips']\n"
        "names += ['annotator.gui.clips.window', 'annotator.storage.export_log']\n"
        "print(', '.join(one for one in names if one in sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == ""


def _watcher(program: Program) -> Watcher:
    making = clipping(program)._making
    assert making is not None
    return making.watcher
