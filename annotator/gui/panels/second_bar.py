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
MOST_COLUMNS = 2


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
        self._columns = MOST_COLUMNS
        self._rows = QGridLayout(self)
        self._rows.setSpacing(theme.spacing_tiny)
        sides, ends = theme.spacing_small, theme.spacing_tiny
        self._rows.setContentsMargins(sides, ends, sides, ends)
        self._rows.addWidget(self.heading, 0, 0, 1, MOST_COLUMNS)
        self.setAccessibleName("What can be said of the last mark")
        self.setVisible(False)
        self.set_theme(theme)

    @property
    def texts(self) -> list[str]:
        """What the rows say, from top to bottom."""
        return [button.text() for button in self._buttons if not button.isHidden()]

    def show_keys(self, name: str, keys: Sequence[Sayable]) -> None:
        """Offer to say these things of the mark of that name; none hides the bar."""
        self.setVisible(bool(keys))
        self.heading.setText(f"Last: {name}")
        while len(self._buttons) < len(keys):
            self._add_button()
        for place, button in enumerate(self._buttons):
            button.setVisible(place < len(keys))
            if place < len(keys):
                self._show(button, keys[place])
        self._arrange()

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        self._theme = theme
        dress_small_heading(self.heading, theme)
        for button in self._buttons:
            self._dress(button)
        self._arrange()

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Stand in so many columns as all words have room for."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        shown = [button for button in self._buttons if not button.isHidden()]
        widest = max((button.sizeHint().width() for button in shown), default=0)
        margins = self._rows.contentsMargins()
        room = self.width() - margins.left() - margins.right() + self._rows.spacing()
        wanted = MOST_COLUMNS if MOST_COLUMNS * (widest + self._rows.spacing()) <= room else 1
        if wanted == self._columns:
            return
        self._columns = wanted
        for button in self._buttons:
            self._rows.removeWidget(button)
        for place, button in enumerate(self._buttons):
            self._put(button, place)

    def _put(self, button: QPushButton, place: int) -> None:
        row, column = divmod(place, self._columns)
        self._rows.addWidget(button, row + 1, column, 1, MOST_COLUMNS // self._columns)

    def _add_button(self) -> None:
        button = ElidedButton()
        button.setAutoDefault(False)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        button.clicked.connect(lambda: self.picked.emit(button.property("says")))
        self._dress(button)
        self._put(button, len(self._buttons))
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
