"""Tells the person what is going on: title bar, status line and notices."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import QObject

from annotator.gui.document import Document, SaveState
from annotator.gui.main_window import MainWindow
from annotator.gui.panels.notices import NoticeKind
from annotator.gui.player.player import Player

_IN_TITLE = {
    SaveState.SAVED: "saved",
    SaveState.JOURNALLED: "saved to journal",
    SaveState.WRITING: "saving…",
    SaveState.FAILED: "NOT SAVED",
    SaveState.READ_ONLY: "read-only",
}


class Showing(QObject):
    """Keeps the words on the window true."""

    def __init__(self, window: MainWindow, player: Player, parent: QObject) -> None:
        super().__init__(parent)
        self._window = window
        self._document: Document | None = None
        self._trouble = ""
        player.failed.connect(self.refuse)
        player.notice.connect(self.warn)
        player.sound.problem_changed.connect(window.parts.status.show_sound)

    def follow(self, document: Document | None) -> None:
        """Speak of this session from now on; of none where None."""
        self._document, self._trouble = document, ""
        self._window.parts.notices.clear()
        self._show_state()
        if document is None:
            return
        document.state_changed.connect(self._show_state)
        document.pass_changed.connect(self._show_state)
        document.trouble.connect(self._show_trouble)
        document.saved.connect(self._end_trouble)
        for notice in document.notices:
            self.warn(notice)
        self._say_who_else_coded(document)
        if document.read_only_reason:
            self._show_read_only(document.read_only_reason)

    def _say_who_else_coded(self, document: Document) -> None:
        others = tuple(dict.fromkeys(one.coder for one in document.session.passes))
        if document.coding_pass is None and others:
            self.tell(
                f"You code this session anew as {document.coder}. The tags of "
                f"{_coders(others)} can be looked at by choosing them above the table."
            )

    def refuse(self, text: str) -> None:
        """Say why something was not done."""
        self._window.parts.notices.show_notice(NoticeKind.WARNING, text, key="refused")

    def warn(self, text: str) -> None:
        """Say what the person should know; it stays until she puts it away."""
        self._window.parts.notices.show_notice(NoticeKind.WARNING, text)

    def tell(self, text: str) -> None:
        """Say something in passing."""
        self._window.parts.notices.show_notice(NoticeKind.INFO, text)

    def show_doing(self, what: str) -> None:
        """Show what is being done, until it is done: empty."""
        if what:
            self._window.parts.notices.show_notice(NoticeKind.INFO, what, key="doing")
        else:
            self._window.parts.notices.dismiss("doing")

    def _show_state(self) -> None:
        document = self._document
        if document is None:
            self._window.setWindowTitle("annotator")
            return
        state = document.state
        reason = self._trouble if state is SaveState.FAILED else document.read_only_reason
        self._window.parts.status.show_state(state, reason)
        words = (document.session.title, f"coder {document.coder}", _IN_TITLE[state])
        self._window.setWindowTitle(" · ".join(words) + " — annotator")

    def _show_trouble(self, text: str) -> None:
        self._trouble = text
        self._show_state()
        actions = self._window.actions_table.by_id
        self._window.parts.notices.show_notice(
            NoticeKind.DANGER,
            f"{text} Your work is kept in this window.",
            actions=(actions["save_as"], actions["save"]),
            key="trouble",
        )

    def _end_trouble(self) -> None:
        self._trouble = ""
        self._window.parts.notices.dismiss("trouble")
        self._window.parts.notices.dismiss("read-only")

    def _show_read_only(self, reason: str) -> None:
        actions = self._window.actions_table.by_id
        self._window.parts.notices.show_notice(
            NoticeKind.WARNING, reason, actions=(actions["save_as"],), key="read-only"
        )


def _coders(names: Sequence[str]) -> str:
    *first, last = names
    return f"coders {', '.join(first)} and {last}" if first else f"coder {last}"
