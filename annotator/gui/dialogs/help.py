"""The window of help: contents and search at the left, the page at the right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PyQt6.QtCore import QItemSelectionModel, QStringListModel, Qt, QUrl, pyqtSignal
from PyQt6.QtGui import QDesktopServices, QShowEvent
from PyQt6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QPushButton,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from annotator.gui.actions import ActionSpec, KeyMap
from annotator.gui.dialogs.help_dress import dress
from annotator.gui.dialogs.help_pages import (
    KEYS_PAGE,
    HelpPage,
    in_order,
    page_id,
    shipped_pages,
    with_words,
)
from annotator.gui.dialogs.help_words import go_to_heading, mark_words
from annotator.gui.dialogs.keys_page import keys_page
from annotator.gui.theme import Theme
from annotator.model.codebook import Codebook

SIZE = (900, 680)
SIGNS_WIDE = 30
PAGE_MARGIN = 28
NOT_FOUND = "No page has all of these words."


class HelpWindow(QDialog):
    """Shows help while the work goes on beside it."""

    print_asked = pyqtSignal()
    keep_asked = pyqtSignal()

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
        self._keys: KeyMap | None = None
        given = shipped_pages() if pages is None else pages
        written = [page for page in given if page.id != KEYS_PAGE]
        self._pages = in_order((*written, HelpPage(KEYS_PAGE, "Keys", "")))
        self._listed = self._pages
        self._shown, self._is_listing = "", False
        self.search, self.not_found = QLineEdit(), QLabel(NOT_FOUND)
        self.print_button = QPushButton("Print the keys…")
        self.keep_button = QPushButton("Keep the keys as a file…")
        self.contents = QListView()
        self.browser = QTextBrowser()
        self._lay_out()
        self._dress_contents()
        self._connect()
        self.show_page(self._pages[0].id)

    def set_codebook(self, book: Codebook | None, keys: KeyMap | None = None) -> None:
        """Let the page of keys name the codes of a codebook, or of none, and keys as they are."""
        self._book, self._keys = book, keys
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

    def show_page(self, name: str, heading: str = "") -> None:
        """Turn to a page by its id or file name, and to a heading where one is given.

        Nothing happens where there is no such page.
        """
        wanted = page_id(name)
        page = next((page for page in self._pages if page.id == wanted), None)
        if page is None:
            return
        if page not in self._listed:
            self.search.clear()
        self._shown = wanted
        self.browser.setMarkdown(self.text_of(page))
        if (document := self.browser.document()) is not None:
            document.setDocumentMargin(PAGE_MARGIN)
            dress(document, self._theme)
        self.browser.moveCursor(self.browser.textCursor().MoveOperation.Start)
        mark_words(self.browser, self.search.text(), self._theme)
        if heading:
            go_to_heading(self.browser, heading)
        for button in (self.print_button, self.keep_button):
            button.setVisible(wanted == KEYS_PAGE)
        self._mark(self._listed.index(page))

    def text_of(self, page: HelpPage) -> str:
        """Give a page's Markdown; that of keys is written anew."""
        if page.id == KEYS_PAGE:
            return keys_page(self._specs, self._book, self._keys)
        return page.text

    def look_for(self, words: str) -> None:
        """List the pages that have all words, and turn to the first of them."""
        known = [HelpPage(page.id, page.title, self.text_of(page)) for page in self._pages]
        fitting = {page.id for page in with_words(known, words)}
        self._listed = tuple(page for page in self._pages if page.id in fitting)
        self.not_found.setVisible(not self._listed)
        self._list_pages()
        if self._listed:
            stays = any(page.id == self._shown for page in self._listed)
            self.show_page(self._shown if stays else self._listed[0].id)

    def _mark(self, place: int) -> None:
        model, selection = self.contents.model(), self.contents.selectionModel()
        if model is not None and selection is not None:
            flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
            selection.setCurrentIndex(model.index(place, 0), flag)

    def _list_pages(self) -> None:
        if isinstance(model := self.contents.model(), QStringListModel):
            self._is_listing = True
            model.setStringList([page.title for page in self._listed])
            self._is_listing = False

    def _lay_out(self) -> None:
        self.contents.setModel(QStringListModel([page.title for page in self._pages], self))
        self.contents.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.contents.setAccessibleName("Contents")
        self.contents.setFrameShape(QFrame.Shape.NoFrame)
        self.search.setPlaceholderText("Search help")
        self.search.setAccessibleName("Search help")
        self.search.setClearButtonEnabled(True)
        self.not_found.setWordWrap(True)
        self.not_found.setVisible(False)
        self.browser.setOpenLinks(False)
        self.browser.setFrameShape(QFrame.Shape.NoFrame)
        self.browser.setAccessibleName("Help page")
        self.browser.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextBrowserInteraction
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._left_side())
        row.addLayout(self._right_side(), 1)

    def _left_side(self) -> QWidget:
        side = QWidget()
        side.setFixedWidth(self.fontMetrics().averageCharWidth() * SIGNS_WIDE)
        column = QVBoxLayout(side)
        column.setContentsMargins(8, 12, 8, 0)
        column.addWidget(self.search)
        column.addWidget(self.not_found)
        column.addWidget(self.contents, 1)
        return side

    def _right_side(self) -> QVBoxLayout:
        column, foot = QVBoxLayout(), QHBoxLayout()
        column.setSpacing(0)
        column.addWidget(self.browser, 1)
        foot.setContentsMargins(12, 8, 12, 8)
        foot.setSpacing(8)
        foot.addStretch(1)
        for button in (self.keep_button, self.print_button):
            button.setAutoDefault(False)
            foot.addWidget(button)
        column.addLayout(foot)
        return column

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
        self.search.textChanged.connect(self.look_for)
        self.print_button.clicked.connect(self.print_asked)
        self.keep_button.clicked.connect(self.keep_asked)

    def _turn_to(self, place: int) -> None:
        if self._is_listing or not 0 <= place < len(self._listed):
            return
        if self._listed[place].id != self._shown:
            self.show_page(self._listed[place].id)

    def _follow(self, link: QUrl) -> None:
        """Turn to another page of help, or show a page of the web in the person's browser."""
        if link.scheme() in {"http", "https"}:
            QDesktopServices.openUrl(link)
        elif link.path():
            self.show_page(link.path())
        else:
            self.browser.scrollToAnchor(link.fragment())
