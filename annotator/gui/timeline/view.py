"""The timeline's widget: shows lanes, tags and playhead, and turns gestures into signals."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import QAbstractScrollArea, QWidget

from annotator.editing.marking import RunningSpan
from annotator.gui.theme import Theme
from annotator.model.change import Change
from annotator.model.session import Session
from annotator.model.time import Micros


class TimelineView(QAbstractScrollArea):
    """Lanes of tags under a time ruler."""

    seek_requested = pyqtSignal(object)
    tag_activated = pyqtSignal(str)
    tag_retimed = pyqtSignal(str, object, object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def set_theme(self, theme: Theme) -> None:
        """Wear another theme."""
        self._theme = theme

    def show_session(self, session: Session | None, pass_id: str) -> None:
        """Show a pass."""

    def apply_changes(self, session: Session, changes: tuple[Change, ...]) -> None:
        """Follow changes."""

    def set_frame_times(self, frame_times: Sequence[Micros]) -> None:
        """Take the frames' times."""

    def set_position(self, position: Micros) -> None:
        """Move the playhead."""

    def set_playing(self, playing: bool) -> None:  # noqa: FBT001 a slot
        """Know whether the film plays."""

    def set_selected(self, tag_ids: frozenset[str]) -> None:
        """Outline tags."""

    def set_running(self, running: tuple[RunningSpan, ...]) -> None:
        """Show stretches that run."""

    def zoom_in(self) -> None:
        """Zoom in."""

    def zoom_out(self) -> None:
        """Zoom out."""

    def zoom_to_all(self) -> None:
        """Show all."""
