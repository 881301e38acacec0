"""The window of settings: pages drawn from the records, and the page of keys."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PyQt6.QtCore import QItemSelectionModel, QStringListModel, pyqtSignal
from PyQt6.QtGui import QShowEvent
from PyQt6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from annotator.gui.actions import ActionSpec
from annotator.gui.dialogs.keys_editor import KeysEditor
from annotator.gui.dialogs.setting_fields import Choices
from annotator.gui.dialogs.settings_rows import SettingsRows
from annotator.gui.theme import Theme
from annotator.model.codebook import Codebook
from annotator.storage.settings import Settings
from annotator.storage.settings_shown import Page, shown_settings

SIZE = (960, 700)
SIDE_SIGNS = 30
KEYS = "Keys"
NOT_FOUND = "No setting has all of these words. The keys have a search of their own."
PAGES = (*(page.value for page in Page), KEYS)


class SettingsWindow(QDialog):
    """What is chosen acts at once, while the work goes on beside it."""

    chosen = pyqtSignal(str, object)  # name of the field, its value
    keys_chosen = pyqtSignal(object)  # KeyChoices
    layout_reset_asked = pyqtSignal()

    def __init__(
        self,
        theme: Theme,
        specs: Sequence[ActionSpec],
        settings: Settings,
        machine: Mapping[str, Choices],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Settings")
        self.setProperty("helpPage", "settings")
        self.search, self.pages, self.not_found = QLineEdit(), QListView(), QLabel(NOT_FOUND)
        self.rows = SettingsRows(settings, machine)
        self.keys = KeysEditor(specs)
        self.keys.setProperty("helpPage", "keys")
        self.reset_all = QPushButton("Reset all settings")
        self.reset_layout = QPushButton("Reset layout")
        self._stack = QStackedWidget()
        self._name()
        self._lay_out()
        self._connect()
        self.set_theme(theme)
        self.resize(round(SIZE[0] * theme.scale), round(SIZE[1] * theme.scale))
        self.show_page(PAGES[0])

    def showEvent(self, event: QShowEvent | None) -> None:
        """Lay the pages out once their look is known."""
        super().showEvent(event)
        self.pages.setSpacing(0)  # what makes Qt measure the lines again, now with their look

    def show_settings(self, settings: Settings) -> None:
        """Show values that were chosen elsewhere."""
        self.rows.show_settings(settings)

    def show_keys(self, settings: Settings, book: Codebook | None) -> None:
        """Show the keys, with those of a book's codes; None where no session is open."""
        self.keys.show_keys(settings.keys, book)

    def show_page(self, name: str) -> None:
        """Turn to a page by what it is called."""
        model, selection = self.pages.model(), self.pages.selectionModel()
        if model is not None and selection is not None:
            flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
            selection.setCurrentIndex(model.index(PAGES.index(name), 0), flag)
        self.search.clear()
        self._turn()

    def show_setting(self, name: str) -> None:
        """Turn to one setting, and have its field ready to be changed."""
        self.show_page(shown_settings(Settings())[name].page.value)
        field = self.rows.field(name)
        field.setFocus()
        if isinstance(area := self._stack.widget(0), QScrollArea):
            area.ensureWidgetVisible(field)

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        self.setStyleSheet(
            f"QLabel[quiet='true'] {{ color: {theme.text_muted.name()}; }}"
            f"QScrollArea, SettingsRows {{ background: {theme.background.name()}; border: none; }}"
            "QListView#pages { border: none; background: transparent; outline: none; }"
            f"QListView#pages::item {{ padding: 8px 12px; border-radius: {theme.radius}px; }}"
            f"QListView#pages::item:selected {{ background: {theme.selection.name()};"
            f"  color: {theme.text.name()}; }}"
            "QTableView::item { padding: 0 8px; border: none; }"
            f"QListView#pages:focus {{ border: 2px solid {theme.focus.name()};"
            f"  border-radius: {theme.radius}px; }}"
        )

    def _find(self, text: str) -> None:
        if not text.strip():
            self._turn()
            return
        self._stack.setCurrentIndex(0)
        self.not_found.setVisible(not self.rows.search(text))

    def _turn(self) -> None:
        name = PAGES[max(0, self.pages.currentIndex().row())]
        self.not_found.setVisible(False)
        self._stack.setCurrentIndex(1 if name == KEYS else 0)
        if name != KEYS:
            self.rows.show_page(Page(name))

    def _choose_page(self) -> None:
        if self.search.text():
            self.search.clear()
        self._turn()

    def _name(self) -> None:
        self.search.setPlaceholderText("Search settings")
        self.search.setAccessibleName("Search settings")
        self.search.setClearButtonEnabled(True)
        self.pages.setObjectName("pages")
        self.pages.setAccessibleName("Pages of the settings")
        self.pages.setModel(QStringListModel(list(PAGES), self))
        self.pages.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.not_found.setWordWrap(True)
        for button in (self.reset_all, self.reset_layout):
            button.setAutoDefault(False)

    def _lay_out(self) -> None:
        area = QScrollArea()
        area.setWidget(self.rows)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setAccessibleName("Settings")
        keys = QWidget()
        inside = QVBoxLayout(keys)
        inside.setContentsMargins(16, 16, 16, 16)
        inside.addWidget(self.keys)
        self._stack.addWidget(area)
        self._stack.addWidget(keys)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._side())
        row.addWidget(self._stack, 1)

    def _side(self) -> QWidget:
        side = QWidget()
        side.setFixedWidth(self.fontMetrics().averageCharWidth() * SIDE_SIGNS)
        column = QVBoxLayout(side)
        column.setContentsMargins(12, 12, 12, 12)
        for part in (self.search, self.not_found):
            column.addWidget(part)
        column.addWidget(self.pages, 1)
        for button in (self.reset_layout, self.reset_all):
            column.addWidget(button)
        return side

    def _connect(self) -> None:
        self.search.textChanged.connect(self._find)
        if (selection := self.pages.selectionModel()) is not None:
            selection.currentChanged.connect(lambda _now, _before: self._choose_page())
        self.rows.chosen.connect(self.chosen)
        self.keys.chosen.connect(self.keys_chosen)
        self.reset_all.clicked.connect(self.rows.reset_all)
        self.reset_layout.clicked.connect(self.layout_reset_asked)
