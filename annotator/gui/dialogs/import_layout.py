"""The parts of the window of an import and their places in it; layout only."""

from __future__ import annotations

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QFont
from PyQt6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from annotator.gui.dialogs.import_choosing import PickDelegate, PickTable
from annotator.gui.dialogs.import_contents import ContentsPage
from annotator.gui.dialogs.import_models import TiersModel
from annotator.gui.dialogs.import_remarks import RemarksView
from annotator.gui.dialogs.import_table import TablePage
from annotator.gui.dialogs.import_words import ENCODINGS, USES
from annotator.gui.dialogs.pieces import (
    BETWEEN,
    EDGE,
    button_row,
    paragraph,
    prepare,
    resize_within,
)
from annotator.gui.dialogs.tabs import bar_style
from annotator.gui.panels.labels import dress_quiet
from annotator.gui.theme import Theme

SIZE = (900, 680)
USE, TABLE_HEIGHT, GOING = 3, 130, 6
TIERS_HINT = (
    "The last column says what each tier is taken for: click it, or press Return, to choose."
)
MORE, LESS, STOP = "More…", "Less", "Stop reading"
TIERS_NAME = "What each tier is taken for; Return opens the choice"
TAKE_OVER, TAKE_OVER_SHORT = "Take over into this session", "Take over here"
NO_REMARKS = "Everything in the file comes along as it is."


