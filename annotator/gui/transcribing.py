"""Keeps the page of the transcript true to session and film, and changes cues by edits."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PyQt6.QtCore import QObject, pyqtSignal

from annotator.editing import transcripts as edits
from annotator.editing.edit import Edit
from annotator.editing.hand import speaker_of
from annotator.errors import AnnotatorError
from annotator.gui.document import Document
from annotator.gui.main_window import MainWindow
from annotator.gui.panels.transcript import TranscriptPage
from annotator.gui.player.player import Player
from annotator.gui.questions import Questions
from annotator.gui.tasks import SerialWorker
from annotator.gui.theme import Theme
from annotator.model.change import Change, CueChange, Member, MemberChange
from annotator.model.codebook import CodeKind
from annotator.model.consent_rules import called as who_is
from annotator.model.counts import counted
from annotator.model.stamps import new_id
from annotator.model.time import Interval, from_clock
from annotator.model.transcript import Cue, Transcript
from annotator.model.words import Selection, WordPlace, selected, word_at
from annotator.storage.interchange.plain_text import called
from annotator.storage.interchange.report import ForeignFileError
from annotator.storage.interchange.transcripts import (
    ImportedTranscript,
    read_transcript,
    write_transcript,
)
from annotator.storage.paths import SESSION_ENDING


class Transcribing(QObject):
    """Imports, shows, corrects and exports the transcript of the open session."""

    said = pyqtSignal(str)
    refused = pyqtSignal(str)

    def __init__(
        self,
        window: MainWindow,
        player: Player,
        questions: Questions,
        otherwise: Callable[[str], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._otherwise = otherwise
        self._window, self._player, self._questions = window, player, questions
        self.page = TranscriptPage(window.theme)
        self._document: Document | None = None
        self._edited = ""
        self._worker = SerialWorker("transcripts", self)
        window.parts.side.add_page(self.page, "Transcript")
        self._bind()
        self._connect()

    @property
    def transcript(self) -> Transcript | None:
        """The transcript that is shown: the one that came last; None where there is none."""
        shown = self._document.session.transcripts if self._document is not None else ()
        return shown[-1] if shown else None

    def follow(self, document: Document | None) -> None:
        """Serve this session from now on; none where None."""
        self._document = document
        self._close_editor()
        self.page.show_remarks(())
        self.page.show_transcript(None, {})
        if document is not None:
            document.changed.connect(self._follow_changes)
        self._show()
        self.page.follow_film()

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        self.page.set_theme(theme)

    def close(self) -> None:
        """End the background thread."""
        self._worker.close()

    def press(self, code_id: str) -> None:
        """Tag the selected words with a code whose key was pressed; mark the film if none are."""
        chosen = self._selected_words()
        if chosen is None or self._document is None:
            self._otherwise(code_id)
        else:
            self._do(lambda document: self._tag(document, code_id, chosen))

    def import_file(self, path: Path) -> None:
        """Read a file in the background and add it to the session as one step."""
        document = self._document
        if document is None:
            return
        if document.read_only_reason:
            self.refused.emit(document.read_only_reason)
            return
        self._worker.submit(
            partial(read_transcript, path, new_id()),
            partial(self._take_import, document),
            self._refuse_import,
        )

    def _bind(self) -> None:
        bind = self._window.actions_table.bind
        bind("import_transcript", self._ask_import)
        bind("export_transcript", partial(self._ask_export, codes=False))
        bind("export_transcript_codes", partial(self._ask_export, codes=True))
        bind("find_in_transcript", self._find)
        bind("previous_cue", partial(self._step, -1))
        bind("next_cue", partial(self._step, 1))

    def _connect(self) -> None:
        page = self.page
        page.import_asked.connect(self._ask_import)
        page.dropped.connect(self.import_file)
        page.view.sought.connect(self._seek)
        page.view.edit_asked.connect(self._edit)
        page.editor.kept.connect(self._keep_edited)
        page.editor.left.connect(self._close_editor)
        page.editor.split_asked.connect(self._split)
        page.editor.merge_asked.connect(self._merge)
        self._player.position_changed.connect(page.show_moment)

    def _show(self) -> None:
        document = self._document
        people = document.session.participants if document is not None else ()
        self.page.show_transcript(self.transcript, {one.id: one.label for one in people})
        self.page.show_moment(self._player.position)

    def _follow_changes(self, changes: tuple[Change, ...]) -> None:
        ours = (Member.TRANSCRIPT, Member.PARTICIPANT)
        if any(
            isinstance(one, CueChange) or (isinstance(one, MemberChange) and one.member in ours)
            for one in changes
        ):
            self._show()
            if self._edited and self._cue(self._edited) is None:
                self._close_editor()

    def _ask_import(self) -> None:
        if self._document is not None and (path := self._questions.choose_transcript()):
            self.import_file(path)

    def _take_import(self, document: Document, found: ImportedTranscript) -> None:
        if document is not self._document:
            return  # another session is open by now
        made = edits.participants_by_label(document.session, found.transcript)
        told = [*found.report.lines(), *edits.beyond_film(document.session, made)]
        told += [f"{one} F2 on a cue says it." for one in edits.unassigned(made)]
        self._push(document, edits.add_transcript(document.session, made))
        if self.transcript is None or self.transcript.id != made.id:
            return
        self.page.show_remarks(told)
        self._window.parts.side.show_page(self.page)
        self.page.view.setFocus()
        count = counted(len(made.cues), "cue")
        are = "is" if len(told) == 1 else "are"
        remarks = f" {counted(len(told), 'remark')} {are} listed below it." if told else ""
        self.said.emit(f"Imported {count} from {made.source}.{remarks}")

    def _refuse_import(self, error: AnnotatorError) -> None:
        if isinstance(error, ForeignFileError) and error.problems:
            self.page.show_remarks(error.problems)
            self._window.parts.side.show_page(self.page)
        self.refused.emit(str(error))

    def _ask_export(self, *, codes: bool) -> None:
        document, transcript = self._document, self.transcript
        if document is None or transcript is None:
            self.refused.emit("This session has no transcript. Import one first.")
            return
        name = document.path.name.removesuffix(SESSION_ENDING)
        place = self._questions.choose_transcript_place(document.path.with_name(f"{name}.vtt"))
        if place is None:
            return
        people = document.session.participants
        names = {one.id: one.id if codes else one.label or one.id for one in people}
        work = partial(_write, place, called(transcript, names))
        self._worker.submit(work, self.said.emit, lambda error: self.refused.emit(str(error)))

    def _find(self) -> None:
        self._window.parts.side.show_page(self.page)
        self.page.begin_search()

    def _step(self, step: int) -> None:
        cues, here = self.page.model.cues, self._player.position
        row = self.page.model.row_at(here)
        row += step
        if 0 <= row < len(cues):
            self._seek(row)

    def _seek(self, row: int) -> None:
        self._player.seek(self.page.model.cues[row].start)
        self.page.view.setCurrentIndex(self.page.model.index(row))
        self.page.follow_film()

    def _selected_words(self) -> Selection | None:
        marked, transcript = self.page.view.marked, self.transcript
        if marked is None or transcript is None or not self.page.view.hasFocus():
            return None
        places = (WordPlace(self.page.model.cues[row].id, word) for row, word in marked)
        return selected(transcript, *places)

    def _tag(self, document: Document, code_id: str, chosen: Selection) -> None:
        code = next((one for one in document.session.codebook.codes if one.id == code_id), None)
        if code is None:
            return
        if why_not := document.why_no_tagging:
            raise AnnotatorError(why_not)
        stretch = chosen.interval
        if code.kind is CodeKind.POINT:
            stretch = Interval(stretch.start, stretch.start)
        person = chosen.participant or speaker_of(code, document.session)
        document.add_tag(code.id, stretch, person)
        self.page.view.forget_words()
        guess = " Its time is estimated." if chosen.is_estimated else ""
        self.said.emit(f"Tagged “{_short(chosen.text)}” as {code.name}.{guess}")

    def _cue(self, cue_id: str) -> Cue | None:
        return self.transcript.cue(cue_id) if self.transcript is not None else None

    def _edit(self, row: int) -> None:
        if self._document is not None and self._document.read_only_reason:
            self.refused.emit(self._document.read_only_reason)
            return
        cue = self.page.model.cues[row]
        self._edited = cue.id
        self.page.leave_film()
        self.page.view.go_to(row)
        session = self._document.session if self._document is not None else None
        people = session.participants if session is not None else ()
        named = [(one.id, f"{who_is(one)} ({one.role.value})") for one in people]
        self.page.editor.show_cue(cue, named, may_merge=row + 1 < len(self.page.model.cues))

    def _keep_edited(self) -> None:
        if self._store_edited():
            self._close_editor()

    def _store_edited(self) -> bool:
        """Keep what was typed as one step; False where that is not possible, which is told."""
        document, transcript, cue = self._document, self.transcript, self._cue(self._edited)
        if document is None or transcript is None or cue is None:
            return False
        try:
            edit = _assigned(document, _typed(document, transcript, cue, self.page), self.page)
            if edit.changes:
                document.push(edit)
        except (AnnotatorError, ValueError) as error:
            self.page.editor.show_trouble(str(error))
            return False
        return True

    def _close_editor(self) -> None:
        was_open, self._edited = bool(self._edited), ""
        self.page.editor.hide()
        if was_open:
            self.page.view.setFocus()

    def _split(self, letters: int) -> None:
        text = self.page.editor.text.toPlainText()
        word = len(text[:letters].split()) if letters < len(text) else word_at(text, letters)
        if word is None or not self._store_edited():
            return
        self._reshape(
            lambda document, one, cue: edits.split_cue(
                document.session, one.id, cue, word, new_id()
            )
        )

    def _merge(self) -> None:
        if not self._store_edited():
            return
        row = self.page.model.row_of(self._edited)
        cues = self.page.model.cues[row : row + 2]
        self._reshape(lambda document, one, _cue: edits.merge_cues(document.session, one.id, cues))

    def _reshape(self, make: Callable[[Document, Transcript, Cue], Edit]) -> None:
        document, transcript, cue = self._document, self.transcript, self._cue(self._edited)
        if document is None or transcript is None or cue is None:
            return
        try:
            document.push(make(document, transcript, cue))
        except AnnotatorError as error:
            self.page.editor.show_trouble(str(error))
            return
        self._close_editor()

    def _push(self, document: Document, edit: Edit) -> None:
        self._do(lambda _document: document.push(edit))

    def _do(self, act: Callable[[Document], None]) -> None:
        if self._document is None:
            return
        try:
            act(self._document)
        except AnnotatorError as error:
            self.refused.emit(str(error))


def _typed(document: Document, transcript: Transcript, cue: Cue, page: TranscriptPage) -> Edit:
    """Make one edit of all that was typed; what was not touched stays to the microsecond."""
    session, typed, shown = document.session, page.editor.words, page.editor.shown
    new = cue
    parts: list[Edit] = []

    def take(edit: Edit) -> None:
        nonlocal new
        for change in edit.changes:
            if isinstance(change, CueChange) and change.after is not None:
                new = change.after
        parts.append(edit)

    if typed.text != shown.text:
        take(edits.set_cue_text(session, transcript.id, new, typed.text))
    if typed.speaker != shown.speaker:
        take(edits.set_cue_speaker(session, transcript.id, new, typed.speaker))
    if (typed.start, typed.end) != (shown.start, shown.end):
        start = new.start if typed.start == shown.start else from_clock(typed.start)
        end = new.end if typed.end == shown.end else from_clock(typed.end)
        take(edits.retime_cue(session, transcript.id, new, start, end))
    if new == cue:
        return Edit("correct cue", ())
    label = parts[0].label if len(parts) == 1 else "correct cue"
    return Edit(label, (CueChange(transcript.id, cue, new),))


def _assigned(document: Document, typed: Edit, page: TranscriptPage) -> Edit:
    """Make one edit of what was typed and of who the speaker is said to be."""
    now, speaker = page.editor.words, " ".join(page.editor.words.speaker.split())
    if now.person == page.editor.shown.person or not speaker:
        return typed
    told = edits.assign_everywhere(typed.apply(document.session), speaker, now.person)
    label = typed.label if typed.changes else told.label
    return Edit(label, (*typed.changes, *told.changes))


def _write(place: Path, transcript: Transcript) -> str:
    """Write a file as its name tells; gives what to say of it."""
    report = write_transcript(place, transcript)
    lost = "" if report.is_lossless else f" Left out: {report.lines()[0]}."
    return f"The transcript was written to {place}.{lost}"


def _short(text: str, longest: int = 40) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1]}…"
