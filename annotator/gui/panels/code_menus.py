"""The menus of a code and of a group: how keys mark, and whether codes end each other."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PyQt6.QtCore import QPoint, Qt, pyqtSignal
from PyQt6.QtGui import QActionGroup
from PyQt6.QtWidgets import QLabel, QMenu, QWidget

from annotator.gui.panels.labels import dress_small_heading
from annotator.gui.theme import Theme
from annotator.model.way import Way
from annotator.storage.settings_words import BY_KIND

WAY_WORDS: Mapping[Way, str] = {
    Way.INSTANT: "Its key marks a moment.",
    Way.PRESSES: "Its key begins a stretch, and ends it when pressed again.",
    Way.HOLD: "Its key marks a stretch as long as it is held.",
    Way.SEQUENCE: "Its key ends the stretch before and begins the next.",
}
_CHOICES = (
    (BY_KIND, "As in the settings"),
    (Way.INSTANT, "Marks a moment"),
    (Way.PRESSES, "Press to begin, press to end"),
    (Way.HOLD, "Hold to mark"),
    (Way.SEQUENCE, "Ends the one before"),
)
EXCLUSIVE = "Codes of this group end each other"


def way_menu(parent: QWidget, way: Way | None, choose: Callable[[str], None]) -> QMenu:
    """Make the menu in which a code's way of marking is chosen; it goes when it is closed."""
    menu = QMenu("Way of marking", parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    group = QActionGroup(menu)
    for value, words in _CHOICES:
        action = menu.addAction(words)
        if action is None:
            continue
        action.setCheckable(True)
        action.setChecked(value == (way or BY_KIND))
        action.triggered.connect(lambda _checked, chosen=str(value): choose(chosen))
        group.addAction(action)
    return menu


class GroupHeading(QLabel):
    """Names a group; its menu, by the right button or the menu key, turns what goes for it."""

    turned = pyqtSignal(str)  # id of the group

    def __init__(self, text: str, group: str, theme: Theme) -> None:
        super().__init__(text)
        self.group = group
        self._text = text
        self._exclusive = False
        if group:
            self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
            self.customContextMenuRequested.connect(self._ask)
        self.set_theme(theme)
        self.show_exclusive(exclusive=False)

    def show_exclusive(self, *, exclusive: bool) -> None:
        """Show whether the codes of the group end each other."""
        self._exclusive = exclusive
        self.setText(f"{self._text}  ⇄" if exclusive else self._text)
        said = f"{EXCLUSIVE}." if exclusive else ""
        self.setToolTip(said)
        self.setAccessibleName(f"{self._text}. {said}".strip())

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        dress_small_heading(self, theme)

    def _ask(self, at: QPoint) -> None:
        menu = QMenu(self._text, self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        action = menu.addAction(EXCLUSIVE)
        if action is not None:
            action.setCheckable(True)
            action.setChecked(self._exclusive)
            action.triggered.connect(lambda: self.turned.emit(self.group))
        menu.popup(self.mapToGlobal(at))
