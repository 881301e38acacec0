"""Shows the recordings beside the leading one, lets another lead, and saves frames as pictures."""

from __future__ import annotations

from functools import partial
from importlib import import_module
from pathlib import Path

from PyQt6.QtCore import QObject, pyqtSignal

from annotator.errors import AnnotatorError
from annotator.gui.dialogs.recordings_words import ROLES, offset_text
from annotator.gui.main_window import MainWindow
from annotator.gui.player.deck import Deck
from annotator.gui.player.film import ShownFrame
from annotator.gui.player.picture import PictureView
from annotator.gui.player.player import Player
from annotator.gui.player.wall import Arrangement
from annotator.model.recording import Recording
from annotator.model.time import Micros

NOT_HERE = "No picture at this moment"


class Walling(QObject):
    """Follows the player's decks on the wall; captions stand there when there are several."""

    several_changed = pyqtSignal()
    said = pyqtSignal(str)
    refused = pyqtSignal(str)

    def __init__(self, window: MainWindow, player: Player, parent: QObject) -> None:
        super().__init__(parent)
        self._wall = window.parts.wall
        self._player = player
        self._recordings: tuple[Recording, ...] = ()
        self._session_path: Path | None = None
        player.decks.opened.connect(self._lay_out)
        player.decks.joined.connect(self._lay_out)
        player.decks.closed.connect(self._lay_out)
        player.decks.shown.connect(self._show)
        player.position_changed.connect(self._show_gaps)
        self._wall.lead_requested.connect(self._promote)
        bind = window.actions_table.bind
        bind("next_lead", lambda: self._promote(0))
        for action_id, arrangement in (
            ("wall_large", Arrangement.LARGE),
            ("wall_side", Arrangement.SIDE),
            ("wall_one", Arrangement.ONE),
        ):
            bind(action_id, partial(self._wall.arrange, arrangement))
        bind("snapshot", self._save_frame)

    @property
    def are_several(self) -> bool:
        """Whether there is more than one picture."""
        return len(self._with_picture) > 1

    def follow(self, recordings: tuple[Recording, ...], session_path: Path | None) -> None:
        """Name the pictures after these recordings; their frames are saved beside the session."""
        self._recordings, self._session_path = recordings, session_path
        self._lay_out()

    @property
    def _with_picture(self) -> list[Deck]:
        return [deck for deck in self._player.decks.all if deck.index is not None]

    @property
    def _others(self) -> list[Deck]:
        return [deck for deck in self._player.decks.others if deck.index is not None]

    def _recording(self, deck: Deck) -> Recording | None:
        return next((one for one in self._recordings if one.id == deck.key), None)

    def _views(self) -> list[tuple[Deck, PictureView]]:
        """Pair what has a picture with where it is shown, the leading one first."""
        lead = self._player.lead
        pairs = list(zip(self._others, self._wall.others, strict=False))
        return pairs if lead is None else [(lead, self._wall.lead), *pairs]

    def _lay_out(self) -> None:
        self._wall.show_others(len(self._others))
        for deck, view in self._views():
            view.set_caption(self._caption(deck) if self.are_several else "")
            view.set_look(deck.look)
            if deck.shown is not None:
                view.show_frame(deck.shown.image)
        self.several_changed.emit()

    def _caption(self, deck: Deck) -> str:
        recording = self._recording(deck)
        name = ROLES[recording.role] if recording is not None else deck.film.path.name
        return f"{name} · {offset_text(deck.offset)} s" if deck.offset else name

    def _show(self, deck: Deck, frame: ShownFrame) -> None:
        if deck is not self._player.lead:
            view = next((view for one, view in self._views() if one is deck), None)
            if view is not None:
                view.show_frame(frame.image)

    def _show_gaps(self, moment: Micros) -> None:
        """Say where a recording has no picture, and show it again where it has."""
        for deck, view in self._views():
            if deck.index is None:
                continue
            if not deck.covers(moment):
                if view.message != NOT_HERE:
                    view.show_message(NOT_HERE)
            elif view.message == NOT_HERE and deck.shown is not None:
                view.show_frame(deck.shown.image)

    def _promote(self, number: int) -> None:
        others = self._others
        if number < len(others):
            self._player.decks.promote(others[number].key)

    def _save_frame(self) -> None:
        lead, path = self._player.lead, self._session_path
        if lead is None or lead.shown is None or path is None:
            return
        save = partial(_saved_frame, lead, lead.shown.index, self._player.position, path)
        lead.worker.submit(save, self._saved, self._refuse)

    def _saved(self, path: Path) -> None:
        self.said.emit(f"The frame was saved as {path.name} in the session's folder.")

    def _refuse(self, error: AnnotatorError) -> None:
        self.refused.emit(str(error))


def _saved_frame(deck: Deck, index: int, moment: Micros, session_path: Path) -> Path:
    """Save a frame in the deck's own thread; what writes pictures is loaded there."""
    snapshot = import_module("annotator.jobs.snapshot")
    path: Path = snapshot.save_snapshot(deck.film.video, index, deck.look, moment, session_path)
    return path