class ImportParts:
    """How the file is read at the top, pages of what that gives beneath."""

    def __init__(self, dialog: QDialog, theme: Theme) -> None:
        self.form_box, self.session_box = QComboBox(), QComboBox()
        self.coder, self.as_tags = QLineEdit(), QCheckBox("Take the cues for tags")
        self.more, self.encoding_box, self.rate = QPushButton(MORE), QComboBox(), QLineEdit()
        self.summary, self.trouble = paragraph(""), paragraph("")
        self.stop_row, self.stop_button, self._going = QWidget(), QPushButton(STOP), QProgressBar()
        self.tabs, self.pages = QTabBar(), QStackedWidget()
        self.contents = ContentsPage(theme)
        self.tiers, self.tier_lines = PickTable(TIERS_NAME, 0, 2), TiersModel(dialog)
        self.table, self.table_area = TablePage(theme), QScrollArea()
        self.remarks = RemarksView(theme, "What did not come along, and what to know", NO_REMARKS)
        self.take_button = QPushButton(TAKE_OVER)
        self.make_button = QPushButton("Make a new session…")
        self.cancel_button = QPushButton("Cancel")
        self.body, self.head, self._rest = QWidget(), QWidget(), QWidget()
        self._tiers_hint = QLabel(TIERS_HINT)
        self._delegate = PickDelegate("This tier is", _uses, theme, self.tiers)
        self.tier_page = self._made_tier_page(theme)
        self.places: list[QWidget] = []
        self._prepare()
        self._lay_out(dialog, theme)
        self.set_theme(theme)
        resize_within(dialog, theme.px(SIZE[0]), theme.px(SIZE[1]))

    def show_pages(self, titles: list[tuple[QWidget, str]]) -> None:
        """Show these pages under these titles; the one that was in front stays there."""
        front = self.front
        self.tabs.blockSignals(True)
        while self.tabs.count():
            self.tabs.removeTab(0)
        for _, title in titles:
            self.tabs.addTab(title)
        self.places = [page for page, _ in titles]
        self.tabs.blockSignals(False)
        self.show_page(front if front in self.places else self.places[0])

    def show_body(self, *, there: bool) -> None:
        """Show the pages, or leave their room free where there are none."""
        self.body.setVisible(there)
        self._rest.setVisible(not there)

    @property
    def front(self) -> QWidget | None:
        """The page that is in front; None before there is one."""
        place = self.tabs.currentIndex()
        return self.places[place] if 0 <= place < len(self.places) else None

    def show_page(self, page: QWidget) -> None:
        """Bring a page to the front."""
        self.tabs.setCurrentIndex(self.places.index(page))
        self.pages.setCurrentWidget(page)

    def show_more(self, *, more: bool) -> None:
        """Offer what few files need, or put it away."""
        self.more.setText(LESS if more else MORE)
        self.more.setChecked(more)
        for part in self._seldom:
            part.setVisible(more)

    def emphasise(self, button: QPushButton) -> None:
        """Make a button the one that most people want."""
        for one in (self.take_button, self.make_button):
            font = QFont(one.font())
            is_main = one is button
            font.setWeight(QFont.Weight.DemiBold if is_main else QFont.Weight.Normal)
            one.setFont(font)  # its look is bold: let its size know
            one.setDefault(is_main)

    def fit_buttons(self, width: int, make: str, make_short: str) -> None:
        """Let the buttons say less, one after the other, where there is no room for all of it.

        `make` is what the one for new sessions says, and what where it has to be short.
        """
        buttons = (self.cancel_button, self.make_button, self.take_button)
        says = ((TAKE_OVER, make), (TAKE_OVER_SHORT, make), (TAKE_OVER_SHORT, make_short))
        for take, new in says:
            self.take_button.setText(take)
            self.make_button.setText(new)
            needed = sum(one.sizeHint().width() for one in buttons if not one.isHidden())
            if needed + 2 * EDGE + 2 * BETWEEN <= width:
                return

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        self.table.table.setMinimumHeight(theme.px(TABLE_HEIGHT))
        for page in (self.contents, self.table, self.remarks):
            page.set_theme(theme)
        self._delegate.set_theme(theme)
        dress_quiet(self._tiers_hint, theme)
        self.tabs.setStyleSheet(bar_style(theme))
        self._going.setStyleSheet(_going_style(theme))
        self._going.setFixedHeight(theme.px(GOING))
        self.trouble.setStyleSheet(f"color: {theme.danger.name()};")

    def _made_tier_page(self, theme: Theme) -> QWidget:
        page = QWidget()
        self._tiers_hint.setWordWrap(True)
        self.tiers.setModel(self.tier_lines)
        self.tiers.setItemDelegateForColumn(USE, self._delegate)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.spacing_small)
        column.addWidget(self._tiers_hint)
        column.addWidget(self.tiers, 1)
        return page

    def _made_summary_row(self, theme: Theme) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.spacing)
        row.addWidget(self.summary, 1)
        row.addWidget(self.more, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _made_stop_row(self, theme: Theme) -> QWidget:
        row = QHBoxLayout(self.stop_row)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.spacing)
        row.addWidget(self._going, 1, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.stop_button)
        self.stop_row.hide()
        return self.stop_row

    def _prepare(self) -> None:
        self._going.setRange(0, 0)  # how much there is shows when it has been read
        self._going.setTextVisible(False)
        self._going.setAccessibleName("The file is being read")
        self.stop_button.setAutoDefault(False)
        self.stop_button.setToolTip("What was shown before comes back")
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setAccessibleName("Pages of the import")
        self.coder.setPlaceholderText("unknown")
        self.coder.setToolTip("Who coded, where the file does not tell")
        self.as_tags.setToolTip("Where subtitles hold codes, and not what was said")
        for box in (self.form_box, self.session_box):
            box.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            box.setMinimumContentsLength(14)
        self.form_box.setPlaceholderText("– choose –")
        self.more.setCheckable(True)
        self.more.setAccessibleName("More about how the file is read")
        self.more.setToolTip("The file's encoding, and how many frames a second has")
        self.more.setAutoDefault(False)
        self.more.clicked.connect(lambda on: self.show_more(more=on))
        for value, words in ENCODINGS.items():
            self.encoding_box.addItem(words, value)
        self.encoding_box.setToolTip("Where letters look wrong, the file is in another encoding")
        self.rate.setPlaceholderText("as the file tells")
        self.rate.setToolTip("For files that count frames and do not say how many a second has")
        self.table_area.setWidget(self.table)
        self.table_area.setWidgetResizable(True)
        self.table_area.setFrameShape(QScrollArea.Shape.NoFrame)
        self.table_area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for page in (self.contents, self.tier_page, self.table_area, self.remarks):
            self.pages.addWidget(page)

    def _lay_out(self, dialog: QDialog, theme: Theme) -> None:
        self.rows = prepare(dialog, "Import", "interchange")
        fields = QGridLayout(self.head)
        fields.setContentsMargins(0, 0, 0, 0)
        fields.setHorizontalSpacing(theme.spacing)
        fields.setVerticalSpacing(theme.spacing_small)
        self.session_label = QLabel("Session")
        encoding, rate = QLabel("Encoding"), QLabel("Frames a second")
        for place, (label, part) in enumerate(
            (
                (QLabel("Read as"), self.form_box),
                (QLabel("Coder, if not told"), self.coder),
                (encoding, self.encoding_box),
                (rate, self.rate),
                (self.session_label, self.session_box),
            )
        ):
            label.setBuddy(part)
            fields.addWidget(label, place // 2, 2 * (place % 2))
            fields.addWidget(part, place // 2, 2 * (place % 2) + 1)
        fields.addWidget(self.as_tags, 2, 2, 1, 2)
        self._seldom = (encoding, self.encoding_box, rate, self.rate)
        self.show_more(more=False)
        fields.setColumnStretch(1, 3)
        fields.setColumnStretch(3, 2)
        inner = QVBoxLayout(self.body)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(theme.spacing_small)
        inner.addWidget(self.tabs)
        inner.addWidget(self.pages, 1)
        self.rows.addWidget(self.head)
        self.rows.addLayout(self._made_summary_row(theme))
        self.rows.addWidget(self._made_stop_row(theme))
        self.rows.addWidget(self.trouble)
        self.rows.addWidget(self.body, 1)
        self.rows.addWidget(self._rest, 1)
        self.show_body(there=False)
        quiet = (self.cancel_button, self.make_button)
        self.rows.addLayout(button_row(quiet, self.take_button))


def _going_style(theme: Theme) -> str:
    round_by = f"border-radius: {theme.px(GOING) // 2}px;"
    return (
        f"QProgressBar {{ background: {theme.line.name()}; border: none; {round_by} }}"
        f"QProgressBar::chunk {{ background: {theme.accent.name()}; {round_by} }}"
    )


def _uses() -> list[tuple[str, str]]:
    return [(one.value, words) for one, words in USES.items()]
