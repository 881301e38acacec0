"""Asks how playing shall go: sound with steps, lengths of replays, and where the sound goes."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDoubleSpinBox,
    QFormLayout,
    QPushButton,
    QWidget,
)

from annotator.gui.dialogs.pieces import button_row, prepare
from annotator.gui.player.sound_output import SoundDevice
from annotator.gui.playing_choices import PlayingChoices
from annotator.storage.settings import AROUND_SECONDS, REPLAY_SECONDS

SYSTEMS_OWN = "The system's choice"
NOT_CONNECTED = "The one chosen before (not connected)"
STEP_SECONDS = 0.5


class PlayingDialog(QDialog):
    """Four choices; nothing changes before they are accepted."""

    def __init__(
        self,
        choices: PlayingChoices,
        devices: Sequence[SoundDevice],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.scrub = QCheckBox("Let a moment of sound be heard with each step")
        self.scrub.setChecked(choices.scrub)
        self.replay = _seconds(choices.replay, REPLAY_SECONDS)
        self.around = _seconds(choices.around, AROUND_SECONDS)
        self.output = _outputs(choices.output, devices)
        self.accept_button = QPushButton("Use these")
        self._lay_out()

    @property
    def choices(self) -> PlayingChoices:
        """What is chosen now."""
        return PlayingChoices(
            self.scrub.isChecked(),
            self.replay.value(),
            self.around.value(),
            str(self.output.currentData()),
        )

    def _lay_out(self) -> None:
        rows = prepare(self, "Sound and playing")
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(10)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(self.scrub)
        form.addRow("Play the last … again", self.replay)
        form.addRow("Before and after a tag", self.around)
        form.addRow("Sound output", self.output)
        cancel = QPushButton("Cancel")
        rows.addLayout(form)
        rows.addStretch(1)
        rows.addLayout(button_row((cancel,), self.accept_button))
        self.accept_button.clicked.connect(self.accept)
        cancel.clicked.connect(self.reject)


def ask_playing(
    parent: QWidget | None, choices: PlayingChoices, devices: Sequence[SoundDevice]
) -> PlayingChoices | None:
    """Ask, beginning with what is chosen now; None where nothing shall change."""
    dialog = PlayingDialog(choices, devices, parent)
    return dialog.choices if dialog.exec() == QDialog.DialogCode.Accepted else None


def _seconds(value: float, limits: tuple[float, float]) -> QDoubleSpinBox:
    field = QDoubleSpinBox()
    field.setRange(*limits)
    field.setDecimals(1)
    field.setSingleStep(STEP_SECONDS)
    field.setSuffix(" s")
    field.setValue(value)
    return field


def _outputs(chosen: str, devices: Sequence[SoundDevice]) -> QComboBox:
    field = QComboBox()
    field.addItem(SYSTEMS_OWN, "")
    for device in devices:
        field.addItem(device.name, device.id)
    if field.findData(chosen) < 0:
        field.addItem(NOT_CONNECTED, chosen)
    field.setCurrentIndex(field.findData(chosen))
    return field
