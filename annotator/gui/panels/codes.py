"""The codes at the side of the film, as buttons in the groups and order of the codebook."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from itertools import groupby

from PyQt6.QtCore import QEvent, QObject, QPoint, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QAction
from PyQt6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from annotator.editing.marking import RunningSpan
from annotator.editing.ways import USUAL_WAYS, Ways
from annotator.gui.panels.book_footer import BookFooter
from annotator.gui.panels.code_button import ROOMY, CodeButton
from annotator.gui.panels.code_menus import GroupHeading, way_menu
from annotator.gui.panels.definition_card import DefinitionCard
from annotator.gui.panels.labels import dress_quiet
from annotator.gui.panels.second_bar import SecondBar
from annotator.gui.theme import Theme
from annotator.model.change import Change, MemberChange, TagChange
from annotator.model.codebook import Code, Codebook
from annotator.model.coding import CodingPass, Tag
from annotator.model.time import Micros

NOTHING_OPEN = "Open a film to see the codes here."
NO_CODES = "This codebook has no codes yet."
PREFERRED_WIDTH = 260
BETWEEN_BUTTONS = 2
HEADING_HEIGHT = 28


class CodesPanel(QWidget):
    """Codes as buttons; each press triggers the code's action."""

    way_asked = pyqtSignal(str, str)  # code id, a way or BY_KIND
    exclusive_asked = pyqtSignal(str)  # id of the group to be turned

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Codes")
        self._theme = theme
        self._buttons: dict[str, CodeButton] = {}
        self._headings: list[GroupHeading] = []
        self._hints: list[QLabel] = []
        self._list = QWidget()
        self._rows = QVBoxLayout(self._list)
        self._rows.setSpacing(BETWEEN_BUTTONS)
        self._rows.setContentsMargins(4, 4, 4, 4)
        self._scroll = QScrollArea()
        self._ways = USUAL_WAYS
        self.second = SecondBar(theme)
        self.definition = DefinitionCard(theme)
        self.footer = BookFooter(theme)
        self._lay_out()
        self.show_codebook(None, {})

    def show_codebook(self, book: Codebook | None, code_actions: Mapping[str, QAction]) -> None:
        """Make a button for each code of the book that has an action; None empties the panel."""
        self._empty()
        self.footer.show_book(book)
        codes = [code for code in book.codes if code.id in code_actions] if book else []
        if book is None or not codes:
            self._rows.addWidget(self._hint(NOTHING_OPEN if book is None else NO_CODES))
        else:
            for heading, members in grouped(book, codes):
                self._add_group(heading, members, code_actions)
        self.show_ways(self._ways)
        self._rows.addStretch(1)
        self._fit()

    def button(self, code_id: str) -> CodeButton | None:
        """Find the button of a code; None where the book has no such code."""
        return self._buttons.get(code_id)

    def show_counts(self, tags: Iterable[Tag]) -> None:
        """Count the tags of a pass afresh."""
        self.set_counts(Counter(tag.code for tag in tags))

    def set_counts(self, counts: Mapping[str, int]) -> None:
        """Show how often each code was used; a code not named was not."""
        for code_id, button in self._buttons.items():
            button.set_count(counts.get(code_id, 0))

    def apply_changes(self, changes: Sequence[Change], pass_id: str) -> None:
        """Follow changes of a pass without counting all of it again."""
        for code_id, difference in count_differences(changes, pass_id).items():
            button = self._buttons.get(code_id)
            if button is not None and difference:
                button.set_count(button.count + difference)

    def set_running(self, running: tuple[RunningSpan, ...], position: Micros) -> None:
        """Show which stretches run and how long, seen from the frame on screen."""
        starts = {span.code_id: span.start for span in running}
        for code_id, button in self._buttons.items():
            button.set_running(starts.get(code_id), position)

    def show_ways(self, ways: Ways) -> None:
        """Show how the keys mark: what of it is not as the codebook says."""
        self._ways = ways
        for button in self._buttons.values():
            button.show_way(ways.by_code.get(button.code.id))
        for heading in self._headings:
            heading.show_exclusive(exclusive=heading.group in ways.exclusive_groups)

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        self._theme = theme
        self.second.set_theme(theme)
        self.definition.set_theme(theme)
        for button in self._buttons.values():
            button.set_theme(theme)
        for heading in self._headings:
            heading.set_theme(theme)
        for hint in self._hints:
            dress_quiet(hint, theme)
        self.footer.set_theme(theme)

    def sizeHint(self) -> QSize:
        """Prefer this size."""
        return QSize(PREFERRED_WIDTH, 500)

    def minimumSizeHint(self) -> QSize:
        """Never be so narrow that names of codes cannot be told."""
        bar = self._scroll.verticalScrollBar()
        beside = bar.sizeHint().width() if bar is not None else 0
        width = self._list.minimumSizeHint().width() + beside
        return QSize(width, super().minimumSizeHint().height())

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        """Fit the buttons to the room that the list has got."""
        if event is not None and event.type() == QEvent.Type.Resize:
            self._fit()
        return super().eventFilter(watched, event)

    def _lay_out(self) -> None:
        self._scroll.setWidget(self._list)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        if (port := self._scroll.viewport()) is not None:
            port.installEventFilter(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._scroll, 1)
        layout.addWidget(self.definition)
        layout.addWidget(self.second)
        layout.addWidget(self.footer)

    def _empty(self) -> None:
        self._buttons, self._headings, self._hints = {}, [], []
        while (item := self._rows.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()

    def _add_group(
        self, heading: str, codes: Iterable[Code], actions: Mapping[str, QAction]
    ) -> None:
        codes = list(codes)
        if heading:
            self._rows.addWidget(self._heading(heading, codes[0].group))
        for code in codes:
            self._rows.addWidget(self._made(code, actions[code.id]))

    def _made(self, code: Code, action: QAction) -> CodeButton:
        button = CodeButton(code, self._theme)
        button.follow(action)
        button.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        button.customContextMenuRequested.connect(partial(self._ask_way, button))
        self._buttons[code.id] = button
        return button

    def _ask_way(self, button: CodeButton, at: QPoint) -> None:
        way = self._ways.by_code.get(button.code.id)
        menu = way_menu(self, way, partial(self.way_asked.emit, button.code.id))
        menu.popup(button.mapToGlobal(at))

    def _hint(self, text: str) -> QLabel:
        label = QLabel(text)
        label.setWordWrap(True)
        label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        label.setMinimumHeight(160)
        dress_quiet(label, self._theme)
        self._hints.append(label)
        return label

    def _heading(self, text: str, group: str) -> GroupHeading:
        heading = GroupHeading(text, group, self._theme)
        heading.setMinimumHeight(self._theme.px(HEADING_HEIGHT))
        heading.setContentsMargins(8, 8 if self._headings else 0, 0, 0)
        heading.turned.connect(self.exclusive_asked)
        self._headings.append(heading)
        return heading

    def _fit(self) -> None:
        """Draw the buttons closer together where all of them would not fit otherwise."""
        port = self._scroll.viewport()
        room = port.height() if port else 0
        px = self._theme.px
        headings = len(self._headings) * px(HEADING_HEIGHT)
        wanted = len(self._buttons) * (px(ROOMY) + BETWEEN_BUTTONS) + headings
        for button in self._buttons.values():
            button.set_compact(compact=wanted > room)


def grouped(book: Codebook, codes: Iterable[Code]) -> list[tuple[str, list[Code]]]:
    """Gather codes under the names of their groups, in the book's order of groups.

    Codes without a group come last, under "Other" where there are groups at all.
    """
    order = {group.id: place for place, group in enumerate(book.groups)}
    names = {group.id: group.name for group in book.groups}
    last = len(order)
    ranked = sorted(codes, key=lambda code: order.get(code.group, last))
    other = "Other" if any(code.group in order for code in ranked) else ""
    runs = groupby(ranked, key=lambda code: order.get(code.group, last))
    found = [list(members) for _, members in runs]
    return [(names.get(members[0].group, other), members) for members in found]


def count_differences(changes: Iterable[Change], pass_id: str) -> Counter[str]:
    """Count by code how many tags more (or fewer, below 0) a pass holds after changes."""
    counts: Counter[str] = Counter()
    for change in changes:
        if isinstance(change, TagChange) and change.pass_id == pass_id:
            gone, come = [change.before], [change.after]
        elif isinstance(change, MemberChange):
            gone, come = _tags_of(change.before, pass_id), _tags_of(change.after, pass_id)
        else:
            continue
        counts.update(tag.code for tag in come if tag is not None)
        counts.subtract(tag.code for tag in gone if tag is not None)
    return counts


def _tags_of(member: object, pass_id: str) -> list[Tag | None]:
    if isinstance(member, CodingPass) and member.id == pass_id:
        return list(member.tags)
    return []
