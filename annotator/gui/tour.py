"""Drives the very window that people use through a short tour, and takes pictures of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PyQt6.QtCore import QDeadlineTimer, QEventLoop, Qt
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QApplication, QWidget

from annotator.errors import AnnotatorError
from annotator.gui.app import Program, make_application
from annotator.gui.document import SaveState
from annotator.gui.questions import Questions
from annotator.model.coding import Tag
from annotator.model.time import Micros
from annotator.storage.sample import copy_sample
from annotator.storage.settings import Settings

STRIP_MS = 5000
PATIENCE_MS = 30_000
CODER = "A"
NO_MODIFIER = Qt.KeyboardModifier.NoModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
MOMENT = Micros(21_000_000)  # in the middle of the talk


class TourError(AnnotatorError):
    """The window did not do what the tour expects of it."""


@dataclass(frozen=True, slots=True)
class TourResult:
    """What the tour left behind: the session file, the pictures and the tags it made."""

    session: Path
    pictures: tuple[Path, ...]
    tags: tuple[Tag, ...]


def run_tour(folder: Path) -> TourResult:
    """Open the sample, step, tag by key, save, close and reopen it; pictures go to the folder.

    Raises TourError where a tag is not there on reopening, StorageError where the folder
    cannot be written.
    """
    app = make_application()
    session = copy_sample(folder / "first-session")
    tour = _Tour(app, folder)
    try:
        return tour.walk(session)
    finally:
        tour.end()


class _Tour:
    def __init__(self, app: QApplication, folder: Path) -> None:
        self._app = app
        self._folder = folder
        self._pictures: list[Path] = []
        self._program = Program(app, Settings(coder=CODER), Questions(), _forget)
        self._program.window.show()

    def walk(self, session: Path) -> TourResult:
        self._picture("1-welcome")
        self._open(session)
        self._picture("2-open")
        made = (self._tag_a_moment(), self._tag_a_stretch())
        self._let_strip_fill()
        self._picture("3-tagged")
        self._save()
        self._close()
        self._open(session)
        self._require(made)
        self._picture("4-reopened")
        return TourResult(session, tuple(self._pictures), made)

    def end(self) -> None:
        self._close()
        self._program.quit()
        self._app.processEvents()

    def _open(self, session: Path) -> None:
        program = self._program
        program.open(session)
        self._wait(lambda: program.desk is not None and program.player.is_open, "open the session")
        self._wait(lambda: program.player.frame_index >= 0, "show the film")

    def _tag_a_moment(self) -> Tag:
        self._program.player.seek(MOMENT)
        self._wait(lambda: self._program.player.position == MOMENT, "find the moment")
        for _ in range(3):
            self._step(Qt.Key.Key_Right)
        return self._tagged(lambda: self._press(self._key_of("reflection")))

    def _tag_a_stretch(self) -> Tag:
        self._press(self._key_of("silence"))
        for _ in range(30):
            self._step(Qt.Key.Key_Right)
        return self._tagged(lambda: self._press(self._key_of("silence")))

    def _tagged(self, act: Callable[[], None]) -> Tag:
        desk = self._program.desk
        if desk is None:
            raise TourError("The session closed in the middle of the tour.")
        before = {tag.id for tag in desk.document.tags}
        act()
        new = [tag for tag in desk.document.tags if tag.id not in before]
        if len(new) != 1:
            raise TourError("A key press did not make its tag.")
        return new[0]

    def _step(self, key: Qt.Key) -> None:
        player = self._program.player
        wanted = player.frame_index + (1 if key == Qt.Key.Key_Right else -1)
        self._press(key)
        self._wait(lambda: player.frame_index == wanted, "step by one frame")

    def _key_of(self, code_id: str) -> Qt.Key:
        action = self._program.window.actions_table.by_code[code_id]
        return Qt.Key(action.shortcut()[0].key())

    def _press(self, key: Qt.Key) -> None:
        _click(self._program.window.parts.picture, key)

    def _save(self) -> None:
        _click(self._program.window.parts.picture, Qt.Key.Key_S, CONTROL)
        desk = self._program.desk
        self._wait(
            lambda: desk is not None and desk.document.state is SaveState.SAVED, "save the session"
        )

    def _close(self) -> None:
        self._program.close_session(_done)
        self._wait(lambda: self._program.desk is None, "close the session")

    def _require(self, made: tuple[Tag, ...]) -> None:
        desk = self._program.desk
        kept = {tag.id: tag for tag in desk.document.tags} if desk else {}
        if any(kept.get(tag.id) != tag for tag in made):
            raise TourError("A tag was not there when the session was opened again.")

    def _let_strip_fill(self) -> None:
        """Give the small pictures at the foot a moment to be made; without them it goes on too."""
        timeline = self._program.window.parts.timeline
        deadline = QDeadlineTimer(STRIP_MS)
        while not deadline.hasExpired() and timeline.strip and not timeline.strip.is_whole:
            self._app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)

    def _picture(self, name: str) -> None:
        self._app.processEvents()
        path = self._folder / f"{name}.png"
        if not self._program.window.grab().save(str(path)):
            raise TourError(f"The picture {path.name} could not be written to {self._folder}.")
        self._pictures.append(path)

    def _wait(self, done: Callable[[], bool], what: str) -> None:
        deadline = QDeadlineTimer(PATIENCE_MS)
        while not done():
            if deadline.hasExpired():
                raise TourError(f"The window took too long to {what}.")
            self._app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)


def _click(widget: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier = NO_MODIFIER) -> None:
    QTest.keyClick(widget, key, modifier)  # type: ignore[call-overload] # static, typed as if not


def _forget(_settings: Settings) -> None:
    """Keep nothing: a tour leaves the person's settings alone."""


def _done() -> None:
    """Go on with nothing."""
