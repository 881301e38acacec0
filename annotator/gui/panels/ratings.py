"""The page of ratings: every question of the codebook, and the scores that follow."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from annotator.analysis.scoring import Scored
from annotator.gui.panels.labels import dress_heading, dress_quiet
from annotator.gui.panels.rating_card import RatingCard
from annotator.gui.theme import Theme
from annotator.model.codebook import RatingItem

NO_RATINGS = (
    "This codebook has no ratings. They are questions about the whole region, such as “how "
    "empathic was the therapist”. The editor of the codebook adds them."
)
NO_SESSION = "Open a session to rate it."


class RatingsPage(QScrollArea):
    """Shows cards, one below the other; knows nothing of the session."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.cards: dict[str, RatingCard] = {}
        self.progress, self.why_not, self.empty = QLabel(), QLabel(), QLabel(NO_SESSION)
        self.scores = QLabel()
        self._page = QWidget()
        self._column = QVBoxLayout(self._page)
        self._cards = QVBoxLayout()
        self._lay_out()
        self.set_theme(theme)
        self.show_items(None)

    def show_items(self, items: Sequence[RatingItem] | None) -> None:
        """Make a card for each rating that takes answers; None where no session is open."""
        for card in self.cards.values():
            card.hide()
            card.deleteLater()
        in_use = [item for item in items or () if not item.retired]
        self.cards = {item.id: RatingCard(item, self._theme) for item in in_use}
        for card in self.cards.values():
            self._cards.addWidget(card)
        self.empty.setText(NO_SESSION if items is None else NO_RATINGS)
        self.empty.setVisible(not in_use)
        for label in (self.progress, self.scores):
            label.setVisible(bool(in_use))

    def show_progress(self, rated: int, why_not: str) -> None:
        """Tell how many are rated, and why nothing can be changed, where that is so."""
        self.progress.setText(f"{rated} of {len(self.cards)} rated")
        self.why_not.setText(why_not)
        self.why_not.setVisible(bool(why_not) and bool(self.cards))

    def show_scores(self, scores: Sequence[Scored]) -> None:
        """Show the scores with their bands, and why one is not defined."""
        self.scores.setText("".join(_score_line(one) for one in scores))

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        self._theme = theme
        dress_heading(self.progress, theme)
        for label in (self.why_not, self.empty):
            dress_quiet(label, theme)
        for card in self.cards.values():
            card.set_theme(theme)

    def _lay_out(self) -> None:
        self.setWidget(self._page)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("Ratings")
        self.setProperty("helpPage", "coding")
        for label in (self.why_not, self.empty, self.scores):
            label.setWordWrap(True)
        self.scores.setTextFormat(Qt.TextFormat.RichText)
        self.scores.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._column.setContentsMargins(*([self._theme.spacing] * 4))
        self._column.setSpacing(self._theme.spacing)
        self._cards.setSpacing(self._theme.spacing)
        for label in (self.progress, self.why_not, self.empty):
            self._column.addWidget(label)
        self._column.addLayout(self._cards)
        self._column.addWidget(self.scores)
        self._column.addStretch(1)


def _score_line(one: Scored) -> str:
    score = one.score
    if one.value is None:
        said = f"not defined: {escape(one.why_not)}"
    else:
        unit = "" if not score.unit else (score.unit if score.unit == "%" else f" {score.unit}")
        band = f" · {one.band.name}" if one.band is not None else ""
        said = f"<b>{one.value:.3g}{escape(unit)}</b>{escape(band)}"
    note = f"<br><small>{escape(score.note)}</small>" if score.note and one.band is not None else ""
    return f"<p>{escape(score.name)}: {said}{note}</p>"
