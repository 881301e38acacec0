"""Clips are made in the window: shown beforehand, refused with the reason, made and stopped."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from shutil import copy

import pytest
from PyQt6.QtCore import Qt
from pytestqt.qtbot import QtBot

from annotator.errors import StorageError
from annotator.gui.app import Program
from annotator.gui.clipping import NOBODY_CHOSEN, NOTHING_TO_CUT, Clipping
from annotator.gui.dialogs.clips_window import ClipsWindow, Phase, left_words
from annotator.gui.tasks import Watcher
from annotator.jobs import clips
from annotator.jobs.prepare import new_session
from annotator.media import faces
from annotator.model import (
    CodingPass,
    Consent,
    ConsentScope,
    ConsentStatus,
    ExcludedSpan,
    Mask,
    Micros,
    Purpose,
)
from annotator.model.participant import Masking
from annotator.storage.export_log import read_log
from annotator.storage.manifest import manifest_path
from annotator.storage.store import SessionStore
from tests.gui.test_names import nameless
from tests.support.foreign import BOOK, NOW, tag
from tests.support.programs import Answers, notices, open_and_wait, running_program
from tests.support.timing_clips import ClipKind, TimingClip

PATIENCE_MS = 30_000
GIVEN = Consent(ConsentStatus.GIVEN, ConsentScope.LEARNING, "2026-01-05")
MASKED = replace(GIVEN, masks=(Masking(ConsentScope.LEARNING, (Mask.VOICE,)),))
Opening = Callable[..., ClipsWindow]


@dataclass
class Person(Answers):
    """Says into which folder clips go."""

    folder: Path | None = None

    def choose_clips_folder(self, suggested: Path) -> Path | None:
        self.asked.append(f"a folder, perhaps {suggested.name}")
        return self.folder


@pytest.fixture
def person(tmp_path: Path) -> Person:
    return Person(folder=tmp_path / "out")


@pytest.fixture
def program(qtbot: QtBot, person: Person) -> Iterator[Program]:
    with running_program(qtbot, person, coder="A") as running:
        yield running


@pytest.fixture
def opened(
    qtbot: QtBot,
    program: Program,
    clip_of: Callable[[ClipKind], TimingClip],
    tmp_path: Path,
) -> Opening:
    """Give what opens a session with these consents, and the window for its clips."""

    def open_it(consent: Consent = GIVEN, excluded: tuple[ExcludedSpan, ...] = ()) -> ClipsWindow:
        copy(clip_of(ClipKind.FPS_25).path, tmp_path / "talk.mp4")
        open_and_wait(qtbot, program, stored(tmp_path, consent, excluded))
        show(program)
        return window_of(program)

    return open_it


def stored(folder: Path, consent: Consent, excluded: tuple[ExcludedSpan, ...]) -> Path:
    """Store a session of a film with tags of two coders."""
    path = folder / "talk.session.json"
    session = new_session([folder / "talk.mp4"], path, BOOK, title="talk")
    own = (
        tag(1, "reflection", 1000, 1400),
        tag(2, "silence", 2000, 2600),
        tag(4, "moment", 500, 500),
    )
    others = (tag(3, "reflection", 1900, 2100),)
    people = tuple(replace(one, consent=consent) for one in session.participants)
    passes = (
        CodingPass("p", "A", Purpose.PRIMARY, NOW, own),
        CodingPass("q", "B", Purpose.DOUBLE, NOW, others),
    )
    whole = replace(session, participants=people, passes=passes, excluded=excluded)
    SessionStore.create(path, whole, "A").close()
    return path


def show(program: Program) -> None:
    program.window.actions_table.by_id["make_clips"].trigger()


def clipping(program: Program) -> Clipping:
    return program.exchanging.clipping


def window_of(program: Program) -> ClipsWindow:
    return clipping(program).dialog


def choose(
    qtbot: QtBot,
    program: Program,
    *,
    code: str = "reflection",
    level: ConsentScope = ConsentScope.LEARNING,
    room: float = 0.2,
) -> ClipsWindow:
    """Choose a code, the room around its tags and for whom; wait until all is worked out."""
    window = window_of(program)
    with qtbot.wait_signal(clipping(program).shown, timeout=PATIENCE_MS):
        window.fields.choose_tags(code)
        window.fields.lead.setValue(room)
        window.fields.tail.setValue(room)
        window.fields.level.setCurrentIndex(window.fields.level.findData(level.value))
    assert clipping(program)._worker.waiting == 0
    return window


def cells(window: ClipsWindow) -> list[tuple[str, ...]]:
    model = window.clips.model
    columns = range(model.columnCount())
    rows = range(model.rowCount())
    return [tuple(str(model.index(n, c).data()) for c in columns) for n in rows]


def make(qtbot: QtBot, program: Program) -> None:
    with qtbot.wait_signal(clipping(program).ended, timeout=PATIENCE_MS):
        window_of(program).make_button.click()


def test_nobody_is_chosen_at_first_so_nothing_is_made(opened: Opening, person: Person) -> None:
    window = opened()
    assert window.fields.level.currentData() is None
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
    assert window.summary.text() == "2 clips will be made."
    assert window.make_button.isEnabled()
    assert not (tmp_path / "out").exists()


def test_what_the_consents_demand_is_masked_beside_what_is_chosen(
    qtbot: QtBot, program: Program, opened: Opening
) -> None:
    opened(MASKED)
    window = choose(qtbot, program)
    assert [one[2] for one in cells(window)] == ["voice", "voice"]
    with qtbot.wait_signal(clipping(program).shown, timeout=PATIENCE_MS):
        window.fields.masks[Mask.PICTURE].click()
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
    assert window.summary.text() == "No clip will be made, 2 are refused."
    assert not window.make_button.isEnabled()


def test_what_is_allowed_is_made_and_the_rest_says_why_not(
    qtbot: QtBot, program: Program, opened: Opening, tmp_path: Path
) -> None:
    opened(excluded=(ExcludedSpan(Micros(1_900_000), Micros(2_000_000), "a visitor"),))
    window = choose(qtbot, program)
    assert window.summary.text() == "1 clip will be made, 1 is refused."
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
    window.fields.masks[Mask.VOICE].click()
    program.window.actions_table.by_id["close"].trigger()
    qtbot.wait_until(lambda: program.desk is None, timeout=PATIENCE_MS)
    assert not window.isVisible()
    open_and_wait(qtbot, program, tmp_path / "talk.session.json")
    show(program)
    assert window.summary.text() == NOBODY_CHOSEN
    assert not any(box.isChecked() for box in window.fields.masks.values())


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
    show(program)
    assert window.fields.tags.currentText() == "The selected tag"
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
    assert "1 pass of another coder is hidden" in window.fields.hidden.text()
    assert "1 tag" in window.fields.tags.currentText()


def test_moments_without_room_are_nothing_to_cut(
    qtbot: QtBot, program: Program, opened: Opening
) -> None:
    opened()
    window = choose(qtbot, program, code="moment", room=0.0)
    assert window.summary.text() == NOTHING_TO_CUT
    assert not window.make_button.isEnabled()


def test_a_folder_that_was_not_chosen_makes_nothing(
    qtbot: QtBot, program: Program, opened: Opening, person: Person
) -> None:
    opened()
    person.folder = None
    window = choose(qtbot, program)
    window.make_button.click()
    assert len(person.asked) == 1
    assert window.phase is Phase.PLANNED
    assert clipping(program)._worker.waiting == 0


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
    qtbot: QtBot, program: Program, opened: Opening, person: Person, tmp_path: Path
) -> None:
    opened()
    window = choose(qtbot, program)
    asked = len(person.asked)
    with qtbot.wait_signal(clipping(program).ended, timeout=PATIENCE_MS):
        window.make_button.click()
        with qtbot.wait_signal(_watcher(program).told, timeout=PATIENCE_MS):
            pass
        qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert not window.isVisible()
    assert len(person.asked) == asked + 1
    assert all(manifest_path(one).is_file() for one in (tmp_path / "out").glob("*.mp4"))
    assert list((tmp_path / "out").glob(".*")) == []
    assert "stopped, as you asked" in notices(program)
    show(program)
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
    monkeypatch.setattr(clips, "log_export", full)
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
    box = window.fields.masks[Mask.FACES]
    qtbot.wait_until(lambda: "not installed" in window.fields.faces.text(), timeout=PATIENCE_MS)
    assert not box.isEnabled()
    assert "not installed" in box.toolTip()


def test_faces_can_be_masked_with_the_model(qtbot: QtBot, opened: Opening) -> None:
    window = opened()
    box = window.fields.masks[Mask.FACES]
    qtbot.wait_until(box.isEnabled, timeout=PATIENCE_MS)
    assert window.fields.faces.isHidden()


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
        "names += ['annotator.gui.dialogs.clips_window', 'annotator.model.disclosure']\n"
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
