"""Other sessions whose clips come into a pack too, so that it compares therapists."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from PyQt6.QtCore import QAbstractListModel, QModelIndex, QObject, Qt, pyqtSignal
from PyQt6.QtWidgets import QAbstractItemView, QHBoxLayout, QListView, QVBoxLayout, QWidget

from annotator.gui.clips.choices import Source, Writes
from annotator.gui.dialogs.pieces import paragraph
from annotator.gui.dialogs.recordings_pieces import push_button
from annotator.gui.panels.labels import dress_quiet
from annotator.gui.questions import Questions
from annotator.gui.theme import Theme

OTHERS = "Clips of other sessions too"
OTHERS_HINT = (
    "What is chosen here is chosen in them as well; each is judged by its own consents and has "
    "its own log."
)
ADD, REMOVE = "Add…", "Remove"
OF_TAGS_OR_TRAY = "Only tags by their codes, or the clips of trays, can be of several sessions."
NO_REEL = "A reel is made of clips of one session; write each clip as a file instead."
HEIGHT = 66
NO_PARENT = QModelIndex()
_Role = Qt.ItemDataRole


def why_none(source: Source, writes: Writes) -> str:
    """Say why clips of other sessions cannot come along; empty where they can."""
    if writes is not Writes.EACH:
        return NO_REEL
    return "" if source in {Source.TAGS, Source.KEPT} else OF_TAGS_OR_TRAY


class SessionsModel(QAbstractListModel):
    """One row a session file: its name, and its whole path where that is asked for."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.paths: tuple[Path, ...] = ()

    def show_paths(self, paths: Iterable[Path]) -> None:
        """Show these files."""
        self.beginResetModel()
        self.paths = tuple(paths)
        self.endResetModel()

    def rowCount(self, parent: QModelIndex = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.paths)

    def data(self, index: QModelIndex, role: int = _Role.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self.paths):
            return None
        path = self.paths[index.row()]
        return {_Role.DisplayRole: path.name, _Role.ToolTipRole: str(path)}.get(_Role(role))


class OtherSessions(QWidget):
    """Tells whenever the list is another, and when more are wanted."""

    changed = pyqtSignal()
    add_asked = pyqtSignal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.model, self.list = SessionsModel(self), QListView()
        self.heading, self.hint = paragraph(OTHERS), paragraph(OTHERS_HINT)
        self.add_button, self.remove_button = push_button(ADD), push_button(REMOVE)
        self._why = ""
        self._lay_out(theme)
        self.list.setModel(self.model)
        if (selection := self.list.selectionModel()) is not None:
            selection.selectionChanged.connect(lambda _now, _before: self._follow())
        self.add_button.clicked.connect(lambda _on: self.add_asked.emit())
        self.remove_button.clicked.connect(lambda _on: self.remove())
        self.set_theme(theme)
        self._follow()

    @property
    def paths(self) -> tuple[Path, ...]:
        """The session files that come along; none where they cannot."""
        return () if self._why else self.model.paths

    def ask(self, questions: Questions, own: Path) -> None:
        """Let sessions come along that a person chooses; `own` is the open one, which does."""
        found = questions.choose_other_sessions(own.parent)
        self.take(path for path in found if path.resolve() != own.resolve())

    def take(self, paths: Iterable[Path]) -> None:
        """Let these sessions come along too; one that is there already is there once."""
        found = {path.resolve(): path for path in (*self.model.paths, *paths)}
        self._show(tuple(found.values()))

    def remove(self) -> None:
        """Let those that are selected not come along."""
        rows = {index.row() for index in self.list.selectedIndexes()}
        self._show([path for row, path in enumerate(self.model.paths) if row not in rows])

    def offer(self, why: str) -> None:
        """Let sessions be chosen, or say why not."""
        self._why = why
        self._follow()

    def forget(self) -> None:
        """Let none come along, as at first."""
        self.model.show_paths(())
        self._follow()

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        self.list.setFixedHeight(theme.px(HEIGHT))
        dress_quiet(self.hint, theme)

    def _show(self, paths: Sequence[Path]) -> None:
        if tuple(paths) != self.model.paths:
            self.model.show_paths(paths)
            self._follow()
            self.changed.emit()

    def _follow(self) -> None:
        can_be = not self._why
        self.list.setEnabled(can_be)
        self.add_button.setEnabled(can_be)
        self.remove_button.setEnabled(can_be and bool(self.list.selectedIndexes()))
        self.hint.setText(self._why or OTHERS_HINT)

    def _lay_out(self, theme: Theme) -> None:
        self.list.setAccessibleName(OTHERS)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.add_button.setAccessibleName("Add other sessions")
        self.remove_button.setAccessibleName("Remove the selected sessions")
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.spacing_small)
        buttons.addWidget(self.add_button)
        buttons.addWidget(self.remove_button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.spacing_small)
        column.addWidget(self.heading)
        column.addWidget(self.list)
        column.addLayout(buttons)
        column.addWidget(self.hint)
