"""Clips made in the window: a session with a film, and the hands that choose and press."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from pytestqt.qtbot import QtBot

from annotator.gui.app import Program
from annotator.gui.clipping import Clipping
from annotator.gui.clips.choices import Source
from annotator.gui.clips.window import ClipsWindow
from annotator.jobs.prepare import new_session
from annotator.model import CodingPass, Consent, ConsentScope, ExcludedSpan, Purpose
from annotator.storage.store import SessionStore
from tests.support.consents import with_consent
from tests.support.foreign import BOOK, NOW, tag
from tests.support.programs import Answers

PATIENCE_MS = 30_000
Opening = Callable[..., ClipsWindow]


@dataclass
class Person(Answers):
    """Says into which folder clips go, where a list and other sessions are, and opens nothing."""

    folder: Path | None = None
    listed: Path | None = None
    others: tuple[Path, ...] = ()
    opens: bool = True

    def choose_clips_folder(self, suggested: Path) -> Path | None:
        self.asked.append(f"a folder, perhaps {suggested.name}")
        return self.folder

    def choose_clips_list(self) -> Path | None:
        self.asked.append("a list")
        return self.listed

    def choose_other_sessions(self, start: Path) -> tuple[Path, ...]:
        self.asked.append(f"other sessions, perhaps in {start.name}")
        return self.others

    def open_outside(self, path: Path) -> bool:
        self.asked.append(f"open {path.name}")
        return self.opens


def stored(folder: Path, consent: Consent, excluded: tuple[ExcludedSpan, ...]) -> Path:
    """Store a session of a film with tags of two coders."""
    path = folder / "talk.session.json"
    session = new_session([folder / "talk.mp4"], path, BOOK, title="talk")
    own = (
        tag(1, "reflection", 1000, 1400),
        tag(2, "silence", 2000, 2600),
        tag(4, "moment", 500, 500),
    )
    others = (tag(3, "reflection", 1900, 2100),)
    passes = (
        CodingPass("p", "A", Purpose.PRIMARY, NOW, own),
        CodingPass("q", "B", Purpose.DOUBLE, NOW, others),
    )
    whole = replace(session, passes=passes, excluded=excluded)
    SessionStore.create(path, with_consent(whole, consent), "A").close()
    return path


def show(qtbot: QtBot, program: Program) -> None:
    """Show the window, whose parts load when it is first wanted."""
    program.window.actions_table.by_id["make_clips"].trigger()
    qtbot.wait_until(window_of(program).isVisible, timeout=PATIENCE_MS)


def clipping(program: Program) -> Clipping:
    return program.exchanging.clipping


def window_of(program: Program) -> ClipsWindow:
    return clipping(program).dialog


def choose(
    qtbot: QtBot,
    program: Program,
    *,
    code: str = "reflection",
    level: ConsentScope = ConsentScope.LEARNING,
    room: float = 0.2,
) -> ClipsWindow:
    """Choose a code, the room around its tags and for whom; wait until all is worked out."""
    window = window_of(program)
    what = window.fields.what
    with qtbot.wait_signal(clipping(program).shown, timeout=PATIENCE_MS):
        what.choose(Source.TAGS, (code,)) if code else what.choose(Source.SELECTED)
        what.lead.setValue(room)
        what.tail.setValue(room)
        window.fields.choose_level(level)
    settle(qtbot, program)
    return window


def settle(qtbot: QtBot, program: Program) -> None:
    """Wait until what was chosen last is worked out."""
    qtbot.wait_until(lambda: clipping(program)._worker.waiting == 0, timeout=PATIENCE_MS)


def cells(window: ClipsWindow) -> list[tuple[str, ...]]:
    model = window.clips.model
    columns = range(model.columnCount())
    rows = range(model.rowCount())
    return [tuple(str(model.index(n, c).data()) for c in columns) for n in rows]


def make(qtbot: QtBot, program: Program) -> None:
    assert window_of(program).make_button.isEnabled()
    with qtbot.wait_signal(clipping(program).ended, timeout=PATIENCE_MS):
        window_of(program).make_button.click()
