"""The pages at the right of the film: tags, transcript, ratings and what else is read beside it."""

from __future__ import annotations

from PyQt6.QtCore import QSize, Qt, pyqtSignal
from PyQt6.QtGui import QKeyEvent, QResizeEvent
from PyQt6.QtWidgets import (
    QFrame,
    QMenu,
    QPushButton,
    QScrollArea,
    QTabBar,
    QTabWidget,
    QToolButton,
    QWidget,
)

from annotator.gui.icons import icon
from annotator.gui.theme import Theme

NAME = "Pages beside the film"
ICON = 20


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


class _AllPages(QToolButton):
    """Opens the list of all pages; Enter opens it too, since Space plays the film."""

    def __init__(self, panel: SidePanel) -> None:
        super().__init__(panel)
        self._panel = panel
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setToolTip("All pages beside the film")
        self.setAccessibleName("All pages")
        menu = QMenu(self)
        menu.aboutToShow.connect(self._fill)
        self.setMenu(menu)

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        if event is not None and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.showMenu()
        elif event is not None:
            event.ignore()

    def _fill(self) -> None:
        menu, panel = self.menu(), self._panel
        if menu is None:
            return
        menu.clear()
        for place in range(panel.count()):
            if action := menu.addAction(panel.tabText(place)):
                action.setCheckable(True)
                action.setChecked(place == panel.currentIndex())
                action.triggered.connect(lambda _on, at=place: panel.setCurrentIndex(at))


class _Bar(QTabBar):
    """Tells when the places of its tabs have changed."""

    laid_out = pyqtSignal()

    @property
    def wanted(self) -> int:
        """How wide all tabs are together, in pixels."""
        return sum(self.tabRect(place).width() for place in range(self.count()))

    def tabLayoutChange(self) -> None:
        self.laid_out.emit()


class SidePanel(QTabWidget):
    """Shows one page at a time, chosen by tabs; with a single page there are no tabs.

    Where there is no room for all tabs, a button lists the pages.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.all_pages = _AllPages(self)
        self.setCornerWidget(self.all_pages)
        self.bar = _Bar(self)
        self.bar.setAccessibleName(NAME)
        self.bar.laid_out.connect(self._offer_all)
        self.setTabBar(self.bar)
        self.setTabBarAutoHide(True)
        self.setUsesScrollButtons(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(NAME)
        self.set_theme(theme)

    def add_page(self, page: QWidget, title: str) -> None:
        """Add a page at the end; one that is there already is left where it is."""
        if self._room_of(page) is None:
            self.addTab(_Room(page), title)
            for button in page.findChildren(QPushButton):
                button.setAutoDefault(True)  # Return presses it, since Space plays the film

    def show_page(self, page: QWidget) -> None:
        """Bring a page to the front."""
        if (room := self._room_of(page)) is not None:
            self.setCurrentWidget(room)

    @property
    def page(self) -> QWidget | None:
        """The page in front; None where there is none."""
        room = self.currentWidget()
        return room.widget() if isinstance(room, _Room) else None

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        self._offer_all()
        super().resizeEvent(event)

    def _offer_all(self) -> None:
        self.all_pages.setVisible(self.bar.wanted > self.width())

    def _room_of(self, page: QWidget) -> _Room | None:
        rooms = (self.widget(place) for place in range(self.count()))
        return next((r for r in rooms if isinstance(r, _Room) and r.widget() is page), None)

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        self.all_pages.setIcon(icon("list", theme))
        self.all_pages.setIconSize(QSize(theme.px(ICON), theme.px(ICON)))
        self.setStyleSheet(
            f"QTabWidget {{ background: {theme.background.name()}; }}"
            f"QTabWidget::pane {{ border: none; }}"
            f"QTabWidget::tab-bar {{ left: 0; }}"
            f"QTabBar {{ background: {theme.background.name()}; }}"
            f"QTabBar::scroller {{ width: 0; }}"
            f"QTabBar::tear {{ width: 0; image: none; }}"
            f"QToolButton::menu-indicator {{ image: none; }}"
            f"QTabBar::tab {{ background: {theme.background.name()};"
            f" color: {theme.text_muted.name()}; border: none;"
            f" border-bottom: 2px solid transparent; padding: {theme.spacing_small}px"
            f" {theme.spacing_small - 2}px; }}"
            f"QTabBar::tab:selected {{ color: {theme.text.name()};"
            f" background: {theme.surface.name()}; border-bottom-color: {theme.accent.name()}; }}"
            f"QTabBar::tab:hover {{ background: {theme.hover.name()}; }}"
            f"QTabBar::tab:selected:focus {{ background: {theme.selection.name()}; }}"
        )
