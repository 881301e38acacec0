"""Sessions to send through foreign files, and short ways to do so."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import assume
from hypothesis import strategies as st

from annotator.model.codebook import Attribute, Choice, Code, Codebook, CodeKind, Group, RatingItem
from annotator.model.coding import CodingPass, Origin, Purpose, Rating, Tag, tag_order
from annotator.model.participant import Participant, ParticipantRole
from annotator.model.recording import Recording, RecordingRole
from annotator.model.session import Session
from annotator.model.time import Interval, Micros
from annotator.model.transcript import Cue, Transcript
from annotator.storage.interchange.exchange import (
    Exported,
    Imported,
    form_for,
    read_foreign,
    render,
)
from annotator.storage.interchange.interface import Wishes
from annotator.storage.interchange.report import Outcome, Report
from annotator.storage.interchange.source import Source

NOW = "2026-03-01T09:00:00Z"
END = Micros(3_600_000_000)
BOOK = Codebook(
    id="book",
    version="2",
    name="A book",
    groups=(Group("talk", "Talk"),),
    codes=(
        Code(
            "reflection",
            "Reflection",
            "R",
            "talk",
            "#4477aa",
            "r",
            definition="Says back what was meant.",
            attributes=(
                Attribute("depth", "Depth", (Choice("simple", "Simple"), Choice("deep", "Deep"))),
            ),
        ),
        Code("silence", "Silence", "S", "", "#228833", "s", CodeKind.SPAN),
        Code("open_question", "Open question", "OQ", "talk", "#ee6677", "o"),
    ),
    ratings=(RatingItem("empathy", "Empathy"),),
)
PEOPLE = (
    Participant("therapist", ParticipantRole.THERAPIST, "Therapist"),
    Participant("client", ParticipantRole.CLIENT, "Client"),
)
FILM = Recording("r1", "talk.mp4", RecordingRole.ROOM, Micros(0), END, "sha256-0")
LOST_ON_TIERS = frozenset(
    {
        "a code without tags",
        "a code's abbreviation",
        "a code's attributes",
        "a code's colour",
        "a code's definition and examples",
        "a code's group",
        "a code's key",
        "a code's name",
        "a coding pass without tags",
        "a rating",
        "a rating's question and scale",
        "the codebook's name",
        "the codebook's version",
        "the ids of passes",
        "the ids of tags",
        "the session's id",
        "what a pass is for",
        "whether a code marks stretches",
    }
)
"""What no format has a place for that lays all tags on tiers, or into columns."""

LOST_WITHOUT_TAGS = frozenset(
    {
        "a code without tags",
        "a coding pass without tags",
        "the ids of passes",
        "what a pass is for",
        "whether a code marks stretches",
    }
)
"""Of these, what is lost where there are no tags of a code or of a pass."""

NOTES = st.sampled_from(
    [
        "",
        "plain",
        'she says "no"',
        "a, b; c|d\te",
        "two\nlines",
        "<b>&amp;</b>",
        "Grüße, 沉默, שתיקה",
        "=1+1",
        " edge ",
    ]
)


def tag(number: int, code: str, start_ms: int, end_ms: int, **more: object) -> Tag:
    """Make an imported tag of that number; times are milliseconds."""
    made = Tag(
        f"t{number}",
        code,
        Micros(start_ms * 1000),
        Micros(end_ms * 1000),
        origin=Origin.IMPORT,
        created=NOW,
        modified=NOW,
    )
    return replace(made, **more)


def session_of(*passes: CodingPass, **more: object) -> Session:
    """Make a session of the book with these passes."""
    made = Session("s1", "talk", BOOK, Interval(Micros(0), END), (FILM,), (), PEOPLE, passes)
    return replace(made, **more)


def rich_session() -> Session:
    """Make a session with a bit of everything that is to come through, or be told."""
    first = (
        tag(1, "reflection", 1000, 1000, participant="therapist", note="Grüße, 沉默"),
        tag(2, "reflection", 1500, 4000, participant="therapist", attributes={"depth": "deep"}),
        tag(3, "reflection", 2000, 3000, participant="client", note='she says "no"\nand goes'),
        tag(4, "silence", 5000, 11_000),
        tag(5, "open_question", 12_345, 12_345, participant="therapist"),
    )
    finer = replace(tag(7, "silence", 5000, 10_900), start=Micros(5_000_123))
    second = (tag(6, "reflection", 1040, 1040, participant="therapist"), finer)
    cues = (
        Cue("c0001", Micros(1_000_000), Micros(4_000_000), "How are you?", "Therapist"),
        Cue("c0002", Micros(4_000_000), Micros(5_000_000), "Tired.", "Client"),
    )
    rating = Rating("empathy", 4, "warm", ("t1",))
    return session_of(
        CodingPass("pass-A", "A", Purpose.PRIMARY, NOW, first, (rating,)),
        CodingPass("pass-B", "B", Purpose.DOUBLE, NOW, second),
        transcripts=(Transcript("s1-transcript-1", cues, "en", "talk"),),
    )


@st.composite
def coded_sessions(draw: st.DrawFn) -> Session:
    """Make sessions of the book, of one or two coders, with whole milliseconds."""
    passes = []
    number = 0
    for coder, purpose in draw(
        st.sampled_from([[("A", Purpose.PRIMARY)], [("A", Purpose.PRIMARY), ("B", Purpose.DOUBLE)]])
    ):
        tags = []
        for code in draw(st.lists(st.sampled_from(["reflection", "silence"]), max_size=8)):
            number += 1
            start = draw(st.integers(0, 5000))
            longest = draw(st.integers(2 if code == "silence" else 0, 3000))
            end = start + (longest if longest != 1 else 2)
            has_depth = code == "reflection" and draw(st.booleans())
            tags.append(
                tag(
                    number,
                    code,
                    start,
                    end,
                    participant=draw(st.sampled_from(["", "therapist", "client"])),
                    note=draw(NOTES),
                    attributes={"depth": "deep"} if has_depth else {},
                )
            )
        tags.sort(key=tag_order)
        passes.append(CodingPass(f"pass-{coder}", coder, purpose, NOW, tuple(tags)))
    return session_of(*passes)


def read(data: bytes | str, name: str, **wishes: object) -> Imported:
    """Read the bytes or the text of a foreign file of that name."""
    raw = data.encode() if isinstance(data, str) else data
    return read_foreign(Source(name, raw), Wishes(now=NOW, **wishes))


def write(session: Session, name: str, **wishes: object) -> Exported:
    """Write a session as a foreign file of that name."""
    asked = Wishes(now=NOW, **wishes)
    return render([session], form_for(name), name, asked)


def told_apart(session: Session) -> int:
    """Give how many tags there are; a session in which two stand at one place is no example."""
    keys = [(one.coder, t.code, t.start, t.end) for one in session.passes for t in one.tags]
    assume(len(set(keys)) == len(keys))
    return len(keys)


def came_back(session: Session, name: str) -> Session:
    """Write a session and read it again; fails the test where anything is lost, told or mended."""
    made = write(session, name)
    assert lost(made.report) == set()
    again = read(made.data, name)
    assert not repaired(again.report)
    (found,) = again.sessions
    return found


def lost(report: Report) -> set[str]:
    """Give what a report says was not carried, each once."""
    return {one.message for one in report.remarks if one.outcome is Outcome.NOT_CARRIED}


def repaired(report: Report) -> dict[str, tuple[str, ...]]:
    """Give what a report says was repaired, with its places."""
    return {one.message: one.places for one in report.remarks if one.outcome is Outcome.REPAIRED}


def places(report: Report, words: str) -> tuple[str, ...]:
    """Give the places of the remarks that hold these words."""
    return tuple(place for one in report.remarks if words in one.message for place in one.places)
