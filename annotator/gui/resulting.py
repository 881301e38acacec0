"""Works out the numbers of the open session beside the window, and opens the moments behind."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from PyQt6.QtCore import QModelIndex, QObject, Qt, pyqtSignal

from annotator.errors import AnnotatorError
from annotator.gui.desk import Desk
from annotator.gui.main_window import MainWindow
from annotator.gui.panels.figure_view import DPI
from annotator.gui.panels.results import STALE, WAITING, ResultsPage
from annotator.gui.passing import Passing
from annotator.gui.player.player import Player
from annotator.gui.questions import Questions
from annotator.gui.tasks import SerialWorker
from annotator.gui.theme import Theme
from annotator.jobs.figures import View
from annotator.jobs.progress import SILENT
from annotator.model.study import Study, StudySession
from annotator.model.table import Place
from annotator.storage.paths import SESSION_ENDING

if TYPE_CHECKING:
    from annotator.jobs.views import Seen
    from annotator.reports.figures.sheet import Hit, Picture

NOTHING_OPEN = "Open a session to see its numbers."


class Resulting(QObject):
    """Serves the open session, of which only the passes count that may be seen."""

    said = pyqtSignal(str)
    refused = pyqtSignal(str)
    shown = pyqtSignal()  # what was asked for is there, or told to be impossible

    def __init__(
        self,
        window: MainWindow,
        player: Player,
        questions: Questions,
        passing: Passing,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._window, self._player = window, player
        self._questions, self._passing = questions, passing
        self._desk: Desk | None = None
        self._seen: Seen | None = None
        self._number = 0
        self._worker = SerialWorker("results", self, patient=True)
        self.page = ResultsPage(window.theme)
        window.parts.side.add_page(self.page, "Results")
        self._connect()

    def follow(self, desk: Desk | None) -> None:
        """Serve this session from now on; none where None."""
        self._desk = desk
        if desk is not None:
            desk.document.changed.connect(lambda _changes: self._grow_stale())
        self._clear(NOTHING_OPEN if desk is None else "")
        if desk is not None and self.page.isVisible():
            self.work_out()

    def set_theme(self, theme: Theme) -> None:
        """Draw with other colours."""
        self.page.set_theme(theme)

    def close(self) -> None:
        """Let nothing run on."""
        self._worker.close()

    def show(self) -> None:
        """Bring the page to the front, with its numbers worked out."""
        self._window.parts.side.show_page(self.page)
        self.page.choice.setFocus()

    def work_out(self) -> None:
        """Work out what is chosen, from the session as it is now."""
        if self._desk is None:
            self._clear(NOTHING_OPEN)
            return
        self._number += 1
        view = self.page.view
        self._clear(WAITING)
        self._worker.submit(
            partial(_work, view, self._study(self._desk)),
            partial(self._take, self._number),
            partial(self._refuse, self._number),
        )

    def _connect(self) -> None:
        page, bind = self.page, self._window.actions_table.bind
        bind("results", self.show)
        bind("save_results", self._save)
        page.choice.currentIndexChanged.connect(lambda _row: self.work_out())
        page.update_button.clicked.connect(self.work_out)
        page.save_button.clicked.connect(self._save)
        page.table.clicked.connect(self._open_cell)
        page.table.opened.connect(self._open_cell)
        page.figure.chosen.connect(self._open_hit)
        page.list.clicked.connect(self._go)
        page.list.opened.connect(self._go)
        self._window.parts.side.currentChanged.connect(self._come_to_front)
        self._passing.seen_changed.connect(self._grow_stale)

    def _come_to_front(self) -> None:
        if self._window.parts.side.currentWidget() is self.page and self._seen is None:
            self.work_out()

    def _study(self, desk: Desk) -> Study:
        """Make a study of the open session, as far as it may be seen."""
        document = desk.document
        session = replace(document.session, passes=tuple(self._passing.seen))
        name = document.path.name.removesuffix(SESSION_ENDING)
        return Study(session.title, (StudySession(document.path, name, loaded=session),))

    def _clear(self, words: str) -> None:
        self._seen = None
        self.page.show_table(None)
        self.page.show_message(words)

    def _take(self, number: int, made: tuple[Seen, Picture | None]) -> None:
        if number != self._number or self._desk is None:
            return
        found, picture = made
        self._seen = found
        self.page.show_message("" if found.table.rows else "There is nothing of the kind yet.")
        if picture is not None:
            self.page.show_figure(found.table, picture, found.notices)
        else:
            self.page.show_table(found.table, found.notices)
        self.shown.emit()

    def _refuse(self, number: int, error: AnnotatorError) -> None:
        if number == self._number:
            self._clear(f"{error.what}\n{error.remedy}".strip())
            self.shown.emit()

    def _grow_stale(self) -> None:
        if self._seen is not None:
            self.page.show_message(STALE)

    def _open_cell(self, index: QModelIndex) -> None:
        places = self.page.model.places(index)
        if places:
            said = self.page.model.headerData(index.column(), Qt.Orientation.Horizontal)
            row = self.page.model.index(index.row(), 0).data()
            self._list(places, f"{row} · {said}")
        else:
            self.page.show_places((), (), "")

    def _open_hit(self, hit: Hit) -> None:
        table = self.page.model.table
        places = table.places(hit.row, hit.column) if table is not None else ()
        if places:
            self._list(places, self.page.view.name)
            self._show_place(places[0])

    def _list(self, places: tuple[Place, ...], what: str) -> None:
        count = "1 moment" if len(places) == 1 else f"{len(places)} moments"
        self.page.show_places(places, [self._words(one) for one in places], f"{what}: {count}")
        self.page.list.setCurrentIndex(self.page.moments.index(0))

    def _words(self, place: Place) -> str:
        """Say what is tagged at a moment, and by whom where that differs."""
        if self._desk is None:
            return ""
        session = self._desk.document.session
        names = {code.id: code.name for code in session.codebook.codes}
        told = [
            f"{names.get(tag.code, tag.code)} ({one.coder})"
            for one in self._passing.seen
            for tag in one.tags
            if tag.id in place.tags
        ]
        return ", ".join(told)

    def _go(self, index: QModelIndex) -> None:
        place = self.page.moments.place_at(index.row())
        if place is not None:
            self._show_place(place)

    def _show_place(self, place: Place) -> None:
        desk = self._desk
        if desk is None:
            return
        self._player.seek(place.interval.start)
        desk.select(frozenset(tag for tag in place.tags if desk.document.tag(tag)))

    def _save(self) -> None:
        desk, found = self._desk, self._seen
        if desk is None or found is None:
            self.refused.emit("There are no results to save. Open the Results page first.")
            return
        is_figure = found.sheet is not None
        ending = ".pdf" if is_figure else ".xlsx"
        name = desk.document.path.name.removesuffix(SESSION_ENDING)
        start = desk.document.path.with_name(f"{name}-{self.page.view.id}{ending}")
        place = self._questions.choose_results_place(start, figure=is_figure)
        if place is None:
            return
        work = partial(_keep, found, place)
        self._worker.submit(work, self._kept, lambda error: self.refused.emit(str(error)))

    def _kept(self, paths: tuple[Path, ...]) -> None:
        self.said.emit(f"The results were saved as {', '.join(path.name for path in paths)}.")


def _work(view: View, study: Study) -> tuple[Seen, Picture | None]:
    views = import_module("annotator.jobs.views")  # heavy: only for those who want numbers
    found: Seen = views.seen(view, study, SILENT)
    return found, found.picture(DPI)


def _keep(found: Seen, place: Path) -> tuple[Path, ...]:
    keeping = import_module("annotator.jobs.keeping")
    keep = keeping.keep_tables if found.sheet is None else keeping.keep_figure
    paths: tuple[Path, ...] = keep(found, place)
    return paths
