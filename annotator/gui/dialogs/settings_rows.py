"""The settings as rows under the names of their pages, drawn from their records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from annotator.gui.dialogs.pieces import warn
from annotator.gui.dialogs.setting_fields import Choices, SettingField
from annotator.gui.palette.ranking import folded
from annotator.storage.settings import Settings
from annotator.storage.settings_shown import Page, Shown, shown_settings

FIELD_SIGNS = 30
BETWEEN_ROWS = 18


@dataclass(frozen=True, slots=True)
class _Row:
    """One setting on screen."""

    shown: Shown
    field: SettingField
    reset: QPushButton
    whole: QWidget


class SettingsRows(QWidget):
    """Shows the settings of one page, or all that fit a search."""

    chosen = pyqtSignal(str, object)  # name of the field, its value

    def __init__(self, settings: Settings, machine: Mapping[str, Choices]) -> None:
        super().__init__()
        self._settings = settings
        self._usual = Settings()
        self._headings: dict[Page, QLabel] = {}
        self._rows: dict[str, _Row] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(24, 16, 24, 16)
        self._column.setSpacing(6)
        for name, shown in shown_settings(settings).items():
            self._add(name, shown, machine.get(name, ()))
        self._column.addStretch(1)
        self.show_settings(settings)

    def field(self, name: str) -> QWidget:
        """Give the widget in which a setting is changed."""
        return self._rows[name].field.widget

    def reset_button(self, name: str) -> QPushButton:
        """Give the button that gives a setting its usual value."""
        return self._rows[name].reset

    def show_settings(self, settings: Settings) -> None:
        """Show values that were chosen elsewhere."""
        self._settings = settings
        for name, row in self._rows.items():
            value = getattr(settings, name)
            row.field.show(value)
            row.reset.setEnabled(value != getattr(self._usual, name))

    def show_page(self, page: Page) -> None:
        """Show one page."""
        self._show({name for name, row in self._rows.items() if row.shown.page is page}, page)

    def search(self, text: str) -> bool:
        """Show what has all words of a text, of all pages; tell whether there is any."""
        words = folded(text).split()
        fitting = {name for name, row in self._rows.items() if _has(row.shown, words)}
        self._show(fitting, None)
        return bool(fitting)

    def reset_all(self) -> None:
        """Give every setting its usual value, but for names that were typed."""
        for name, row in self._rows.items():
            is_name = isinstance(row.field.widget, QLineEdit)
            if not is_name and getattr(self._settings, name) != getattr(self._usual, name):
                self.chosen.emit(name, getattr(self._usual, name))

    def _show(self, names: set[str], page: Page | None) -> None:
        for name, row in self._rows.items():
            row.whole.setVisible(name in names)
        with_rows = {self._rows[name].shown.page for name in names}
        for one, heading in self._headings.items():
            heading.setVisible(one in with_rows and (page is None or one is page))

    def _add(self, name: str, shown: Shown, machine: Choices) -> None:
        if shown.page not in self._headings:
            heading = warn(QLabel(shown.page.value))
            self._headings[shown.page] = heading
            self._column.addWidget(heading)
        value = getattr(self._usual, name)
        field = SettingField(shown, value, machine, lambda now: self._tell(name, now))
        reset = QPushButton("Usual")
        reset.setAutoDefault(False)
        reset.setAccessibleName(f"Usual value: {shown.label}")
        reset.clicked.connect(lambda: self.chosen.emit(name, value))
        whole = _laid_out(shown, field.widget, reset)
        reset.setVisible(not isinstance(field.widget, QLineEdit))  # no name is the usual one
        self._rows[name] = _Row(shown, field, reset, whole)
        self._column.addWidget(whole)

    def _tell(self, name: str, value: object) -> None:
        if value != getattr(self._settings, name):
            kind = type(getattr(self._usual, name))
            self.chosen.emit(name, kind(value) if isinstance(value, str) else value)


def _laid_out(shown: Shown, field: QWidget, reset: QPushButton) -> QWidget:
    whole = QWidget()
    column = QVBoxLayout(whole)
    column.setContentsMargins(0, 0, 0, BETWEEN_ROWS)
    column.setSpacing(4)
    if not isinstance(field, QCheckBox):  # which says itself what it is
        label = QLabel(shown.label)
        label.setBuddy(field)
        column.addWidget(label)
    field.setFixedWidth(field.fontMetrics().averageCharWidth() * FIELD_SIGNS)
    row = QHBoxLayout()
    row.setSpacing(12)
    row.addWidget(field)
    row.addWidget(reset)
    row.addStretch(1)
    column.addLayout(row)
    if shown.help:
        told = QLabel(shown.help)
        told.setWordWrap(True)
        told.setTextFormat(Qt.TextFormat.PlainText)
        told.setProperty("quiet", True)
        column.addWidget(told)
    return whole


def _has(shown: Shown, words: list[str]) -> bool:
    choices = " ".join(text for _value, text in shown.choices)
    text = folded(f"{shown.label} {shown.help} {shown.page.value} {choices}")
    return all(word in text for word in words)
