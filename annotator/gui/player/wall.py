"""Up to four pictures of one session, the one that is stepped through among them."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from itertools import pairwise

from PyQt6.QtCore import QRect, QSize, pyqtSignal
from PyQt6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PyQt6.QtWidgets import QWidget

from annotator.gui.player.picture import SMALLEST, USUAL, PictureView
from annotator.gui.theme import Theme

MOST_OTHERS = 3
GAP = 4
ROW = 2  # so many stand beside one another where the wall is shared evenly
SMALL_SHARE = 0.27  # of the wall's longer side, for those beside a large one


class Arrangement(Enum):
    """How several pictures share the wall."""

    LARGE = "One large, the others small"
    SIDE = "Side by side"
    ONE = "Only one"


class PictureWall(QWidget):
    """Holds the leading picture and those beside it; knows nothing of films.

    A double click on one of the others asks for it to lead.
    """

    lead_requested = pyqtSignal(int)  # which of the others, counted from 0
    lead_double_clicked = pyqtSignal()

    def __init__(self, lead: PictureView, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lead = lead
        self.arrangement = Arrangement.LARGE
        self._surround = theme.film_surround
        self._count = 0
        self.others = tuple(self._made(number, theme) for number in range(MOST_OTHERS))
        lead.setParent(self)
        lead.setMinimumSize(0, 0)
        lead.double_clicked.connect(self.lead_double_clicked)
        self.setMinimumSize(SMALLEST)
        self.setFocusProxy(lead)

    @property
    def shown(self) -> tuple[PictureView, ...]:
        """The others that have a place on the wall now."""
        return () if self.arrangement is Arrangement.ONE else self.others[: self._count]

    def show_others(self, count: int) -> None:
        """Make room for so many pictures beside the leading one, from 0 to 3."""
        self._count = min(max(count, 0), MOST_OTHERS)
        for view in self.others[self._count :]:
            view.clear()
        self._arrange()

    def arrange(self, arrangement: Arrangement) -> None:
        """Share the wall in another way."""
        self.arrangement = arrangement
        self._arrange()

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        self._surround = theme.film_surround
        for view in self.others:
            view.set_theme(theme)
        self.update()

    def sizeHint(self) -> QSize:
        return USUAL

    def paintEvent(self, _event: QPaintEvent | None) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._surround)

    def resizeEvent(self, _event: QResizeEvent | None) -> None:
        self._arrange()

    def _made(self, number: int, theme: Theme) -> PictureView:
        view = PictureView(theme, self)
        view.setMinimumSize(0, 0)
        view.setAccessibleName(f"Film {number + 2}")
        view.setVisible(False)
        view.double_clicked.connect(lambda: self.lead_requested.emit(number))
        view.jogged.connect(self.lead.jogged)
        return view

    def _arrange(self) -> None:
        shown = self.shown
        places = arranged(self.size(), len(shown), self.arrangement)
        self.lead.setGeometry(places[0])
        for view, place in zip(shown, places[1:], strict=True):
            view.setGeometry(place)
        for view in self.others:
            view.setVisible(view in shown)


def arranged(size: QSize, others: int, arrangement: Arrangement) -> Sequence[QRect]:
    """Give the places of the leading picture and of the others, in their order."""
    whole = QRect(0, 0, size.width(), size.height())
    if others == 0 or arrangement is Arrangement.ONE:
        return (whole, *(QRect() for _ in range(others)))
    if arrangement is Arrangement.SIDE:
        return _grid(whole, others + 1)
    return _beside(whole, others)


def _beside(whole: QRect, others: int) -> list[QRect]:
    """Give one large place, and small ones in a row along the longer side's end."""
    is_wide = whole.width() >= whole.height()
    longer = whole.width() if is_wide else whole.height()
    strip = round(longer * SMALL_SHARE)
    rest = longer - strip - GAP
    lead = QRect(0, 0, rest, whole.height()) if is_wide else QRect(0, 0, whole.width(), rest)
    across = whole.height() if is_wide else whole.width()
    small = [
        QRect(rest + GAP, begin, strip, length)
        if is_wide
        else QRect(begin, rest + GAP, length, strip)
        for begin, length in _shares(across, others)
    ]
    return [lead, *small]


def _grid(whole: QRect, count: int) -> list[QRect]:
    """Share the wall evenly: two beside or above one another, more in two rows of two."""
    is_wide = whole.width() >= whole.height()
    columns = ROW if is_wide or count > ROW else 1
    rows = -(-count // columns)
    across, down = _shares(whole.width(), columns), _shares(whole.height(), rows)
    cells = [QRect(x, y, width, height) for y, height in down for x, width in across]
    return cells[:count]


def _shares(length: int, count: int) -> list[tuple[int, int]]:
    """Cut a length into equal parts with gaps between: where each begins, how long it is."""
    edges = [round(number * (length + GAP) / count) for number in range(count + 1)]
    return [(begin, end - GAP - begin) for begin, end in pairwise(edges)]
