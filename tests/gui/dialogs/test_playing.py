"""The choices about playing as a dialog shows them and gives them back."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from annotator.gui.dialogs.playing import NOT_CONNECTED, PlayingDialog
from annotator.gui.player.sound_output import SoundDevice
from annotator.gui.playing_choices import PlayingChoices, choices_of, with_choices
from annotator.storage.settings import Settings, load_settings, save_settings

DEVICES = (SoundDevice("a", "Loudspeakers"), SoundDevice("b", "Headphones"))


def test_what_is_shown_is_what_was_chosen(qtbot: QtBot) -> None:
    choices = PlayingChoices(scrub=False, replay=4.5, around=2, output="b")
    dialog = PlayingDialog(choices, DEVICES)
    qtbot.add_widget(dialog)
    assert dialog.choices == choices
    assert dialog.output.currentText() == "Headphones"
    dialog.output.setCurrentIndex(0)
    dialog.scrub.setChecked(True)
    assert dialog.choices == PlayingChoices(scrub=True, replay=4.5, around=2, output="")


def test_an_output_that_is_not_connected_stays_chosen(qtbot: QtBot) -> None:
    dialog = PlayingDialog(PlayingChoices(output="gone"), DEVICES)
    qtbot.add_widget(dialog)
    assert dialog.output.currentText() == NOT_CONNECTED
    assert dialog.choices.output == "gone"


def test_choices_are_kept_in_the_settings_within_their_limits() -> None:
    chosen = PlayingChoices(scrub=False, replay=7, around=0.5, output="b")
    save_settings(with_choices(Settings(), chosen))
    assert choices_of(load_settings()) == chosen
    save_settings(with_choices(Settings(), PlayingChoices(replay=0, around=900)))
    assert choices_of(load_settings()) == PlayingChoices(replay=0.5, around=30)
