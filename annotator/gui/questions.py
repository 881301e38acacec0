"""Every question the program may ask, in one place, so that a test can answer them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PyQt6.QtWidgets import QWidget

from annotator.editing.fates import TagsGo
from annotator.errors import AnnotatorError
from annotator.gui import dialogs
from annotator.jobs.prepare import prepare_recording
from annotator.jobs.relocate import recognise
from annotator.model.codebook import Codebook
from annotator.model.recording import Recording
from annotator.storage.books import file_name_of
from annotator.storage.paths import recording_path

if TYPE_CHECKING:
    from annotator.gui.dialogs import Candidate, Leave
    from annotator.gui.theme import Theme
    from annotator.model.certificate import Certificate


class Questions:
    """Asks by dialogs over the window, once `window` is set."""

    def __init__(self) -> None:
        self.window: QWidget | None = None
        self._folder: Path | None = None

    def choose_file(self) -> Path | None:
        """Ask for a film or session to open; None where she changed her mind."""
        folder = self._folder or dialogs.documents_folder()
        path = dialogs.choose_to_open(self.window, folder)
        if path is not None:
            self._folder = path.parent
        return path

    def choose_recording(self) -> Path | None:
        """Ask for a film or sound file to add; None where she changed her mind."""
        folder = self._folder or dialogs.documents_folder()
        path = dialogs.choose_recording(self.window, folder)
        if path is not None:
            self._folder = path.parent
        return path

    def choose_transcript(self) -> Path | None:
        """Ask for a transcript to import; None where she changed her mind."""
        folder = self._folder or dialogs.documents_folder()
        path = dialogs.choose_transcript(self.window, folder)
        if path is not None:
            self._folder = path.parent
        return path

    def choose_transcript_place(self, suggested: Path) -> Path | None:
        """Ask where a transcript shall go; None where nowhere."""
        return dialogs.choose_transcript_place(self.window, suggested)

    def choose_import(self, kinds: Sequence[tuple[str, tuple[str, ...]]]) -> Path | None:
        """Ask for a file to import, of these kinds or any; None where she changed her mind."""
        folder = self._folder or dialogs.documents_folder()
        path = dialogs.choose_import(self.window, folder, kinds)
        if path is not None:
            self._folder = path.parent
        return path

    def choose_new_session(self, suggested: Path) -> Path | None:
        """Ask where a session that is made of a foreign file shall go; None where nowhere."""
        return dialogs.choose_new_session(self.window, suggested)

    def choose_sessions_folder(self, suggested: Path) -> Path | None:
        """Ask in which folder several new sessions shall go; None where in none."""
        return dialogs.choose_sessions_folder(self.window, suggested)

    def choose_export_place(
        self, suggested: Path, title: str, suffixes: tuple[str, ...]
    ) -> Path | None:
        """Ask where a file of a foreign format shall go; None where nowhere.

        What is there already was agreed to be written over.
        """
        return dialogs.choose_export_place(self.window, suggested, title, suffixes)

    def choose_clips_folder(self, suggested: Path) -> Path | None:
        """Ask for the folder that clips go into; None where into none."""
        return dialogs.choose_clips_folder(self.window, suggested)

    def choose_clips_list(self) -> Path | None:
        """Ask for a list of stretches that become clips; None where for none."""
        return dialogs.choose_clips_list(self.window, self._folder or dialogs.documents_folder())

    def choose_other_sessions(self, start: Path) -> tuple[Path, ...]:
        """Ask for sessions whose clips come into a pack too; empty where none do."""
        return dialogs.choose_other_sessions(self.window, start)

    def open_outside(self, path: Path) -> bool:
        """Have the system open a folder or a page; False where it does not."""
        return dialogs.open_outside(path)

    def choose_session_place(self, wanted: Path, why: str) -> Path | None:
        """Ask where a session file shall go; None where nowhere."""
        return dialogs.ask_save_place(self.window, wanted, why)

    def ask_coder(self, coder: str) -> str:
        """Ask who is coding; empty where she would not say."""
        return dialogs.ask_coder(self.window, coder)

    def find_film(self, recording: Recording, session_path: Path) -> Recording | None:
        """Ask where a film is now; None where the session shall open without it."""

        def examine(path: Path) -> Candidate:
            return _examined(path, recording, session_path)

        expected = recording_path(session_path, recording)
        answer = dialogs.ask_for_film(self.window, recording, expected, examine)
        if answer is None:
            return None
        found = prepare_recording(answer.path, session_path.parent, offset=recording.offset)
        return replace(
            found,
            id=recording.id,
            role=recording.role,
            look=recording.look,
            listening=recording.listening,
            extra=recording.extra,
        )

    def leave_unsaved(self, why: str, unsaved_tags: int) -> Leave:
        """Ask what to do with work that the disk would not take."""
        return dialogs.ask_unsaved(self.window, why, unsaved_tags)

    def may_forget_sound(self, kept: str) -> bool:
        """Ask whether the kept drawings of sound shall go; `kept` says where and how much."""
        return dialogs.ask_to_forget_sound(self.window, kept)

    def may_replace_choice(self, name: str) -> bool:
        """Ask whether the choice of columns that is kept by a name shall be replaced."""
        return dialogs.ask_to_replace_choice(self.window, name)

    def may_accept_all(self, count: int, code: str) -> bool:
        """Ask whether so many proposals shall become tags of the code with this name."""
        return dialogs.ask_to_accept_all(self.window, count, code)

    def print_page(self, markdown: str) -> bool:
        """Ask for a printer and print a page; False where she changed her mind.

        Raises AnnotatorError where there is no printer.
        """
        return dialogs.print_page(markdown, self.window)

    def keep_page(self, markdown: str) -> Path | None:
        """Ask where a page shall be kept and write it there; None where nowhere.

        Raises AnnotatorError where it cannot be written.
        """
        path = dialogs.choose_file(self.window, self._folder or dialogs.documents_folder())
        if path is not None:
            dialogs.keep_page(markdown, path)
        return path

    def show_certificate(self, certificate: Certificate, name: str) -> str:
        """Show a certificate, to be printed or kept under a name like this; says what was done."""
        folder = self._folder or dialogs.documents_folder()
        suggested = folder / f"{name}.pdf"
        return dialogs.show_certificate(certificate, suggested, self.window)

    def may_withdraw(self, who: str, follows: str) -> bool:
        """Ask whether a participant has taken consent back; `follows` says what comes of it."""
        return dialogs.ask_to_withdraw(self.window, who, follows)

    def ask_where_tags_go(
        self, name: str, noun: str, count: int, targets: Sequence[tuple[str, str]]
    ) -> TagsGo | None:
        """Ask where so many tags or answers go; None where nothing is to be removed after all."""
        return dialogs.ask_fate(self.window, name, noun, count, targets)

    def choose_results_place(self, start: Path, *, figure: bool) -> Path | None:
        """Ask where results shall be kept; None where nowhere."""
        return dialogs.choose_results_place(self.window, start, figure=figure)

    def may_discard_draft(self) -> bool:
        """Ask whether changes to the codebook that were not applied shall be lost."""
        return dialogs.ask_to_discard_draft(self.window)

    def choose_codebook(self) -> Path | None:
        """Ask for a codebook's file; None where she changed her mind."""
        return dialogs.choose_codebook(self.window, self._folder or dialogs.documents_folder())

    def choose_codebook_place(self, book: Codebook) -> Path | None:
        """Ask where a codebook shall be written; None where nowhere."""
        folder = self._folder or dialogs.documents_folder()
        return dialogs.choose_codebook_place(self.window, folder / file_name_of(book))

    def measure_reaction(
        self, theme: Theme, old: float, device: str, volume: float
    ) -> float | None:
        """Measure a coder's delay in seconds; None where the old one is to stay."""
        tone = dialogs.open_tone(device, volume)
        return dialogs.measure_reaction(self.window, theme, old, tone)

    def show_about(self) -> None:
        """Tell what this program is."""
        dialogs.show_about(self.window)


def _examined(path: Path, wanted: Recording, session_path: Path) -> Candidate:
    try:
        if recognise(wanted, session_path, path) is not None:
            return dialogs.Candidate(dialogs.FilmMatch.SAME, wanted.duration)
        other = prepare_recording(path, session_path.parent)
    except AnnotatorError as error:
        return dialogs.Candidate(dialogs.FilmMatch.UNREADABLE, problem=str(error))
    return dialogs.Candidate(dialogs.FilmMatch.OTHER, other.duration)
