"""The pages at the right of the film: tags, transcript, ratings and what else is read beside it."""

from __future__ import annotations

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QKeyEvent
from PyQt6.QtWidgets import QFrame, QPushButton, QScrollArea, QTabWidget, QWidget

from annotator.gui.theme import Theme


class _Room(QScrollArea):
    """Lets a page be larger than the place for it, so that no page makes the window larger."""

    def __init__(self, page: QWidget) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(page)

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        if event is not None:
            event.ignore()  # keys are the window's


class SidePanel(QTabWidget):
    """Shows one page at a time, chosen by tabs; with a single page there are no tabs."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setTabBarAutoHide(True)
        self.setUsesScrollButtons(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName("Pages beside the film")
        self.set_theme(theme)

    def add_page(self, page: QWidget, title: str) -> None:
        """Add a page at the end; one that is there already is left where it is."""
        if self._room_of(page) is None:
            self.addTab(_Room(page), title)
            for button in page.findChildren(QPushButton):
                button.setAutoDefault(True)  # Return presses it, since Space plays the film

    def remove_page(self, page: QWidget) -> None:
        """Take a page away; nothing where it is not there."""
        if (room := self._room_of(page)) is not None:
            room.takeWidget()
            self.removeTab(self.indexOf(room))
            room.deleteLater()

    def show_page(self, page: QWidget) -> None:
        """Bring a page to the front."""
        if (room := self._room_of(page)) is not None:
            self.setCurrentWidget(room)

    @property
    def page(self) -> QWidget | None:
        """The page in front; None where there is none."""
        room = self.currentWidget()
        return room.widget() if isinstance(room, _Room) else None

    def _room_of(self, page: QWidget) -> _Room | None:
        rooms = (self.widget(place) for place in range(self.count()))
        return next((r for r in rooms if isinstance(r, _Room) and r.widget() is page), None)

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        self.setStyleSheet(
            f"QTabWidget {{ background: {theme.background.name()}; }}"
            f"QTabWidget::pane {{ border: none; }}"
            f"QTabWidget::tab-bar {{ left: 0; }}"
            f"QTabBar {{ background: {theme.background.name()}; }}"
            f"QTabBar::tab {{ background: {theme.background.name()};"
            f" color: {theme.text_muted.name()}; border: none;"
            f" border-bottom: 2px solid transparent; padding: {theme.spacing_small}px"
            f" {theme.spacing_small - 2}px; }}"
            f"QTabBar::tab:selected {{ color: {theme.text.name()};"
            f" background: {theme.surface.name()}; border-bottom-color: {theme.accent.name()}; }}"
            f"QTabBar::tab:hover {{ background: {theme.hover.name()}; }}"
            f"QTabBar::tab:selected:focus {{ background: {theme.selection.name()}; }}"
        )
