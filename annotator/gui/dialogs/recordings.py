"""The window of a session's recordings: where each begins, how it is heard and how it is seen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass

from PyQt6.QtCore import QItemSelectionModel, pyqtSignal
from PyQt6.QtGui import QKeyEvent, QKeySequence
from PyQt6.QtWidgets import QDialog, QWidget

from annotator.gui.dialogs.recordings_layout import RecordingsParts
from annotator.gui.dialogs.recordings_list import RecordingLine
from annotator.gui.dialogs.recordings_words import align_problem, facts_words, file_name
from annotator.gui.theme import Theme
from annotator.model.recording import Recording

PLACE_OF = QItemSelectionModel.SelectionFlag.ClearAndSelect


@dataclass(frozen=True, slots=True)
class AlignState:
    """What is told of aligning one recording."""

    text: str = ""
    running: bool = False


class RecordingsWindow(QDialog):
    """Stays beside the work; it asks for every change and shows what it is told.

    What slides is told twice: `..._tried` while it moves, `..._changed` once when the hand lets
    go and only where it differs from what was shown.
    """

    add_requested = pyqtSignal()
    remove_requested = pyqtSignal(str)  # recording id, as in all below
    lead_requested = pyqtSignal(str)
    role_changed = pyqtSignal(str, object)  # RecordingRole
    offset_changed = pyqtSignal(str, object)  # Micros
    align_requested = pyqtSignal(str)
    align_cancelled = pyqtSignal()
    listening_changed = pyqtSignal(str, object)  # Listening
    listening_tried = pyqtSignal(str, object)  # Listening
    solo_changed = pyqtSignal(str)  # empty where all are heard again
    look_changed = pyqtSignal(str, object)  # Look
    look_tried = pyqtSignal(str, object)  # Look

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("helpPage", "recordings")
        self._recordings: tuple[Recording, ...] = ()
        self._lead = self._solo = self._chosen_id = self._shown_id = ""
        self._aligning: dict[str, AlignState] = {}
        self._why_no_change = ""
        self.parts = RecordingsParts(self, theme)
        self._connect_list()
        self._connect_sections()
        self._show_chosen()

    @property
    def chosen(self) -> Recording | None:
        """The recording whose sections are shown; None where there is none."""
        return next((one for one in self._recordings if one.id == self._chosen_id), None)

    def show_recordings(self, recordings: Sequence[Recording], lead: str) -> None:
        """Show a session's recordings, the first of which its clock runs by.

        `lead` is the id of the one that is shown large. The chosen one stays chosen; one that
        was added is chosen, and where the chosen one has gone, the one in its place.
        """
        before = self._recordings
        self._recordings, self._lead = tuple(recordings), lead
        ids = [one.id for one in recordings]
        self._chosen_id = chosen_after([one.id for one in before], ids, self._chosen_id)
        self._aligning = {key: how for key, how in self._aligning.items() if key in ids}
        if self._solo and self._solo not in self._heard:
            self._set_solo("")
        self._show_list()
        self._show_chosen()
        self.parts.forget_others(frozenset(ids))

    def show_align(self, recording_id: str, text: str, *, running: bool) -> None:
        """Tell how aligning a recording stands; an empty text tells nothing."""
        self._aligning[recording_id] = AlignState(text, running)
        self._show_align()

    def hear_all(self) -> None:
        """Hear no recording alone any more."""
        self._set_solo("")

    def set_read_only(self, reason: str) -> None:
        """Allow looking only, for a reason that is shown; empty allows changes."""
        self._why_no_change = reason
        self.parts.set_read_only(reason)
        self._show_chosen()

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        self.parts.set_theme(theme)

    @property
    def _heard(self) -> tuple[str, ...]:
        """The recordings that can be heard alone: those with sound, where several have it."""
        ids = tuple(one.id for one in self._recordings if one.audio is not None)
        return ids if len(ids) > 1 else ()

    @property
    def _seen(self) -> tuple[str, ...]:
        """The recordings that can be shown large: those with a picture, where several have one."""
        ids = tuple(one.id for one in self._recordings if one.video is not None)
        return ids if len(ids) > 1 else ()

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        if event is not None and event.matches(QKeySequence.StandardKey.Delete):
            if self.parts.list.hasFocus():
                self.parts.remove.click()
            return
        super().keyPressEvent(event)

    def _connect_list(self) -> None:
        parts = self.parts
        if (selection := parts.list.selectionModel()) is not None:
            selection.currentChanged.connect(lambda index: self._choose(index.row()))
        parts.list.activated.connect(lambda _index: self._ask_to_lead())
        parts.add.clicked.connect(self.add_requested)
        parts.remove.clicked.connect(self._ask_to_remove)
        parts.large.clicked.connect(self._ask_to_lead)

    def _connect_sections(self) -> None:
        parts = self.parts
        for source, signal in (
            (parts.place.role_chosen, self.role_changed),
            (parts.place.offset_chosen, self.offset_changed),
            (parts.sound.listening_tried, self.listening_tried),
            (parts.sound.listening_chosen, self.listening_changed),
            (parts.picture.look_tried, self.look_tried),
            (parts.picture.look_chosen, self.look_changed),
        ):
            source.connect(self._passing_on(signal.emit))
        parts.place.align_wished.connect(lambda: self.align_requested.emit(self._chosen_id))
        parts.place.align_given_up.connect(self.align_cancelled)
        parts.sound.solo_chosen.connect(
            lambda checked: self._set_solo(self._chosen_id if checked else "")
        )

    def _passing_on(self, emit: Callable[[str, object], None]) -> Callable[[object], None]:
        return lambda value: emit(self._chosen_id, value)

    def _choose(self, row: int) -> None:
        if 0 <= row < len(self._recordings):
            self._chosen_id = self._recordings[row].id
            self._show_chosen()

    def _ask_to_remove(self) -> None:
        if self._chosen_id:
            self.remove_requested.emit(self._chosen_id)

    def _ask_to_lead(self) -> None:
        if self._chosen_id in self._seen and self._chosen_id != self._lead:
            self.lead_requested.emit(self._chosen_id)

    def _set_solo(self, recording_id: str) -> None:
        self._solo = recording_id
        self._show_list()
        self.solo_changed.emit(recording_id)

    def _show_list(self) -> None:
        parts = self.parts
        lines = [
            RecordingLine(
                one,
                leads=one.id == self._lead and one.id in self._seen,
                heard=one.audio is None or (not one.listening.muted and self._solo in {"", one.id}),
            )
            for one in self._recordings
        ]
        parts.model.show_lines(lines)
        with suppress(ValueError):
            row = parts.model.ids.index(self._chosen_id)
            if (selection := parts.list.selectionModel()) is not None:
                selection.setCurrentIndex(parts.model.index(row), PLACE_OF)

    def _show_chosen(self) -> None:
        parts, one = self.parts, self.chosen
        parts.show_which(
            one, is_led=self._chosen_id == self._lead, can_lead=self._chosen_id in self._seen
        )
        if self._shown_id != self._chosen_id:
            self._shown_id = self._chosen_id
            parts.forget_hands()  # or one that still drags would change another recording
        if one is None:
            return
        parts.name.show_name(file_name(one))
        parts.facts.setText(facts_words(one))
        parts.place.show_recording(one, is_first=one.id == self._recordings[0].id)
        alone, others = self._solo == one.id, one.id in self._heard
        parts.sound.show_recording(one, alone=alone, has_others=others)
        parts.picture.show_recording(one)
        self._show_align()

    def _show_align(self) -> None:
        if (one := self.chosen) is None:
            return
        state = self._aligning.get(one.id, AlignState())
        is_busy = any(how.running for how in self._aligning.values())
        why_not = align_problem(one, self._recordings[0], is_busy=is_busy)
        self.parts.place.show_align(state.text, why_not, running=state.running)


def chosen_after(before: Sequence[str], now: Sequence[str], chosen: str) -> str:
    """Tell which recording is chosen once there are others; empty where there are none."""
    added = [one for one in now if one not in before]
    if before and added and set(before) <= set(now):
        return added[-1]
    if chosen in now:
        return chosen
    place = before.index(chosen) if chosen in before else 0
    return now[min(place, len(now) - 1)] if now else ""
