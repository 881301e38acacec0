"""What a second key can say of the last mark, with the keys that say it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtGui import QKeySequence, QResizeEvent
from PyQt6.QtWidgets import QFrame, QGridLayout, QPushButton, QSizePolicy, QWidget

from annotator.gui.panels.bar_fields import ElidedLabel
from annotator.gui.panels.flow import ElidedButton
from annotator.gui.panels.labels import dress_small_heading
from annotator.gui.theme import Theme

MARKED = "✓ "
UNITS, COLUMNS = 6, (3, 2)
"""A line has so many units; side by side stand three, or else two, and what is wider alone."""


def share_lines(needed: Sequence[int], width: int, gap: int) -> list[tuple[int, int, int]]:
    """Place parts that need so many pixels: the line of each, its first unit, and how many it has.

    Three stand side by side only where that leaves none alone that could stand beside another.
    """
    room = {many: (width - (many - 1) * gap) // many for many in COLUMNS}
    three, two = (sum(one <= room[many] for one in needed) for many in COLUMNS)
    many = COLUMNS[0] if three == two else COLUMNS[1]
    found, line, unit = [], 0, 0
    for one in needed:
        units = UNITS // many if one <= room[many] else UNITS
        if unit + units > UNITS:
            line, unit = line + 1, 0
        found.append((line, unit, units))
        unit += units
    return found


class Sayable(Protocol):
    """One thing to say of a mark: its key, its words, and whether it is said already."""

    @property
    def key(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def is_chosen(self) -> bool: ...


class SecondBar(QFrame):
    """Stands below the codes while there is something to say; the keys need no look at it."""

    picked = pyqtSignal(object)  # Sayable

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.heading = ElidedLabel()
        self._buttons: list[QPushButton] = []
        self._cells: list[tuple[int, int, int]] = []
        self._rows = QGridLayout(self)
        self._rows.setSpacing(theme.spacing_tiny)
        sides, ends = theme.spacing_small, theme.spacing_tiny
        self._rows.setContentsMargins(sides, ends, sides, ends)
        self._rows.addWidget(self.heading, 0, 0, 1, UNITS)
        for unit in range(UNITS):
            self._rows.setColumnStretch(unit, 1)
        self.setAccessibleName("What can be said of the last mark")
        self.setVisible(False)
        self.set_theme(theme)

    @property
    def texts(self) -> list[str]:
        """What the rows say, from top to bottom."""
        return [button.text() for button in self._buttons if not button.isHidden()]

    def show_keys(self, name: str, keys: Sequence[Sayable]) -> None:
        """Offer to say these things of the mark of that name; none hides the bar."""
        self.heading.setText(f"Last: {name}")
        while len(self._buttons) < len(keys):
            self._add_button()
        for place, button in enumerate(self._buttons):
            button.setVisible(place < len(keys))
            if place < len(keys):
                self._show(button, keys[place])
        self._arrange()
        self.setVisible(bool(keys))

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        self._theme = theme
        dress_small_heading(self.heading, theme)
        for button in self._buttons:
            self._dress(button)
        self._arrange()

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Stand side by side where words have room for that."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        shown = [button for button in self._buttons if not button.isHidden()]
        margins, gap = self._rows.contentsMargins(), self._rows.spacing()
        room = self.width() - margins.left() - margins.right()
        cells = share_lines([self._needed(button) for button in shown], room, gap)
        if cells == self._cells:
            return
        self._cells = cells
        for button in self._buttons:
            self._rows.removeWidget(button)
        for button, (line, unit, units) in zip(shown, cells, strict=True):
            self._rows.addWidget(button, line + 1, unit, 1, units)

    def _needed(self, button: QPushButton) -> int:
        """Measure a button with the room of a tick, so that ticks move nothing."""
        is_ticked = button.text().startswith(MARKED)
        tick = 0 if is_ticked else button.fontMetrics().horizontalAdvance(MARKED)
        return button.sizeHint().width() + tick

    def _add_button(self) -> None:
        button = ElidedButton(self)
        button.setAutoDefault(False)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        button.clicked.connect(lambda: self.picked.emit(button.property("says")))
        self._dress(button)
        self._buttons.append(button)

    def _show(self, button: QPushButton, one: Sayable) -> None:
        key = QKeySequence(one.key).toString(QKeySequence.SequenceFormat.NativeText)
        mark = MARKED if one.is_chosen else ""
        button.setProperty("says", one)
        button.setText(f"{mark}{one.text}" + (f"  {key}" if key else ""))
        chosen = ", chosen" if one.is_chosen else ""
        button.setAccessibleName(f"{one.text}{chosen}")
        button.setToolTip(f"{one.text} ({key})" if key else one.text)

    def _dress(self, button: QPushButton) -> None:
        button.setFont(self._theme.small(self.font()))
        theme = self._theme
        button.setStyleSheet(
            f"QPushButton {{ text-align: left; min-height: {theme.px(16)}px;"
            f" padding: {theme.px(3)}px {theme.px(8)}px; border-color: {theme.line.name()}; }}"
            f"QPushButton:focus {{ border: 2px solid {theme.focus.name()}; }}"
        )
