"""The layout of the window: codes at the left, the film in the middle, tags at the right."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from PyQt6.QtCore import QByteArray, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PyQt6.QtWidgets import QMainWindow, QMenu, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from annotator.gui.actions import ACTIONS, Actions, Menu
from annotator.gui.panels.codes import CodesPanel
from annotator.gui.panels.column_widths import USUALLY_HIDDEN
from annotator.gui.panels.notices import NoticeBar
from annotator.gui.panels.proposals_bar import ProposalsBar
from annotator.gui.panels.side import SidePanel
from annotator.gui.panels.status import StatusLine
from annotator.gui.panels.tags import TagsPanel
from annotator.gui.panels.welcome import WelcomePage
from annotator.gui.player.picture import PictureView
from annotator.gui.player.transport import TransportBar
from annotator.gui.player.wall import PictureWall
from annotator.gui.theme import Theme
from annotator.gui.timeline.view import TimelineView

FIRST_SIZE = (1440, 900)
FRAME_PX, TITLE_PX = 1, 36  # what a window manager commonly puts around a window
COLUMNS = (236, 720, 468)
ROWS = (570, 300)


@dataclass(frozen=True, slots=True)
class Parts:
    """What stands in the window."""

    welcome: WelcomePage
    codes: CodesPanel
    picture: PictureView
    wall: PictureWall
    transport: TransportBar
    tags: TagsPanel
    side: SidePanel
    proposals: ProposalsBar
    timeline: TimelineView
    notices: NoticeBar
    status: StatusLine


class MainWindow(QMainWindow):
    """Puts the parts in their places; knows nothing of what they do."""

    file_dropped = pyqtSignal(object)  # Path
    close_asked = pyqtSignal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.actions_table = Actions(self)
        self.parts = self._made_parts(theme)
        self.parts.welcome.follow_key(self.actions_table.by_id["open"])
        self._may_close = False
        self._columns = QSplitter(Qt.Orientation.Horizontal)
        self._rows = QSplitter(Qt.Orientation.Vertical)
        self._pages = QStackedWidget()
        self._lay_out(theme)
        self._fill_menus()
        self.actions_table.set_theme(theme)
        self.setAcceptDrops(True)
        self.resize(*FIRST_SIZE)
        self.show_welcome()

    def show_welcome(self) -> None:
        """Show the page with which the program begins."""
        self._pages.setCurrentIndex(0)
        self.parts.status.setVisible(False)

    def show_work(self) -> None:
        """Show the film and everything about it."""
        self._pages.setCurrentIndex(1)
        self.parts.status.setVisible(True)
        self.parts.picture.setFocus()

    def fit_screen(self) -> None:
        """Fill the screen where the window would reach beyond it."""
        screen = self.screen()
        if screen is None:
            return
        room, frame = screen.availableSize(), QSize(2 * FRAME_PX, TITLE_PX)
        wanted = self.size() + frame
        if wanted.width() > room.width() or wanted.height() > room.height():
            self.setWindowState(self.windowState() | Qt.WindowState.WindowMaximized)

    def layout_state(self) -> str:
        """Write down the sizes of the window and its parts."""
        states = (self.saveGeometry(), self._columns.saveState(), self._rows.saveState())
        words = [bytes(state.toBase64().data()).decode("ascii") for state in states]
        return ":".join((*words, ",".join(self.parts.tags.view.hidden_columns)))

    def restore_layout(self, state: str) -> None:
        """Take up the sizes written down before; anything else is left alone."""
        parts = state.split(":")
        for part, restore in zip(
            parts,
            (self.restoreGeometry, self._columns.restoreState, self._rows.restoreState),
            strict=False,
        ):
            restore(QByteArray.fromBase64(part.encode("ascii")))
        if parts[0] and len(parts) > len(("window", "columns", "rows")):
            self.parts.tags.view.hide_columns(parts[-1].split(","))

    def reset_layout(self) -> None:
        """Give the window and its parts the sizes they had at first."""
        if not self.isFullScreen():
            self.showNormal()
        self.resize(*FIRST_SIZE)
        self.fit_screen()
        self._columns.setSizes(list(COLUMNS))
        self._rows.setSizes(list(ROWS))
        self.parts.tags.view.show_columns(USUALLY_HIDDEN)

    def set_theme(self, theme: Theme) -> None:
        """Give every part another look."""
        self.theme = theme
        self.actions_table.set_theme(theme)
        parts = self.parts
        parts.welcome.set_theme(theme)
        parts.codes.set_theme(theme)
        parts.picture.set_theme(theme)
        parts.wall.set_theme(theme)
        parts.transport.set_theme(theme)
        parts.tags.set_theme(theme)
        parts.side.set_theme(theme)
        parts.proposals.set_theme(theme)
        parts.timeline.set_theme(theme)
        parts.notices.set_theme(theme)
        parts.status.set_theme(theme)

    def let_close(self) -> None:
        """Close for good: everything has been dealt with."""
        self._may_close = True
        self.close()

    def closeEvent(self, event: QCloseEvent | None) -> None:
        if event is None or self._may_close:
            return
        event.ignore()
        self.close_asked.emit()

    def dragEnterEvent(self, event: QDragEnterEvent | None) -> None:
        if event is not None and _dropped_file(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent | None) -> None:
        path = _dropped_file(event) if event is not None else None
        if path is not None and event is not None:
            event.acceptProposedAction()
            self.file_dropped.emit(path)

    def _made_parts(self, theme: Theme) -> Parts:
        picture = PictureView(theme)
        return Parts(
            welcome=WelcomePage(theme),
            codes=CodesPanel(theme),
            picture=picture,
            wall=PictureWall(picture, theme),
            transport=TransportBar(self.actions_table.by_id, theme),
            tags=TagsPanel(theme),
            side=SidePanel(theme),
            proposals=ProposalsBar(self.actions_table.by_id, theme),
            timeline=TimelineView(theme),
            notices=NoticeBar(theme),
            status=StatusLine(theme),
        )

    def _lay_out(self, theme: Theme) -> None:
        # From the outside in: whatever moves into another widget is dressed anew with all within.
        parts = self.parts
        self.setStatusBar(parts.status)
        self.setCentralWidget(_column(parts.notices, self._pages))
        self._pages.addWidget(parts.welcome)
        self._pages.addWidget(_column(self._rows))
        self._rows.addWidget(_column(self._columns, parts.proposals, growing=0))
        self._rows.addWidget(parts.timeline)
        middle = _column(parts.wall, parts.transport, growing=0)
        parts.side.add_page(parts.tags, "Tags")
        for column in (parts.codes, middle, parts.side):
            self._columns.addWidget(column)
        self._columns.setSizes(list(COLUMNS))
        for place in (1, 2):  # film and tags grow and shrink together, the codes stay
            self._columns.setStretchFactor(place, 1)
        self._rows.setSizes(list(ROWS))
        self._rows.setStretchFactor(0, 1)
        for splitter in (self._columns, self._rows):
            splitter.setChildrenCollapsible(False)
            splitter.setHandleWidth(theme.spacing_small)

    def _fill_menus(self) -> None:
        bar = self.menuBar()
        if bar is None:
            return
        menus: Mapping[Menu, QMenu] = {menu: QMenu(menu.value, self) for menu in Menu}
        for spec in ACTIONS:
            menu = menus[spec.menu]
            if spec.opens_section:
                menu.addSeparator()
            menu.addAction(self.actions_table.by_id[spec.id])
        for menu in menus.values():
            bar.addMenu(menu)


def _column(*widgets: QWidget, growing: int = -1) -> QWidget:
    """Stack widgets, of which one takes the height that is over."""
    column = QWidget()
    layout = QVBoxLayout(column)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    for widget in widgets:
        layout.addWidget(widget)
    layout.setStretch(growing % len(widgets), 1)
    return column


def _dropped_file(event: QDropEvent) -> Path | None:
    data = event.mimeData()
    urls = data.urls() if data is not None else []
    local = [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]
    return local[0] if len(local) == 1 else None
