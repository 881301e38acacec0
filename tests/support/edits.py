"""Random sessions and random edits of them, for properties that must hold of every edit."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from annotator import editing
from annotator.model import (
    Code,
    Codebook,
    CodeKind,
    CodingPass,
    Cue,
    ExcludedSpan,
    Group,
    Interval,
    Listening,
    Look,
    Micros,
    Participant,
    ParticipantRole,
    Purpose,
    Rating,
    RatingItem,
    Recording,
    RecordingRole,
    Score,
    Session,
    Tag,
    Transcript,
    Word,
    cue_order,
)
from tests.support.book_edits import with_new_id

if TYPE_CHECKING:
    from annotator.editing import Edit

_OTHER_PURPOSES = (Purpose.DOUBLE, Purpose.TRAINING)
END = Micros(600_000_000)
BOOK = Codebook(
    id="book",
    version="1",
    name="A book",
    groups=(Group("talk", "Talk"), Group("quiet", "Quiet")),
    codes=(
        Code("reflection", "Reflection", "R", "talk", "#4477aa", "r"),
        Code("question", "Question", "Q", "talk", "#66ccee", "q", parent="reflection"),
        Code("silence", "Silence", "S", "quiet", "#bbbbbb", "s", CodeKind.SPAN),
    ),
    ratings=(RatingItem("empathy", "Empathy"), RatingItem("warmth", "Warmth", maximum=7)),
    scores=(Score("r_q", "Reflections per question", "reflection/question"),),
)
PEOPLE = (
    Participant("p1", ParticipantRole.THERAPIST, "T01"),
    Participant("p2", ParticipantRole.CLIENT, "C07"),
)


def a_session(*passes: CodingPass) -> Session:
    """Make a plain session of ten minutes with these passes."""
    film = Recording("r1", "film.mp4", RecordingRole.ROOM, Micros(0), END, "sha256-0")
    return Session("s1", "A session", BOOK, Interval(Micros(0), END), (film,), (), PEOPLE, passes)


def a_pass(name: str = "pass1", *tags: Tag) -> CodingPass:
    """Make a pass of coder A with these tags, in order."""
    ordered = tuple(sorted(tags, key=lambda tag: (tag.start, tag.end, tag.id)))
    return CodingPass(name, "A", Purpose.PRIMARY, "2026-03-01T09:00:00Z", ordered)


moments = st.integers(0, END).map(Micros)
texts = st.text(max_size=12)


@st.composite
def intervals(draw: st.DrawFn, *, empty: bool = True) -> Interval:
    """Draw a stretch inside the session."""
    start = draw(st.integers(0, END - 1))
    end = draw(st.integers(start if empty else start + 1, END))
    return Interval(Micros(start), Micros(end))


@st.composite
def tags(draw: st.DrawFn, tag_id: str) -> Tag:
    """Draw a tag that fits the book."""
    code = draw(st.sampled_from(BOOK.codes))
    interval = draw(intervals(empty=code.kind is CodeKind.POINT))
    participant = draw(st.sampled_from(["", "p1", "p2"]))
    return Tag(tag_id, code.id, interval.start, interval.end, participant, draw(texts))


@st.composite
def sessions(draw: st.DrawFn) -> Session:
    """Draw a session of one or two passes with some tags and ratings."""
    passes = []
    for number in range(draw(st.integers(1, 2))):
        drawn = [draw(tags(f"t{number}-{index}")) for index in range(draw(st.integers(0, 6)))]
        ratings = (Rating("empathy", 3),) if draw(st.booleans()) else ()
        passes.append(replace(a_pass(f"pass{number}", *drawn), ratings=ratings))
    return replace(a_session(*passes), transcripts=(draw(transcripts("talk")),))


@st.composite
def cues(draw: st.DrawFn, cue_id: str) -> Cue:
    """Draw a cue; half of them come with the times of their words."""
    said = draw(st.lists(st.sampled_from(["so", "what", "yes,", "I", "know"]), min_size=1))
    stretch = draw(intervals())
    cue = Cue(cue_id, stretch.start, stretch.end, " ".join(said), draw(st.sampled_from("ATC")))
    times = [draw(intervals()) for _ in said] if draw(st.booleans()) else []
    timed = (Word(text, one.start, one.end) for text, one in zip(said, times, strict=False))
    return replace(cue, participant=draw(st.sampled_from(["", "p1"])), words=tuple(timed))


@st.composite
def transcripts(draw: st.DrawFn, transcript_id: str) -> Transcript:
    """Draw a transcript of a few cues."""
    drawn = [draw(cues(f"c{number}")) for number in range(draw(st.integers(0, 4)))]
    return Transcript(transcript_id, tuple(sorted(drawn, key=cue_order)), "en", "talk.vtt")


@st.composite
def edits(draw: st.DrawFn, session: Session) -> Edit:
    """Draw an edit that fits the session; every kind of edit is among them."""
    makers = [*_TAG_EDITS, *_OTHER_EDITS]
    return draw(st.sampled_from(makers))(draw, session)


def _some_pass(draw: st.DrawFn, session: Session) -> CodingPass:
    return draw(st.sampled_from(session.passes))


def _fresh(draw: st.DrawFn, stem: str) -> str:
    return f"{stem}-{draw(st.uuids())}"


def _add_tag(draw: st.DrawFn, session: Session) -> Edit:
    tag = draw(tags(_fresh(draw, "tag")))
    if session.participant(tag.participant) is None:
        tag = replace(tag, participant="")
    code = session.codebook.codes[0] if session.codebook.code(tag.code) is None else None
    tag = replace(tag, code=code.id) if code else tag
    return editing.add_tag(session, _some_pass(draw, session).id, tag)


def _on_tag(draw: st.DrawFn, session: Session) -> Edit:
    coding_pass = _some_pass(draw, session)
    if not coding_pass.tags:
        return _add_tag(draw, session)
    tag = draw(st.sampled_from(coding_pass.tags))
    stretch = draw(intervals(empty=False))
    makers = (
        lambda: editing.delete_tags(session, coding_pass.id, [tag]),
        lambda: editing.delete_tags(session, coding_pass.id, list(coding_pass.tags)),
        lambda: editing.retime_tag(
            session, coding_pass.id, tag, stretch.start, stretch.end, "2026"
        ),
        lambda: editing.annotate_tag(session, coding_pass.id, tag, draw(texts), "2026"),
        lambda: editing.assign_tag(session, coding_pass.id, tag, "", "2026"),
    )
    return draw(st.sampled_from(makers))()


def _recode(draw: st.DrawFn, session: Session) -> Edit:
    coding_pass = _some_pass(draw, session)
    spans = [tag for tag in coding_pass.tags if not tag.is_instant]
    if not spans:
        return _add_tag(draw, session)
    code = draw(st.sampled_from(session.codebook.codes))
    tag = draw(st.sampled_from(spans))
    return editing.recode_tag(session, coding_pass.id, tag, code.id, "2026")


def _frame(draw: st.DrawFn, session: Session) -> Edit:
    stretch = draw(intervals(empty=False))
    span = ExcludedSpan(stretch.start, stretch.end, draw(texts))
    makers = [
        lambda: editing.set_title(session, draw(texts)),
        lambda: editing.set_region(session, stretch),
        lambda: editing.add_excluded(session, span),
    ]
    if session.excluded:
        old = draw(st.sampled_from(session.excluded))
        makers += [
            lambda: editing.remove_excluded(session, old),
            lambda: editing.replace_excluded(session, old, span),
        ]
    return draw(st.sampled_from(makers))()


def _people(draw: st.DrawFn, session: Session) -> Edit:
    new = Participant(_fresh(draw, "p"), ParticipantRole.OTHER, "O1")
    if not session.participants or draw(st.booleans()):
        return editing.add_participant(session, new)
    old = draw(st.sampled_from(session.participants))
    if draw(st.booleans()):
        return editing.withdraw_consent(session, old, "2026-03-01")
    return editing.replace_participant(session, old, new)


def _passes(draw: st.DrawFn, session: Session) -> Edit:
    coder, purpose = draw(st.sampled_from("XYZ")), draw(st.sampled_from(_OTHER_PURPOSES))
    if any((one.coder, one.purpose) == (coder, purpose) for one in session.passes):
        return editing.add_pass(session, a_pass(_fresh(draw, "pass")))
    return editing.begin_pass(session, coder, purpose, _fresh(draw, "pass"), "2026")


def _ratings(draw: st.DrawFn, session: Session) -> Edit:
    coding_pass = _some_pass(draw, session)
    if coding_pass.ratings and draw(st.booleans()):
        return editing.clear_rating(session, coding_pass.id, coding_pass.ratings[0])
    item = draw(st.sampled_from(["empathy", "warmth"]))
    return editing.rate(session, coding_pass.id, Rating(item, draw(st.integers(1, 5))))


def _recordings(draw: st.DrawFn, session: Session) -> Edit:
    film = Recording(_fresh(draw, "r"), "b.mp4", RecordingRole.CLIENT, Micros(0), END, "sha256-1")
    if not session.recordings or draw(st.booleans()):
        return editing.add_recording(session, film)
    old = draw(st.sampled_from(session.recordings))
    if draw(st.booleans()):
        return editing.remove_recording(session, old)
    look = Look(turn=draw(st.sampled_from([0, 90, 180, 270])), zoom=draw(st.sampled_from([1, 2.5])))
    listening = Listening(muted=draw(st.booleans()))
    new = replace(old, offset=draw(moments), look=look, listening=listening)
    return editing.replace_recording(session, old, new)


def _book(draw: st.DrawFn, session: Session) -> Edit:
    old = draw(st.sampled_from(session.codebook.codes))
    if draw(st.booleans()):
        return with_new_id(session, old.id, f"code_{draw(st.uuids()).hex}")
    return editing.plan_move(session, replace(session.codebook, version=draw(texts))).edit


def _transcripts(draw: st.DrawFn, session: Session) -> Edit:
    if not session.transcripts or draw(st.booleans()):
        new = draw(transcripts(_fresh(draw, "talk")))
        nobody = tuple(replace(cue, participant="") for cue in new.cues)
        return editing.add_transcript(session, replace(new, cues=nobody))
    old = draw(st.sampled_from(session.transcripts))
    if old.cues and draw(st.booleans()):
        return _on_cue(draw, session, old)
    return editing.replace_transcript(session, old, replace(old, language=draw(texts)))


def _on_cue(draw: st.DrawFn, session: Session, old: Transcript) -> Edit:
    cue, stretch = draw(st.sampled_from(old.cues)), draw(intervals())
    same = [one for one in old.cues if one.speaker == cue.speaker]
    alike = [one for one in same if one.participant == cue.participant]
    people = ["", *(one.id for one in session.participants)]
    makers = [
        lambda: editing.set_cue_text(session, old.id, cue, f"{draw(texts)} so"),
        lambda: editing.retime_cue(session, old.id, cue, stretch.start, stretch.end),
        lambda: editing.set_cue_speaker(session, old.id, cue, draw(texts)),
        lambda: editing.assign_speaker(session, old.id, cue.speaker, draw(st.sampled_from(people))),
    ]
    if len(alike) > 1:
        makers.append(lambda: editing.merge_cues(session, old.id, alike))
    if len(cue.text.split()) > 1:
        makers.append(lambda: editing.split_cue(session, old.id, cue, 1, _fresh(draw, "c")))
    return draw(st.sampled_from(makers))()


_TAG_EDITS = (_add_tag, _add_tag, _on_tag, _on_tag, _recode)
_OTHER_EDITS = (
    _frame,
    _people,
    _passes,
    _ratings,
    _recordings,
    _book,
    _transcripts,
)
