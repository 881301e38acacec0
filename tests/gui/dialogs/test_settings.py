"""The window of settings is drawn from the records, and tells what is chosen."""

from __future__ import annotations

import pytest
from PyQt6.QtWidgets import QCheckBox, QComboBox, QDoubleSpinBox, QLineEdit
from pytestqt.qtbot import QtBot, SignalInstance

from annotator.gui.actions import ACTIONS
from annotator.gui.dialogs.setting_fields import NOT_HERE
from annotator.gui.dialogs.settings import KEYS, PAGES, SettingsWindow
from annotator.gui.theme import dark, light
from annotator.storage.settings import Settings, ThemeChoice
from annotator.storage.settings_shown import shown_settings

MACHINE = {"sound_output": [("", "The system's choice"), ("b", "Headphones")]}


@pytest.fixture
def window(qtbot: QtBot) -> SettingsWindow:
    made = SettingsWindow(light(), ACTIONS, Settings(coder="AB"), MACHINE)
    qtbot.addWidget(made)
    made.show()
    return made


def told(signal: SignalInstance) -> list[tuple[str, object]]:
    heard: list[tuple[str, object]] = []
    signal.connect(lambda name, value: heard.append((name, value)))
    return heard


def visible(window: SettingsWindow) -> set[str]:
    return {name for name in shown_settings(Settings()) if window.rows.field(name).isVisible()}


def test_every_setting_that_can_be_changed_stands_on_its_page(window: SettingsWindow) -> None:
    seen: set[str] = set()
    for page in PAGES[:-1]:
        window.show_page(page)
        names = visible(window)
        assert names == {
            name for name, shown in shown_settings(Settings()).items() if shown.page.value == page
        }
        seen |= names
    assert {"coder", "theme", "scale", "replay_seconds", "sound_output", "volume"} < seen
    assert seen == set(shown_settings(Settings()))


def test_each_kind_of_field_tells_its_value(window: SettingsWindow) -> None:
    heard = told(window.chosen)
    rows = window.rows
    scrub, scale, theme = rows.field("scrub"), rows.field("scale"), rows.field("theme")
    coder, output = rows.field("coder"), rows.field("sound_output")
    assert isinstance(scrub, QCheckBox)
    scrub.click()
    assert isinstance(scale, QDoubleSpinBox)
    assert (scale.minimum(), scale.maximum(), scale.suffix()) == (80, 200, " %")
    scale.setValue(150)
    for combo, value in ((theme, "dark"), (output, "b")):
        assert isinstance(combo, QComboBox)
        combo.activated.emit(combo.findData(value))
    assert isinstance(coder, QLineEdit)
    coder.setText(" CD ")
    coder.editingFinished.emit()
    assert heard == [
        ("scrub", False),
        ("scale", 1.5),
        ("theme", ThemeChoice.DARK),
        ("sound_output", "b"),
        ("coder", "CD"),
    ]
    assert isinstance(heard[2][1], ThemeChoice)


def test_what_is_chosen_elsewhere_is_shown_and_not_told(window: SettingsWindow) -> None:
    heard = told(window.chosen)
    window.show_settings(Settings(volume=0.4, sound_output="gone", scrub=False))
    volume, output = window.rows.field("volume"), window.rows.field("sound_output")
    assert isinstance(volume, QDoubleSpinBox)
    assert isinstance(output, QComboBox)
    assert (volume.value(), output.currentText()) == (40, NOT_HERE)
    assert heard == []
    assert window.rows.reset_button("volume").isEnabled()
    assert not window.rows.reset_button("speed").isEnabled()


def test_one_or_all_get_their_usual_values_but_the_coder_stays(window: SettingsWindow) -> None:
    window.show_settings(Settings(coder="AB", volume=0.4, scrub=False))
    heard = told(window.chosen)
    window.rows.reset_button("volume").click()
    assert heard == [("volume", 1.0)]
    window.reset_all.click()
    assert dict(heard) == {"volume": 1.0, "scrub": True}


def test_settings_are_found_by_their_words_on_all_pages(window: SettingsWindow) -> None:
    window.search.setText("sound")
    assert {"show_sound", "scrub", "sound_output", "muted"} <= visible(window)
    assert "theme" not in visible(window)
    window.search.setText("DARK")
    assert visible(window) == {"theme"}
    window.search.setText("no such thing")
    assert visible(window) == set()
    assert window.not_found.isVisible()
    window.show_page("Timeline")
    assert visible(window) == {"show_sound", "show_strip"}
    assert not window.not_found.isVisible()


def test_one_setting_is_turned_to(window: SettingsWindow) -> None:
    window.show_setting("around_seconds")
    assert "around_seconds" in visible(window)
    assert window.focusWidget() is window.rows.field("around_seconds")


def test_the_page_of_keys_and_the_other_theme(window: SettingsWindow) -> None:
    window.show_page(KEYS)
    assert window.keys.isVisible()
    window.set_theme(dark(2.0))
    assert not window.grab().isNull()
