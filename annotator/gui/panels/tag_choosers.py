"""How a tag's code and participant are drawn and chosen from a list."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

from PyQt6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPointF,
    QSize,
    Qt,
    QTimer,
    pyqtSignal,
)
from PyQt6.QtGui import QColor, QIcon, QKeyEvent, QPainter, QPixmap
from PyQt6.QtWidgets import (
    QAbstractItemDelegate,
    QComboBox,
    QStyleOptionViewItem,
    QWidget,
)

from annotator.gui.panels.cell_pictures import DrawnOnce
from annotator.gui.panels.marks import CHIP_WIDTH, paint_chip
from annotator.gui.panels.tag_cells import Names, participant_words
from annotator.gui.panels.tags_model import Role
from annotator.gui.theme import Theme
from annotator.model.codebook import Code, CodeKind

CHIP_SIZE = QSize(int(CHIP_WIDTH) + 2, 16)
CHIP_SCALE = 2  # sharp on dense screens
NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of a chooser; `key` is a keyboard key that picks it, or empty."""

    value: str
    text: str
    icon: QIcon
    key: str = ""


class Chips:
    """The chips of codes as icons, each drawn once."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._icons: dict[tuple[str, CodeKind], QIcon] = {}

    def icon(self, code: Code) -> QIcon:
        """Give the chip of a code."""
        look = (code.colour, code.kind)
        if look not in self._icons:
            self._icons[look] = self._drawn(code)
        return self._icons[look]

    def _drawn(self, code: Code) -> QIcon:
        picture = QPixmap(CHIP_SIZE * CHIP_SCALE)
        picture.setDevicePixelRatio(CHIP_SCALE)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        middle = QPointF(CHIP_SIZE.width() / 2, CHIP_SIZE.height() / 2)
        paint_chip(painter, middle, QColor(code.colour), code.kind, self._theme)
        painter.end()
        icon = QIcon(picture)
        icon.addPixmap(picture, QIcon.Mode.Selected)  # Qt would tint it in a selected row
        return icon


def code_choices(names: Names, chips: Chips) -> list[Choice]:
    """List the codes of a session, each with its key, in the order of the codebook."""
    return [
        Choice(code.id, _with_key(code), chips.icon(code), code.key)
        for code in names.codes.values()
    ]


def participant_choices(names: Names) -> list[Choice]:
    """List the participants of a session after nobody."""
    people = names.participants.values()
    chosen = [Choice(one.id, participant_words(one), QIcon()) for one in people]
    return [Choice("", NOBODY, QIcon()), *chosen]


class Chooser(QComboBox):
    """A list that opens at once, and closes for good when something is chosen or not."""

    settled = pyqtSignal()

    def __init__(self, choices: Sequence[Choice], parent: QWidget | None) -> None:
        super().__init__(parent)
        self._places = {one.key.casefold(): place for place, one in enumerate(choices) if one.key}
        for one in choices:
            self.addItem(one.icon, one.text, one.value)
        self.setIconSize(CHIP_SIZE)
        self.setMaxVisibleItems(24)
        self.chosen = False
        self.activated.connect(self._choose)
        if (view := self.view()) is not None:
            view.installEventFilter(self)
        QTimer.singleShot(0, self.showPopup)

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        """Take a code's key as its choice, and the end of the list as the end of choosing."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            place = self._places.get(event.text().casefold())
            if place is not None:
                self._choose(place)
                return True
        if event is not None and event.type() == QEvent.Type.Hide:
            QTimer.singleShot(0, self._give_up)  # later: a choice may be what closed the list
        return super().eventFilter(watched, event)

    def _choose(self, place: int) -> None:
        if not self.chosen:
            self.chosen = True
            self.setCurrentIndex(place)
            self.hidePopup()
            self.settled.emit()

    def _give_up(self) -> None:
        if not self.chosen:
            self.settled.emit()


class ChoiceDelegate(DrawnOnce):
    """Edits a cell by choosing from a list, and draws a code's chip where `chips` are given."""

    def __init__(
        self,
        name: str,
        choices: Callable[[], Sequence[Choice]],
        parent: QObject,
        chips: Chips | None = None,
    ) -> None:
        super().__init__(parent)
        self._name = name
        self._choices = choices
        self._chips = chips

    def look_of(self, index: QModelIndex) -> Hashable:
        """Give what decides how a cell looks: its words, and its chip."""
        code = index.data(Role.CODE) if self._chips is not None else None
        chip = (code.colour, code.kind) if isinstance(code, Code) else None
        return (super().look_of(index), chip)

    def initStyleOption(self, option: QStyleOptionViewItem | None, index: QModelIndex) -> None:
        """Prepare how the cell is drawn."""
        super().initStyleOption(option, index)
        code = index.data(Role.CODE)
        if option is None or self._chips is None or not isinstance(code, Code):
            return
        option.features |= QStyleOptionViewItem.ViewItemFeature.HasDecoration
        option.icon = self._chips.icon(code)
        option.decorationSize = CHIP_SIZE

    def createEditor(
        self, parent: QWidget | None, _option: QStyleOptionViewItem, _index: QModelIndex
    ) -> QWidget:
        """Make the editor of a cell."""
        chooser = Chooser(self._choices(), parent)
        chooser.setAccessibleName(self._name)
        chooser.settled.connect(lambda: self._settle(chooser))
        return chooser

    def setEditorData(self, editor: QWidget | None, index: QModelIndex) -> None:
        """Begin at what the cell holds."""
        if isinstance(editor, Chooser):
            editor.setCurrentIndex(editor.findData(index.data(Qt.ItemDataRole.EditRole)))

    def setModelData(
        self, editor: QWidget | None, model: QAbstractItemModel | None, index: QModelIndex
    ) -> None:
        """Hand over what was chosen, if anything was."""
        if isinstance(editor, Chooser) and model is not None and editor.chosen:
            model.setData(index, editor.currentData())

    def _settle(self, chooser: Chooser) -> None:
        if chooser.chosen:
            self.commitData.emit(chooser)
        self.closeEditor.emit(chooser, QAbstractItemDelegate.EndEditHint.NoHint)


def _with_key(code: Code) -> str:
    return f"{code.name}   [{code.key.upper()}]" if code.key else code.name
