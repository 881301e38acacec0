"""The whole program in a test, with questions answered beforehand."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from PyQt6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.gui.app import Program, make_application
from annotator.gui.desk import Desk
from annotator.gui.dialogs import Leave
from annotator.gui.questions import Questions
from annotator.model import Recording
from annotator.storage.settings import Settings


@dataclass
class Answers(Questions):
    """Answers every question as it was told to, and remembers what was asked."""

    place: Path | None = None
    film: Recording | None = None
    recording: Path | None = None
    transcript: Path | None = None
    transcript_place: Path | None = None
    leaving: Leave = Leave.STAY
    accepts_all: bool = False
    discards_draft: bool = False
    replaces_choice: bool = False
    asked: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def choose_session_place(self, wanted: Path, why: str) -> Path | None:
        self.asked.append(f"place for {wanted.name}: {why}")
        return self.place

    def find_film(self, recording: Recording, session_path: Path) -> Recording | None:
        self.asked.append(f"film {recording.path} of {session_path.name}")
        return self.film

    def choose_recording(self) -> Path | None:
        self.asked.append("a recording")
        return self.recording

    def choose_transcript(self) -> Path | None:
        self.asked.append("a transcript")
        return self.transcript

    def choose_transcript_place(self, suggested: Path) -> Path | None:
        self.asked.append(f"place for {suggested.name}")
        return self.transcript_place

    def leave_unsaved(self, why: str, unsaved_tags: int) -> Leave:
        self.asked.append(f"leave {unsaved_tags} tags: {why}")
        return self.leaving

    def may_accept_all(self, count: int, code: str) -> bool:
        self.asked.append(f"accept {count} as {code}")
        return self.accepts_all

    def may_replace_choice(self, name: str) -> bool:
        self.asked.append(f"replace the choice {name}")
        return self.replaces_choice

    def may_discard_draft(self) -> bool:
        self.asked.append("discard the changes to the codebook")
        return self.discards_draft


@contextmanager
def running_program(
    qtbot: QtBot, answers: Answers, coder: str = "AB", memory_mb: float = 512
) -> Iterator[Program]:
    """Run the program until the end of the block, then quit it."""
    settings = Settings(coder=coder, frame_memory_mb=memory_mb)
    program = Program(make_application(), settings, answers, _forget)
    program.window.show()
    try:
        yield program
    finally:
        answers.leaving, answers.discards_draft = Leave.GIVE_UP, True
        program.quit()
        qtbot.wait_until(lambda: not program.window.isVisible())
        program.window.deleteLater()
        QApplication.processEvents()


def open_and_wait(qtbot: QtBot, program: Program, path: Path) -> Desk:
    """Open a film or session and wait for its first frame."""
    program.open(path)
    qtbot.wait_until(lambda: program.desk is not None, timeout=10_000)
    qtbot.wait_until(lambda: program.player.frame_index >= 0, timeout=10_000)
    desk = program.desk
    assert desk is not None
    return desk


def notices(program: Program) -> str:
    """Everything that the notice bar says."""
    return "\n".join(program.window.parts.notices.texts)


def _forget(_settings: Settings) -> None:
    """Keep no settings."""
