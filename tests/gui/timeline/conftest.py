"""A timeline to point at, with a session whose places in pixels are easy to work out."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from pytestqt.qtbot import QtBot

from annotator.gui.theme import light
from annotator.gui.timeline.view import TimelineView
from annotator.model import (
    Code,
    Codebook,
    CodeKind,
    CodingPass,
    ExcludedSpan,
    Group,
    Interval,
    Micros,
    Participant,
    ParticipantRole,
    Purpose,
    Recording,
    RecordingRole,
    Session,
    Tag,
    tag_order,
)

MINUTE = Micros(60_000_000)
CODING = "pass1"
FRAMES = tuple(Micros(index * 40_000) for index in range(1500))
BOOK = Codebook(
    id="book",
    version="1",
    name="A book",
    groups=(Group("talk", "Talk"), Group("quiet", "Quiet"), Group("empty", "Nothing in it")),
    codes=(
        Code("reflection", "Reflection", "R", "talk", "#007d5b", "r"),
        Code("silence", "Silence", "SI", "quiet", "#797979", "q", CodeKind.SPAN),
        Code("loose", "Loose end", "LE", "", "#7d6e00", "l", CodeKind.SPAN),
    ),
)

MakeSession = Callable[..., Session]


def tag(number: int, code: str, start: float, end: float | None = None) -> Tag:
    """Make a tag from seconds; an instant where no end is given."""
    first = Micros(round(start * 1_000_000))
    return Tag(f"t{number}", code, first, first if end is None else Micros(round(end * 1_000_000)))


def session_with(tags: Sequence[Tag]) -> Session:
    """Make a session of a minute with one pass."""
    film = Recording("r1", "film.mp4", RecordingRole.ROOM, Micros(0), MINUTE, "f")
    coding = CodingPass(CODING, "A", Purpose.PRIMARY, "", tuple(sorted(tags, key=tag_order)))
    return Session(
        id="s1",
        title="A talk",
        codebook=BOOK,
        region=Interval(Micros(2_000_000), Micros(58_000_000)),
        recordings=(film,),
        excluded=(ExcludedSpan(Micros(50_000_000), Micros(54_000_000), "a name"),),
        participants=(Participant("p1", ParticipantRole.CLIENT, "C07"),),
        passes=(coding,),
    )


@pytest.fixture
def make_tag() -> Callable[..., Tag]:
    return tag


@pytest.fixture
def make_session() -> MakeSession:
    return session_with


@pytest.fixture
def frames() -> tuple[Micros, ...]:
    return FRAMES


@pytest.fixture
def book() -> Codebook:
    return BOOK


@pytest.fixture
def instant() -> Tag:
    return tag(1, "reflection", 10)


@pytest.fixture
def stretch() -> Tag:
    return tag(2, "silence", 20, 30)


@pytest.fixture
def session(instant: Tag, stretch: Tag) -> Session:
    return session_with([instant, stretch])


@pytest.fixture
def view(qtbot: QtBot, session: Session) -> TimelineView:
    made = TimelineView(light())
    qtbot.addWidget(made)
    made.resize(1000, 220)
    with qtbot.waitExposed(made):
        made.show()
    made.show_session(session, CODING)
    made.set_frame_times(FRAMES)
    return made
