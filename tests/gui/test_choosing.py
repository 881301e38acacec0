"""What is chosen in the settings acts at once, is kept, and shows wherever it is changed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from annotator.gui.app import Program, make_application
from annotator.gui.dialogs import printing
from annotator.gui.helping import USUAL_PAGE, page_for
from annotator.gui.main_window import FIRST_SIZE
from annotator.gui.theme import apply_theme, light
from annotator.model.time import Micros
from annotator.storage.sample import copy_sample
from annotator.storage.settings import KeyChoices, KeyPreset, Settings, ThemeChoice
from tests.support.programs import Answers, open_and_wait, running_program


@pytest.fixture
def program(qtbot: QtBot, tmp_path: Path) -> Iterator[Program]:
    with running_program(qtbot, Answers(place=tmp_path / "talk.session.json"), "A") as running:
        yield running
    apply_theme(make_application(), light())


def test_theme_and_size_change_the_whole_program_at_once(program: Program) -> None:
    program.choosing.choose("theme", ThemeChoice.DARK)
    assert program.window.theme.is_dark
    small = QApplication.font().pixelSize()
    program.choosing.choose("scale", 2.0)
    assert program.window.theme.scale == 2.0
    assert QApplication.font().pixelSize() == 2 * small
    assert program.settings.scale == 2.0
    program.choosing.choose("scale", 1.0)
    program.choosing.choose("theme", ThemeChoice.LIGHT)
    assert not program.window.theme.is_dark


def test_sound_and_speed_are_the_players(program: Program) -> None:
    for name, value in (("volume", 0.25), ("muted", True), ("speed", 1.5)):
        program.choosing.choose(name, value)
    player = program.player
    assert (player.sound.volume, player.sound.is_muted, player.speed) == (0.25, True, 1.5)
    player.sound.set_volume(0.5)
    assert program.remembered().volume == 0.5
    program.choosing.choose("scrub", False)
    assert player.sound.volume == 0.5


def test_what_is_changed_elsewhere_shows_in_the_open_window(program: Program) -> None:
    program.choosing.show("Playing")
    program.player.sound.set_volume(0.3)
    shown = program.choosing._shown
    assert shown is not None
    assert shown.rows.reset_button("volume").isEnabled()
    program.choosing.choose("volume", 1.0)
    assert not shown.rows.reset_button("volume").isEnabled()
    shown.close()


def test_keys_act_at_once_and_codes_wear_them(
    qtbot: QtBot, program: Program, tmp_path: Path
) -> None:
    desk = open_and_wait(qtbot, program, copy_sample(tmp_path / "s"))
    book = desk.document.session.codebook.id
    count = len(desk.document.tags)
    choices = KeyChoices(
        KeyPreset.ELAN, {"mute": ("F13",)}, {book: {"affirmation": ("Num+1", "F14")}}
    )
    program.choosing.choose("keys", choices)
    assert program.settings.keys == choices
    button = program.window.parts.codes.button("affirmation")
    assert button is not None
    assert button.code.key == "Num+1"
    assert button.count == 1
    program.window.activateWindow()
    picture = program.window.parts.picture
    program.player.seek(Micros(60_000_000))
    qtbot.wait_until(lambda: program.player.position > Micros(50_000_000))
    QTest.keyClick(picture, Qt.Key.Key_1, Qt.KeyboardModifier.KeypadModifier)
    QTest.keyClick(picture, Qt.Key.Key_F14)
    QTest.keyClick(picture, Qt.Key.Key_A)
    assert len(desk.document.tags) == count + 2
    QTest.keyClick(picture, Qt.Key.Key_F13)
    assert program.player.sound.is_muted
    program.choosing.choose("keys", KeyChoices())
    QTest.keyClick(picture, Qt.Key.Key_F13)
    assert program.player.sound.is_muted


def test_the_coder_codes_the_open_session(qtbot: QtBot, program: Program, tmp_path: Path) -> None:
    desk = open_and_wait(qtbot, program, copy_sample(tmp_path / "s"))
    program.choosing.choose("coder", "ZZ")
    assert desk.document.coder == "ZZ"
    program.choosing.choose("coder", "")
    assert desk.document.coder == "ZZ"


def test_the_layout_is_as_at_first_again(program: Program) -> None:
    window = program.window
    window.show_work()
    window.resize(1200, 760)
    window._columns.setSizes([400, 500, 300])
    program.window.actions_table.by_id["reset_layout"].trigger()
    assert window._columns.sizes()[0] < 300
    assert window.width() == FIRST_SIZE[0] or window.isMaximized()


def test_help_opens_at_the_page_of_where_one_is(qtbot: QtBot) -> None:
    outer = QWidget()
    qtbot.addWidget(outer)
    inner = QWidget(outer)
    assert page_for(None) == page_for(inner) == USUAL_PAGE
    outer.setProperty("helpPage", "silences")
    assert page_for(inner) == "silences"


def test_each_part_that_names_a_page_of_help_has_one(program: Program) -> None:
    program.choosing.show()
    named = {
        str(widget.property("helpPage"))
        for widget in QApplication.allWidgets()
        if widget.property("helpPage")
    }
    assert {"settings", "keys", "silences", "recordings"} <= named
    assert named <= {page.id for page in program._helping.pages} | {"first-steps"}


def test_without_a_printer_the_window_says_so(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_markdown: str, _parent: QWidget | None) -> bool:
        raise printing.no_printer(printing.KEEP_KEYS)

    monkeypatch.setattr(printing, "print_page", refuse)
    program.window.actions_table.by_id["print_keys"].trigger()
    assert any("No printer" in text for text in program.window.parts.notices.texts)


def test_settings_start_as_they_were(qtbot: QtBot) -> None:
    assert qtbot
    settings = Settings(theme=ThemeChoice.DARK, scale=1.5, keys=KeyChoices(KeyPreset.CACTI))
    program = Program(make_application(), settings, Answers(), lambda _settings: None)
    assert program.window.theme.is_dark
    assert program.window.theme.scale == 1.5
    louder = program.window.actions_table.by_id["louder"].shortcuts()
    assert [key.toString() for key in louder] == ["Up", "Ctrl+Up"]
    program.quit()
    apply_theme(make_application(), light())


def test_a_choice_leaves_alone_what_it_is_not_about(program: Program) -> None:
    shown: list[bool] = []
    program.window.actions_table.by_id["show_sound"].toggled.connect(shown.append)
    program.choosing.choose("scrub", False)
    assert shown == []
    program.choosing.choose("show_sound", False)
    assert shown[-1:] == [False]
    assert not program.remembered().show_sound
