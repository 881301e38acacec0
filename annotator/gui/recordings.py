"""Adds, removes, aligns and adjusts a session's recordings, with the window that shows them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject, QTimer, pyqtSignal

from annotator import editing
from annotator.errors import AnnotatorError
from annotator.gui import dialogs
from annotator.gui.dialogs.recordings_words import file_name, offset_text
from annotator.gui.document import Document
from annotator.gui.main_window import MainWindow
from annotator.gui.player.deck import Deck
from annotator.gui.player.player import Player
from annotator.gui.questions import Questions
from annotator.gui.tasks import SerialWorker, Watcher
from annotator.jobs.prepare import prepare_recording
from annotator.model.change import Change, Member, MemberChange
from annotator.model.recording import Listening, Look, Recording, RecordingRole
from annotator.model.time import Micros
from annotator.storage.paths import recording_path

if TYPE_CHECKING:
    from annotator.gui.dialogs import RecordingsWindow
    from annotator.media.align import Alignment

HAND_RESTS_MS = 400
_NOTABLE_DRIFT = 10  # millionths: 36 ms in an hour


class Recordings(QObject):
    """Keeps player and window true to the session's recordings, and changes them by edits.

    `reopen_needed` comes when the files to be played are others than those that are open.
    """

    reopen_needed = pyqtSignal()
    changed = pyqtSignal()
    doing = pyqtSignal(str)  # what is being done, empty when that is over
    said = pyqtSignal(str)
    refused = pyqtSignal(str)

    def __init__(
        self, window: MainWindow, player: Player, questions: Questions, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._player = player
        self._questions = questions
        self._document: Document | None = None
        self._dialog: RecordingsWindow | None = None
        self._solo = ""
        self._watcher: Watcher | None = None
        self._worker = SerialWorker("recordings", self)
        self._framing = QTimer(self)
        self._framing.setSingleShot(True)
        self._framing.timeout.connect(self._keep_framing)
        player.decks.opened.connect(self._set_up)
        player.decks.joined.connect(self._set_up)
        player.decks.opened.connect(lambda _deck: self._show())
        window.parts.picture.look_changed.connect(self._take_framing)
        window.actions_table.bind("recordings", self.show_window)
        window.actions_table.bind("add_recording", self._add)

    def follow(self, document: Document | None) -> None:
        """Serve this session from now on; none where None."""
        self._cancel()
        self._framing.stop()
        self._document = document
        if self._dialog is not None:
            self._dialog.hear_all()
        if document is not None:
            document.changed.connect(self._follow_changes)
        elif self._dialog is not None:
            self._dialog.hide()
        self._show()

    def show_window(self) -> None:
        """Show the recordings in a window of their own."""
        if self._document is None:
            return
        self._made_dialog().show()
        self._show()
        self._made_dialog().raise_()
        self._made_dialog().activateWindow()

    def close(self) -> None:
        """End the background thread."""
        self._cancel()
        self._worker.close()

    @property
    def _recordings(self) -> tuple[Recording, ...]:
        return self._document.session.recordings if self._document is not None else ()

    def _find(self, recording_id: str) -> Recording | None:
        return next((one for one in self._recordings if one.id == recording_id), None)

    def _made_dialog(self) -> RecordingsWindow:
        if self._dialog is None:
            self._dialog = self._connected(
                dialogs.RecordingsWindow(self._window.theme, self._window)
            )
        return self._dialog

    def _connected(self, dialog: RecordingsWindow) -> RecordingsWindow:
        decks = self._player.decks
        dialog.add_requested.connect(self._add)
        dialog.remove_requested.connect(self._remove)
        dialog.lead_requested.connect(decks.promote)
        dialog.role_changed.connect(self._set_role)
        dialog.offset_changed.connect(self._set_offset)
        dialog.align_requested.connect(self._align)
        dialog.align_cancelled.connect(self._cancel)
        dialog.listening_changed.connect(self._set_listening)
        dialog.listening_tried.connect(self._try_listening)
        dialog.solo_changed.connect(self._set_solo)
        dialog.look_changed.connect(self._set_look)
        dialog.look_tried.connect(decks.set_look)
        return dialog

    def _set_up(self, deck: Deck) -> None:
        """Let a recording that was just opened look and sound as the session says."""
        recording = self._find(deck.key)
        if recording is not None:
            deck.set_look(recording.look)
            self._player.decks.set_gain(deck.key, self._gain(recording))

    def _gain(self, recording: Recording) -> float:
        if self._solo:
            return recording.listening.volume if recording.id == self._solo else 0.0
        return 0.0 if recording.listening.muted else recording.listening.volume

    def _follow_changes(self, changes: tuple[Change, ...]) -> None:
        mine = [
            change
            for change in changes
            if isinstance(change, MemberChange) and change.member is Member.RECORDING
        ]
        if not mine:
            return
        if any(_needs_reopening(change) for change in mine):
            self.reopen_needed.emit()
        for recording in self._recordings:
            self._player.decks.set_offset(recording.id, recording.offset)
            self._player.decks.set_look(recording.id, recording.look)
            self._player.decks.set_gain(recording.id, self._gain(recording))
        self._show()

    def _show(self) -> None:
        self.changed.emit()
        if self._dialog is None or self._document is None:
            return
        lead = self._player.lead.key if self._player.lead is not None else ""
        self._dialog.show_recordings(self._recordings, lead)
        self._dialog.set_read_only(self._document.read_only_reason)

    def _change(self, recording_id: str, make: Callable[[Recording], Recording]) -> None:
        """Change one recording by an edit, and show again what is true where that is refused."""
        recording, document = self._find(recording_id), self._document
        if recording is None or document is None or make(recording) == recording:
            return
        edit = editing.replace_recording(document.session, recording, make(recording))
        try:
            document.push(edit)
        except AnnotatorError as error:
            self.refused.emit(str(error))
            self._set_up_again(recording)

    def _set_up_again(self, recording: Recording) -> None:
        self._player.decks.set_look(recording.id, recording.look)
        self._player.decks.set_gain(recording.id, self._gain(recording))
        self._show()

    def _set_role(self, recording_id: str, role: RecordingRole) -> None:
        self._change(recording_id, lambda one: replace(one, role=role))

    def _set_offset(self, recording_id: str, offset: Micros) -> None:
        self._change(recording_id, lambda one: replace(one, offset=offset))

    def _set_listening(self, recording_id: str, listening: Listening) -> None:
        self._change(recording_id, lambda one: replace(one, listening=listening))

    def _set_look(self, recording_id: str, look: Look) -> None:
        self._change(recording_id, lambda one: replace(one, look=look))

    def _try_listening(self, recording_id: str, listening: Listening) -> None:
        recording = self._find(recording_id)
        if recording is not None:
            gain = self._gain(replace(recording, listening=listening))
            self._player.decks.set_gain(recording_id, gain)

    def _set_solo(self, recording_id: str) -> None:
        """Hear one recording alone, until the coder ends it: the foot of the window says so."""
        self._solo = recording_id
        one = self._find(recording_id)
        self._window.parts.status.show_only(file_name(one) if one is not None else "")
        for recording in self._recordings:
            self._player.decks.set_gain(recording.id, self._gain(recording))

    def _take_framing(self, look: Look) -> None:
        """Keep the zoom and place that the hand chose on the leading picture, once it rests."""
        lead = self._player.lead
        if lead is not None:
            framed = replace(lead.look, zoom=look.zoom, across=look.across, down=look.down)
            lead.set_look(framed)
            self._framing.start(HAND_RESTS_MS)

    def _keep_framing(self) -> None:
        lead = self._player.lead
        if lead is not None:
            self._set_look(lead.key, lead.look)

    def _remove(self, recording_id: str) -> None:
        recording, document = self._find(recording_id), self._document
        if recording is None or document is None:
            return
        if len(self._recordings) == 1:
            self.refused.emit("A session needs at least one recording. Add another one first.")
            return
        self._push(lambda: editing.remove_recording(document.session, recording))

    def _add(self) -> None:
        document = self._document
        path = self._questions.choose_recording() if document is not None else None
        if path is None or document is None:
            return
        self.doing.emit(f"Reading {path.name}…")
        self._worker.submit(
            partial(prepare_recording, path, document.path.parent),
            partial(self._added, document),
            self._refuse,
        )

    def _added(self, document: Document, recording: Recording) -> None:
        self.doing.emit("")
        if document is not self._document:
            return
        known = next((one for one in self._recordings if _same_file(one, recording)), None)
        if known is not None:
            self.refused.emit(f"“{Path(recording.path).name}” is part of the session already.")
            return
        self._push(lambda: editing.add_recording(document.session, recording))

    def _push(self, make: Callable[[], editing.Edit]) -> None:
        if self._document is None:
            return
        try:
            self._document.push(make())
        except AnnotatorError as error:
            self.refused.emit(str(error))

    def _align(self, recording_id: str) -> None:
        """Find the offset of a recording by its sound, compared with the first one's."""
        document, recording = self._document, self._find(recording_id)
        if document is None or recording is None or recording is self._recordings[0]:
            return
        self._cancel()
        first = self._recordings[0]
        watcher = Watcher(self)
        watcher.told.connect(partial(self._tell_align, watcher, recording_id))
        self._watcher = watcher
        self._worker.submit(
            partial(_aligned, document.path, first, recording, watcher),
            partial(self._take_alignment, watcher, first, recording_id),
            partial(self._refuse_alignment, watcher, recording_id),
        )

    def _tell_align(self, watcher: Watcher, recording_id: str, fraction: float, _text: str) -> None:
        if watcher is self._watcher and self._dialog is not None:
            self._dialog.show_align(recording_id, f"Listening… {fraction:.0%}", running=True)

    def _take_alignment(
        self, watcher: Watcher, first: Recording, recording_id: str, found: Alignment
    ) -> None:
        if watcher is not self._watcher:
            return
        self._watcher = None
        offset = Micros(first.offset + found.offset)
        self._set_offset(recording_id, offset)
        told = f"{offset_text(offset)} s. {_how_sure(found)}"
        self._made_dialog().show_align(recording_id, told, running=False)

    def _refuse_alignment(self, watcher: Watcher, recording_id: str, error: AnnotatorError) -> None:
        if watcher is self._watcher:
            self._watcher = None
            self._made_dialog().show_align(recording_id, str(error), running=False)

    def _cancel(self) -> None:
        if self._watcher is not None:
            self._watcher.cancel()

    def _refuse(self, error: AnnotatorError) -> None:
        self.doing.emit("")
        self.refused.emit(str(error))


def _needs_reopening(change: MemberChange) -> bool:
    """Tell whether other files are to be played than before, or another track of one."""
    before, after = change.before, change.after
    if not isinstance(before, Recording) or not isinstance(after, Recording):
        return True
    return (before.path, before.listening.track) != (after.path, after.listening.track)


def _same_file(one: Recording, other: Recording) -> bool:
    return one.fingerprint == other.fingerprint


def _aligned(
    session_path: Path, first: Recording, second: Recording, watcher: Watcher
) -> Alignment:
    """Listen to both, in the background; what hears sound is loaded here."""
    choice = import_module("annotator.media.align").SoundChoice
    a, b = (
        choice(recording_path(session_path, one), one.listening.track) for one in (first, second)
    )
    found: Alignment = import_module("annotator.jobs.align").align(a, b, watcher)
    return found


def _how_sure(found: Alignment) -> str:
    told = f"{found.agree} of {found.stretches} stretches agree."
    if abs(found.drift) < _NOTABLE_DRIFT:
        return told
    per_hour = found.drift * 3600 / 1_000_000
    return f"{told} Its clock drifts by {per_hour:+.2f} s an hour."
