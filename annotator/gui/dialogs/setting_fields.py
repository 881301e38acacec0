"""The fields with which settings are changed, each made from its record."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QWheelEvent
from PyQt6.QtWidgets import QCheckBox, QComboBox, QDoubleSpinBox, QLineEdit, QWidget

from annotator.storage.settings_shown import Shown

Choices = Sequence[tuple[str, str]]
Told = Callable[[object], None]
NOT_HERE = "The one chosen before (not connected)"


class _Number(QDoubleSpinBox):
    """Leaves the wheel to the page that it is on, so that scrolling changes nothing."""

    def wheelEvent(self, event: QWheelEvent | None) -> None:
        if event is not None:
            event.ignore()


class _Combo(QComboBox):
    """Leaves the wheel to the page that it is on, likewise."""

    def wheelEvent(self, event: QWheelEvent | None) -> None:
        if event is not None:
            event.ignore()


class SettingField:
    """One field; it tells each value that is chosen in it, but none that it is shown."""

    def __init__(self, shown: Shown, value: object, machine: Choices, told: Told) -> None:
        self._shown = shown
        self._told = told
        self._machine = machine
        self.widget = self._made(value)
        self.widget.setAccessibleName(shown.label)
        self.widget.setAccessibleDescription(shown.help)
        self.show(value)

    def show(self, value: object) -> None:
        """Show a value that was chosen elsewhere."""
        widget = self.widget
        widget.blockSignals(True)
        if isinstance(widget, QCheckBox):
            widget.setChecked(bool(value))
        elif isinstance(widget, QComboBox):
            self._show_choice(widget, str(value))
        elif isinstance(widget, QDoubleSpinBox) and isinstance(value, int | float):
            widget.setValue(value * self._shown.times)
        elif isinstance(widget, QLineEdit) and not widget.hasFocus():
            widget.setText(str(value))
        widget.blockSignals(False)

    def _made(self, value: object) -> QWidget:
        if isinstance(value, bool):
            box = QCheckBox(self._shown.label)
            box.toggled.connect(self._told)
            return box
        if self._shown.choices or self._shown.asks_machine:
            return self._made_combo()
        if isinstance(value, int | float):
            return self._made_number()
        line = QLineEdit()
        line.editingFinished.connect(lambda: self._told(line.text().strip()))
        return line

    def _made_combo(self) -> QComboBox:
        combo = _Combo()
        for value, words in self._shown.choices or self._machine:
            combo.addItem(words, str(value))
        combo.activated.connect(lambda at: self._told(combo.itemData(at)))
        return combo

    def _made_number(self) -> QDoubleSpinBox:
        shown = self._shown
        number = _Number()
        number.setDecimals(shown.decimals)
        number.setRange(shown.least * shown.times, shown.most * shown.times)
        number.setSingleStep(shown.step * shown.times)
        number.setSuffix(f" {shown.unit}" if shown.unit else "")
        number.setKeyboardTracking(False)
        number.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        number.valueChanged.connect(lambda now: self._told(now / shown.times))
        return number

    def _show_choice(self, combo: QComboBox, value: str) -> None:
        if combo.findData(value) < 0:
            combo.addItem(NOT_HERE, value)
        combo.setCurrentIndex(combo.findData(value))
