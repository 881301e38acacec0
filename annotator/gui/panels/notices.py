"""Slim bars above the film that say what happened, and stay as long as it matters."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from PyQt6.QtCore import QSize, Qt, QTimer, pyqtSignal
from PyQt6.QtGui import QAction, QColor
from PyQt6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from annotator.gui.icons import icon
from annotator.gui.theme import Theme, tinted

INFO_STAYS_MS = 8000
ICON = QSize(18, 18)
GROUND_SHARE = 0.13


class NoticeKind(Enum):
    """How much a notice matters; its value names its icon."""

    INFO = "info"
    WARNING = "warning"
    DANGER = "danger"


class NoticeBar(QWidget):
    """The notices that are shown now, the newest at the bottom; takes no room when empty."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._notices: dict[str, Notice] = {}
        self._made = 0
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.setVisible(False)

    @property
    def texts(self) -> tuple[str, ...]:
        """What the notices shown say, from the top down."""
        return tuple(one.text for one in self._notices.values())

    def show_notice(
        self,
        kind: NoticeKind,
        text: str,
        actions: Sequence[QAction] = (),
        key: str | None = None,
    ) -> str:
        """Show a notice with buttons for actions; one of the same key is replaced.

        An information goes by itself after a while, unless it has buttons; the rest stays until
        it is dismissed. The same text without a key is shown once. Returns the notice's key.
        """
        name = key or self._same(kind, text) or self._new_key()
        self.dismiss(name)
        notice = Notice(kind, text, actions, self._theme)
        notice.dismissed.connect(lambda: self.dismiss(name))
        self._notices[name] = notice
        self._rows.addWidget(notice)
        self.setVisible(True)
        notice.start()
        return name

    def dismiss(self, key: str) -> None:
        """Take a notice away; nothing happens where there is none of this key."""
        notice = self._notices.pop(key, None)
        if notice is not None:
            notice.hide()
            self._rows.removeWidget(notice)
            notice.deleteLater()
        self.setVisible(bool(self._notices))

    def clear(self) -> None:
        """Take all notices away."""
        for key in tuple(self._notices):
            self.dismiss(key)

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        self._theme = theme
        for notice in self._notices.values():
            notice.set_theme(theme)

    def _same(self, kind: NoticeKind, text: str) -> str | None:
        shown = self._notices.items()
        return next((key for key, one in shown if (one.kind, one.text) == (kind, text)), None)

    def _new_key(self) -> str:
        self._made += 1
        return f"notice-{self._made}"


class Notice(QFrame):
    """One bar: an icon, what happened, what can be done about it, and a cross."""

    dismissed = pyqtSignal()

    def __init__(
        self, kind: NoticeKind, text: str, actions: Sequence[QAction], theme: Theme
    ) -> None:
        super().__init__()
        self.kind = kind
        self.text = text
        self.buttons = tuple(self._made(action) for action in actions)
        self.setObjectName("notice")
        self.setAccessibleName(f"{kind.value.capitalize()}: {text}")
        self._icon, self._label, self._cross = QLabel(), QLabel(text), QToolButton()
        self._cross.setAccessibleName("Dismiss this notice")
        self._cross.setToolTip("Dismiss")
        self._cross.clicked.connect(self.dismissed)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(INFO_STAYS_MS)
        self._timer.timeout.connect(self.dismissed)
        self._lay_out(theme)
        self.set_theme(theme)

    @property
    def goes_by_itself(self) -> bool:
        """Whether the notice goes without being dismissed."""
        return self.kind is NoticeKind.INFO and not self.buttons

    def start(self) -> None:
        """Begin the time after which the notice goes, where it does."""
        if self.goes_by_itself:
            self._timer.start()

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        colour = self._colour(theme)
        ground = tinted(colour, theme, GROUND_SHARE).name()
        self.setStyleSheet(
            f"#notice {{ background: {ground}; border-left: 4px solid {colour.name()}; }}"
        )
        self._icon.setPixmap(icon(self.kind.value, colour).pixmap(ICON))
        self._cross.setIcon(icon("close", theme.text))

    def _colour(self, theme: Theme) -> QColor:
        match self.kind:
            case NoticeKind.INFO:
                return theme.info
            case NoticeKind.WARNING:
                return theme.warning
            case NoticeKind.DANGER:
                return theme.danger

    def _made(self, action: QAction) -> QPushButton:
        button = QPushButton(action.text())
        button.setToolTip(action.toolTip())
        button.setEnabled(action.isEnabled())
        button.clicked.connect(action.trigger)
        action.enabledChanged.connect(button.setEnabled)
        return button

    def _lay_out(self, theme: Theme) -> None:
        self._label.setWordWrap(True)
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.spacing, theme.spacing_tiny, theme.spacing_small, 4)
        row.setSpacing(theme.spacing)
        row.addWidget(self._icon)
        row.addWidget(self._label, 1)
        for button in self.buttons:
            row.addWidget(button)
        row.addWidget(self._cross)
