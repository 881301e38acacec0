"""The window of help: contents at the left, the page at the right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PyQt6.QtCore import QItemSelectionModel, QStringListModel, QUrl
from PyQt6.QtGui import QDesktopServices, QShowEvent
from PyQt6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QFrame,
    QHBoxLayout,
    QListView,
    QTextBrowser,
    QWidget,
)

from annotator.gui.actions import ActionSpec
from annotator.gui.dialogs.help_dress import dress
from annotator.gui.dialogs.help_pages import (
    KEYS_PAGE,
    HelpPage,
    in_order,
    page_id,
    shipped_pages,
)
from annotator.gui.dialogs.keys_page import keys_page
from annotator.gui.theme import Theme
from annotator.model.codebook import Codebook

SIZE = (900, 680)
CONTENTS_WIDTH = 220
PAGE_MARGIN = 28


class HelpWindow(QDialog):
    """Shows help while the work goes on beside it."""

    def __init__(
        self,
        theme: Theme,
        specs: Sequence[ActionSpec],
        pages: Iterable[HelpPage] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Help")
        self.resize(*SIZE)
        self._theme = theme
        self._specs = tuple(specs)
        self._book: Codebook | None = None
        given = shipped_pages() if pages is None else pages
        written = [page for page in given if page.id != KEYS_PAGE]
        self._pages = in_order((*written, HelpPage(KEYS_PAGE, "Keys", "")))
        self._shown = ""
        self.contents = QListView()
        self.browser = QTextBrowser()
        self._lay_out()
        self._dress_contents()
        self._connect()
        self.show_page(self._pages[0].id)

    @property
    def shown_page(self) -> str:
        """The id of the page that is shown."""
        return self._shown

    def set_codebook(self, book: Codebook | None) -> None:
        """Let the page of keys name the codes of a codebook, or of none."""
        self._book = book
        if self._shown == KEYS_PAGE:
            self.show_page(KEYS_PAGE)

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        self._theme = theme
        self._dress_contents()
        self.show_page(self._shown)

    def showEvent(self, event: QShowEvent | None) -> None:
        """Lay the contents out once their look is known."""
        super().showEvent(event)
        self.contents.setSpacing(0)  # what makes Qt measure the lines again, now with their look

    def show_page(self, name: str) -> None:
        """Turn to a page by its id or file name; nothing happens where there is none."""
        wanted = page_id(name)
        place = next((at for at, page in enumerate(self._pages) if page.id == wanted), None)
        if place is None:
            return
        self._shown = wanted
        page = self._pages[place]
        text = keys_page(self._specs, self._book) if wanted == KEYS_PAGE else page.text
        self.browser.setMarkdown(text)
        if (document := self.browser.document()) is not None:
            document.setDocumentMargin(PAGE_MARGIN)
            dress(document, self._theme)
        self.browser.moveCursor(self.browser.textCursor().MoveOperation.Start)
        self._mark(place)

    def _mark(self, place: int) -> None:
        model, selection = self.contents.model(), self.contents.selectionModel()
        if model is not None and selection is not None:
            flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
            selection.setCurrentIndex(model.index(place, 0), flag)

    def _lay_out(self) -> None:
        self.contents.setModel(QStringListModel([page.title for page in self._pages], self))
        self.contents.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.contents.setAccessibleName("Contents")
        self.contents.setFixedWidth(self._theme.px(CONTENTS_WIDTH))
        self.contents.setFrameShape(QFrame.Shape.NoFrame)
        self.browser.setOpenLinks(False)
        self.browser.setFrameShape(QFrame.Shape.NoFrame)
        self.browser.setAccessibleName("Help page")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.contents)
        row.addWidget(self.browser, 1)

    def _dress_contents(self) -> None:
        theme = self._theme
        self.setStyleSheet(
            "QTextBrowser { border: none; border-radius: 0; padding: 0; }"
            f"QListView {{ background: {theme.background.name()}; border: none; padding: 12px 8px;"
            "  outline: none; }"
            f"QListView::item {{ padding: 8px 12px; border-radius: {theme.radius}px; }}"
            f"QListView::item:selected {{ background: {theme.selection.name()};"
            f"  color: {theme.text.name()}; }}"
        )

    def _connect(self) -> None:
        if (selection := self.contents.selectionModel()) is not None:
            selection.currentChanged.connect(lambda index: self._turn_to(index.row()))
        self.browser.anchorClicked.connect(self._follow)

    def _turn_to(self, place: int) -> None:
        if 0 <= place < len(self._pages) and self._pages[place].id != self._shown:
            self.show_page(self._pages[place].id)

    def _follow(self, link: QUrl) -> None:
        """Turn to another page of help, or show a page of the web in the person's browser."""
        if link.scheme() in {"http", "https"}:
            QDesktopServices.openUrl(link)
        elif link.path():
            self.show_page(link.path())
        else:
            self.browser.scrollToAnchor(link.fragment())
