"""The window of an import: how a file is read, what comes of it, and where that goes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtGui import QResizeEvent
from PyQt6.QtWidgets import QDialog, QLabel, QWidget

from annotator.editing.importing import ImportChoices, ImportPlan
from annotator.gui.dialogs.import_contents import SPEECH
from annotator.gui.dialogs.import_layout import ImportParts
from annotator.gui.dialogs.import_words import contents_words, counted, counts_words, session_words
from annotator.gui.theme import Theme
from annotator.model.session import Session
from annotator.storage.interchange.columns import TableColumns
from annotator.storage.interchange.interface import TierUse, Wishes
from annotator.storage.interchange.report import Report

if TYPE_CHECKING:
    from annotator.jobs.importing import Looked

OWN, OWN_TITLE = "annotator", "Session of annotator"
_ALL = -1


class ImportWindow(QDialog):
    """Asks for the file to be read, and for a plan, whenever something is chosen."""

    read_asked = pyqtSignal(str, object)  # id of the format, Wishes
    plan_asked = pyqtSignal()
    take_asked = pyqtSignal()
    make_asked = pyqtSignal()
    kept_chosen = pyqtSignal(str)  # the name of a choice of columns
    keep_asked = pyqtSignal(str, object)  # name, TableColumns
    stop_asked = pyqtSignal()
    left = pyqtSignal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.looked: Looked | None = None
        self.plan: ImportPlan | None = None
        self.path = Path()
        self.wishes = Wishes()
        self._busy = ""
        self._takes = False
        self._shown: tuple[Looked, Wishes] | None = None
        self.parts = ImportParts(self, theme)
        self._connect()

    @property
    def is_busy(self) -> bool:
        """Whether something is being read, worked out or made."""
        return bool(self._busy)

    @property
    def form_id(self) -> str:
        """The id of the format that the file is read as; empty where that is to be found out."""
        return self.parts.form_box.currentData() or ""

    @property
    def sessions(self) -> tuple[Session, ...]:
        """The sessions in the file."""
        read = self.looked.read if self.looked is not None else None
        return read.sessions if read is not None else ()

    @property
    def session(self) -> Session | None:
        """The one session that is chosen; None where all are, or where there is none."""
        place = self.parts.session_box.currentData()
        if len(self.sessions) == 1:
            return self.sessions[0]
        return self.sessions[place] if place is not None and place != _ALL else None

    @property
    def choices(self) -> ImportChoices:
        """What is chosen, for a session that takes it over."""
        return self.parts.contents.choices(self.path.name)

    @property
    def wanted(self) -> tuple[Session, ...]:
        """The sessions to be made, each with what is ticked of it."""
        ticked = self.parts.contents.ticks.chosen
        one = self.session
        if not self.sessions:
            return ()
        if one is None:
            return tuple(self.sessions[int(place)] for place in ticked)
        passes = tuple(each for each in one.passes if each.id in ticked)
        spoken = one.transcripts if SPEECH in ticked else ()
        if not passes and not spoken and (one.passes or one.transcripts):
            return ()
        return (replace(one, passes=passes, transcripts=spoken),)

    def begin(
        self,
        path: Path,
        forms: Sequence[tuple[str, str]],
        names: Mapping[str, str] | None,
        wishes: Wishes,
    ) -> None:
        """Begin with a file, of which nothing is known yet.

        `forms` are formats by id and title; `names` are the codes of the open session by id and
        name, None where none is open.
        """
        self.path, self.wishes, self.looked, self.plan = path, wishes, None, None
        self._takes, self._shown = names is not None, None
        parts = self.parts
        self.setWindowTitle(f"Import {path.name}")
        self._head.setText(path.name)
        parts.form_box.clear()
        for form_id, title in (*forms, (OWN, OWN_TITLE)):
            parts.form_box.addItem(title, form_id)
        parts.form_box.setCurrentIndex(-1)
        parts.coder.setText(wishes.coder)
        parts.as_tags.setChecked(wishes.as_tags)
        parts.encoding_box.setCurrentIndex(0)
        parts.rate.clear()
        parts.show_more(more=False)
        parts.session_box.clear()
        parts.contents.forget()
        parts.contents.show_names(names)
        parts.take_button.setVisible(self._takes)
        parts.emphasise(parts.take_button if self._takes else parts.make_button)

    def show_looked(self, looked: Looked) -> None:
        """Show what a file held, or why nothing could be taken from it."""
        is_first = self.looked is None
        self.looked, self.plan = looked, None
        self._shown = (looked, self.wishes)
        parts = self.parts
        parts.form_box.setCurrentIndex(parts.form_box.findData(looked.form_id))
        if looked.tiers:
            parts.tier_lines.show_tiers(looked.tiers)
        if looked.table is not None:
            parts.table.show_table(looked.table)
        self._list_sessions()
        parts.show_body(there=looked.read is not None or looked.table is not None)
        self._busy = ""
        self._show_session()
        self.show_trouble(looked.trouble)
        if looked.trouble:
            parts.show_more(more=True)
        self.set_busy("")
        if is_first and parts.places:
            parts.show_page(parts.places[0])

    def go_back(self) -> Looked | None:
        """Wish again for what was wished before the last reading; gives what that had shown."""
        if self._shown is None:
            return None
        looked, self.wishes = self._shown
        parts, columns = self.parts, self.wishes.columns
        encoding = (columns.encoding if columns is not None else "") or self.wishes.encoding
        parts.coder.setText(self.wishes.coder)
        parts.as_tags.setChecked(self.wishes.as_tags)
        parts.rate.setText(self.wishes.rate)
        parts.encoding_box.setCurrentIndex(max(0, parts.encoding_box.findData(encoding)))
        return looked

    def offer_to_stop(self) -> None:
        """Let what is being read be stopped."""
        self.parts.stop_row.setVisible(self.is_busy)

    def show_plan(self, plan: ImportPlan | None, trouble: str = "") -> None:
        """Show what would become of everything, or why nothing can be taken over."""
        self.plan = plan
        self.parts.contents.show_plan(plan)
        self.show_trouble(trouble)
        self._allow()

    def show_trouble(self, text: str) -> None:
        """Say what went wrong; nothing where empty."""
        self.parts.trouble.setText(text)
        self.parts.trouble.setVisible(bool(text))

    def set_busy(self, what: str) -> None:
        """Wait while something is done; empty where that is over."""
        self._busy = what
        if not what:
            self.parts.stop_row.hide()
        for part in (self.parts.head, self.parts.body):
            part.setEnabled(not what)
        self._summarise()
        self._allow()

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        self.parts.set_theme(theme)

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        self._fit_buttons()

    def reject(self) -> None:
        """Leave without taking anything over."""
        super().reject()
        self.left.emit()

    def wish(self, **changes: object) -> None:
        """Ask for the file to be read with other wishes."""
        make: Callable[..., Wishes] = replace
        wishes = make(self.wishes, **changes)
        if wishes != self.wishes:
            self.wishes = wishes
            self.read_asked.emit(self.form_id, wishes)

    @property
    def _head(self) -> QLabel:
        item = self.parts.rows.itemAt(0)
        label = item.widget() if item is not None else None
        return label if isinstance(label, QLabel) else QLabel()

    def _connect(self) -> None:
        parts = self.parts
        parts.form_box.activated.connect(self._read_as_another)
        parts.coder.editingFinished.connect(lambda: self.wish(coder=parts.coder.text().strip()))
        parts.as_tags.clicked.connect(lambda on: self.wish(as_tags=on))
        parts.encoding_box.activated.connect(lambda _place: self._take_encoding())
        parts.rate.editingFinished.connect(lambda: self.wish(rate=parts.rate.text().strip()))
        parts.session_box.activated.connect(lambda _place: self._show_session())
        parts.tabs.currentChanged.connect(self._turn)
        parts.contents.changed.connect(self._ask_for_plan)
        parts.tier_lines.picked_for.connect(self._take_tier)
        parts.table.changed.connect(self._take_columns)
        parts.table.kept_chosen.connect(self.kept_chosen)
        parts.table.keep_asked.connect(self.keep_asked)
        parts.take_button.clicked.connect(self.take_asked)
        parts.make_button.clicked.connect(self.make_asked)
        parts.cancel_button.clicked.connect(self.reject)
        parts.stop_button.clicked.connect(self.stop_asked)

    def _read_as_another(self) -> None:
        """Read anew; what was said of tiers and columns was said of the other format."""
        self.looked = None
        self.wishes = replace(self.wishes, tier_uses={}, columns=None)
        self.read_asked.emit(self.form_id, self.wishes)

    def _take_tier(self, name: str, use: TierUse) -> None:
        self.wish(tier_uses={**self.wishes.tier_uses, name: use})

    def _take_columns(self, columns: TableColumns) -> None:
        self.wish(columns=columns)

    def _take_encoding(self) -> None:
        encoding, columns = self.parts.encoding_box.currentData(), self.wishes.columns
        if columns is not None:
            columns = replace(columns, encoding=encoding)
        self.wish(encoding=encoding, columns=columns)

    def _turn(self, place: int) -> None:
        if 0 <= place < len(self.parts.places):
            self.parts.pages.setCurrentWidget(self.parts.places[place])

    def _list_sessions(self) -> None:
        box, count = self.parts.session_box, len(self.sessions)
        before = box.currentData() if box.count() == count + 1 else None
        box.clear()
        are_many = count > 1
        for part in (box, self.parts.session_label):
            part.setVisible(are_many)
        if not are_many:
            return
        box.addItem(f"All {count} sessions", _ALL)
        for place, one in enumerate(self.sessions):
            box.addItem(session_words(one), place)
        first = 0 if self._takes else _ALL
        box.setCurrentIndex(1 + (first if before is None else before))

    def _show_session(self) -> None:
        one = self.session
        if one is None:
            self.parts.contents.show_sessions(self.sessions)
        else:
            self.parts.contents.show_session(one)
        self._show_pages()
        self._ask_for_plan()

    def _ask_for_plan(self) -> None:
        self.plan = None
        self._allow()
        if self._takes and self.session is not None:
            self.plan_asked.emit()

    def _show_pages(self) -> None:
        looked, parts = self.looked, self.parts
        if looked is None:
            return
        imported = looked.read.imported if looked.read is not None else None
        report = imported.report if imported is not None else Report(0, 0)
        parts.remarks.show_report(report)
        pages: list[tuple[QWidget, str]] = []
        if looked.tiers:
            pages.append((parts.tier_page, f"Tiers ({len(looked.tiers)})"))
        if looked.table is not None:
            pages.append((parts.table_area, "Columns"))
        if looked.read is not None:
            pages.append((parts.contents, "Passes and codes"))
            count = len(report.remarks)
            pages.append((parts.remarks, f"Remarks ({count})" if count else "Remarks"))
        if pages:
            parts.show_pages(pages)
        has_speech_alone = not looked.tiers and looked.table is None
        has_speech_alone = has_speech_alone or self.wishes.as_tags
        spoken = any(one.transcripts for one in self.sessions) or self.wishes.as_tags
        parts.as_tags.setVisible(has_speech_alone and spoken and imported is not None)

    def _summarise(self) -> None:
        read = self.looked.read if self.looked is not None else None
        if self._busy or read is None:
            self.parts.summary.setText(self._busy)
        elif read.imported is not None:
            self.parts.summary.setText(counts_words(read.imported.report, read.imported.unit))
        elif self.sessions:
            self.parts.summary.setText(contents_words(self.sessions[0]))

    def _allow(self) -> None:
        parts, is_free = self.parts, not self._busy
        wanted = self.wanted if self.looked is not None else ()
        parts.take_button.setEnabled(is_free and self.plan is not None)
        several = self._takes and self.session is None and bool(self.sessions)
        parts.take_button.setToolTip("Choose one session of the file first" if several else "")
        parts.make_button.setEnabled(is_free and bool(wanted))
        self._fit_buttons()

    def _fit_buttons(self) -> None:
        wanted = self.wanted if self.looked is not None else ()
        if self.session is None and wanted:
            words = counted(len(wanted), "new session")
            self.parts.fit_buttons(self.width(), f"Make {words}…", f"{len(wanted):,} new…")
        else:
            self.parts.fit_buttons(self.width(), "Make a new session…", "New session…")
