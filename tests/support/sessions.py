"""Sessions to store: one that is plain, many that are strange, and changes of both."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import strategies as st

from annotator.model import (
    Anchor,
    Attribute,
    AudioFacts,
    Band,
    Choice,
    Code,
    Codebook,
    CodeKind,
    CodingPass,
    ConsensusOf,
    Consent,
    ConsentScope,
    ConsentStatus,
    Cue,
    Decision,
    ExcludedSpan,
    Group,
    Interval,
    Listening,
    Look,
    Mask,
    Masking,
    Matching,
    Micros,
    Milestone,
    Origin,
    Participant,
    ParticipantRole,
    PassEvent,
    Purpose,
    Rating,
    RatingItem,
    Recording,
    RecordingRole,
    Score,
    Session,
    Speaker,
    Tag,
    Transcript,
    Unblinding,
    Verdict,
    VideoFacts,
    Word,
    cue_order,
    tag_order,
)
from annotator.model.change import Change, CueChange, FieldChange, Member, MemberChange, TagChange
from annotator.model.clip import Clip, Pause

END = Micros(100_000_000_000)


def plain_tag(number: int) -> Tag:
    """Make the tag of that number: a reflection of a second, every second."""
    start = Micros(number * 1_000_000)
    return Tag(f"t{number}", "reflection", start, Micros(start + 1_000_000), "p1")


def plain_session(tags: int = 3) -> Session:
    """Make a valid session with one pass that holds so many tags."""
    book = Codebook(
        id="book",
        version="1",
        name="A book",
        groups=(Group("talk", "Talk"),),
        codes=(
            Code("reflection", "Reflection", "R", "talk", "#4477aa", "r"),
            Code("silence", "Silence", "S", "", "#bbbbbb", "s", CodeKind.SPAN),
        ),
        ratings=(RatingItem("empathy", "Empathy"),),
        scores=(Score("share", "Share of silence", "silence/reflection"),),
    )
    film = Recording("r1", "film.mp4", RecordingRole.ROOM, Micros(0), END, "sha256-0")
    coding_pass = CodingPass(
        "pass1",
        "A",
        Purpose.PRIMARY,
        "2026-03-01T09:00:00Z",
        tuple(plain_tag(number) for number in range(tags)),
        (Rating("empathy", 4),),
    )
    return Session(
        "s1",
        "A session",
        book,
        Interval(Micros(0), END),
        (film,),
        (ExcludedSpan(Micros(5_000_000), Micros(6_000_000), "a name is said"),),
        (Participant("p1", ParticipantRole.CLIENT, "C07"),),
        (coding_pass,),
    )


def adding(number: int) -> TagChange:
    """Make the change that adds the plain tag of that number."""
    return TagChange("pass1", None, plain_tag(number))


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
IDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=6)
TIMES = st.integers(-(10**15) + 1, 10**15 - 1).map(Micros)
LENGTHS = st.integers(0, 10**15 - 1).map(Micros)
NUMBERS = st.one_of(
    st.integers(-1000, 1000), st.floats(-1e14, 1e14, allow_nan=False, allow_infinity=False)
)
WHOLES = st.integers(-(10**6), 10**6)
COUNTS = st.integers(0, 10**6)
WORDS = st.dictionaries(IDS, TEXTS, max_size=3)
JSON = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(-(10**20), 10**20),
        st.decimals(-1000, 1000, places=3).map(lambda number: number + Decimal(0)),
        TEXTS,
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(TEXTS, inner, max_size=3)),
    max_leaves=5,
)
EXTRA = st.dictionaries(IDS.map(lambda key: f"x-{key}"), JSON, max_size=2)


def _several(members: st.SearchStrategy[object], most: int = 3) -> st.SearchStrategy[tuple]:
    return st.lists(members, max_size=most).map(tuple)


def _ends() -> st.SearchStrategy[tuple[Micros, Micros]]:
    return st.tuples(TIMES, TIMES).map(lambda pair: (min(pair), max(pair)))


def _enum(kind: type) -> st.SearchStrategy[object]:
    return st.sampled_from(list(kind))


INTERVALS = _ends().map(lambda ends: Interval(*ends))
CHOICES = st.builds(Choice, IDS, TEXTS, TEXTS, EXTRA)
ATTRIBUTES = st.builds(Attribute, IDS, TEXTS, _several(CHOICES), EXTRA)
CODES = st.builds(
    Code,
    IDS,
    TEXTS,
    TEXTS,
    TEXTS,
    TEXTS,
    TEXTS,
    _enum(CodeKind),
    _enum(Speaker),
    TEXTS,
    TEXTS,
    TEXTS,
    TEXTS,
    _several(IDS),
    _several(ATTRIBUTES, 2),
    st.booleans(),
    EXTRA,
)
ITEMS = st.builds(
    RatingItem,
    IDS,
    TEXTS,
    TEXTS,
    NUMBERS,
    NUMBERS,
    st.none() | NUMBERS,
    TEXTS,
    _several(st.builds(Anchor, NUMBERS, TEXTS, EXTRA)),
    st.booleans(),
    st.none() | st.sampled_from([0.5, 1.0]),
    EXTRA,
)
SCORES = st.builds(
    Score,
    IDS,
    TEXTS,
    TEXTS,
    TEXTS,
    _several(st.builds(Band, TEXTS, NUMBERS, EXTRA)),
    TEXTS,
    EXTRA,
)
BOOKS = st.builds(
    Codebook,
    IDS,
    TEXTS,
    TEXTS,
    TEXTS,
    TEXTS,
    st.none() | LENGTHS,
    st.none() | COUNTS,
    _several(st.builds(Group, IDS, TEXTS, EXTRA)),
    _several(CODES),
    _several(ITEMS, 2),
    _several(SCORES, 2),
    EXTRA,
)
VIDEOS = st.builds(
    VideoFacts,
    TEXTS,
    COUNTS,
    COUNTS,
    TEXTS,
    st.booleans(),
    COUNTS,
    TIMES,
    LENGTHS,
    WHOLES,
    TEXTS,
    EXTRA,
)
SOUNDS = st.builds(AudioFacts, TEXTS, COUNTS, COUNTS, TIMES, COUNTS, EXTRA)
SHARES = st.sampled_from([0.0, 0.25, 0.5, 1.0])
LOOKS = st.builds(
    Look,
    st.sampled_from([0, 90, 180, 270]),
    st.sampled_from([-1.0, 0.0, 0.3]),
    st.sampled_from([0.25, 1.0, 4.0]),
    st.sampled_from(["", "4:3", "16:9"]),
    st.booleans(),
    st.sampled_from([1.0, 2.5, 16.0]),
    SHARES,
    SHARES,
    EXTRA,
)
LISTENINGS = st.builds(Listening, SHARES, st.booleans(), COUNTS, EXTRA)
RECORDINGS = st.builds(
    Recording,
    IDS,
    IDS,
    _enum(RecordingRole),
    TIMES,
    LENGTHS,
    TEXTS,
    st.none() | VIDEOS,
    st.none() | SOUNDS,
    LOOKS,
    LISTENINGS,
    EXTRA,
)
SPANS = st.tuples(_ends(), TEXTS, EXTRA).map(lambda one: ExcludedSpan(*one[0], one[1], one[2]))
MASKINGS = st.builds(Masking, _enum(ConsentScope), _several(_enum(Mask)), EXTRA)
CONSENTS = st.builds(
    Consent,
    _enum(ConsentStatus),
    _enum(ConsentScope),
    TEXTS,
    TEXTS,
    TEXTS,
    TEXTS,
    _several(_enum(ConsentScope)),
    _several(MASKINGS),
    TEXTS,
    TEXTS,
    EXTRA,
)
PEOPLE = st.builds(
    Participant,
    IDS,
    _enum(ParticipantRole),
    TEXTS,
    CONSENTS,
    EXTRA,
)


@st.composite
def _tag(draw: st.DrawFn) -> Tag:
    start, end = draw(_ends())
    sources = st.just(()) | _several(IDS)
    rest = st.tuples(TEXTS, TEXTS, WORDS, _enum(Origin), TEXTS, TEXTS, sources, st.just({}) | EXTRA)
    return Tag(draw(IDS), draw(IDS), start, end, *draw(rest))


TAGS = _tag()
RATINGS = st.builds(Rating, IDS, NUMBERS, TEXTS, _several(IDS), EXTRA)
EVENTS = st.builds(PassEvent, _enum(Milestone), TEXTS, TEXTS, EXTRA)
MATCHINGS = st.builds(Matching, LENGTHS, st.integers(1, 100), st.booleans(), EXTRA)
CONSENSUS = st.builds(ConsensusOf, IDS, IDS, MATCHINGS, EXTRA)
DECISIONS = st.builds(Decision, _several(IDS), _enum(Verdict), _several(IDS), TEXTS, TEXTS, EXTRA)
UNBLINDINGS = st.builds(Unblinding, TEXTS, IDS, TEXTS, st.booleans(), TEXTS, EXTRA)


@st.composite
def _word(draw: st.DrawFn) -> Word:
    start, end = draw(_ends())
    return Word(draw(TEXTS), start, end, draw(st.booleans()), draw(EXTRA))


@st.composite
def _cue(draw: st.DrawFn) -> Cue:
    start, end = draw(_ends())
    rest = st.tuples(TEXTS, TEXTS, TEXTS, _several(_word(), 2), st.just({}) | EXTRA)
    return Cue(draw(IDS), start, end, *draw(rest))


CUES = _cue()
TRANSCRIPTS = st.builds(
    Transcript,
    IDS,
    st.lists(CUES, max_size=3, unique_by=cue_order).map(
        lambda cues: tuple(sorted(cues, key=cue_order))
    ),
    TEXTS,
    TEXTS,
    EXTRA,
)


@st.composite
def _clip(draw: st.DrawFn) -> Clip:
    start, end = draw(_ends().filter(lambda ends: ends[0] < ends[1]))
    pause = st.builds(Pause, TIMES, TEXTS, EXTRA)
    texts = st.tuples(TEXTS, TEXTS, TEXTS, TEXTS, TEXTS)
    more = st.tuples(_several(pause, 2), TEXTS, st.lists(IDS, max_size=2).map(tuple), EXTRA)
    return Clip(draw(IDS), start, end, *draw(texts), *draw(more))


CLIPS = _clip()
PASSES = st.builds(
    CodingPass,
    IDS,
    TEXTS,
    _enum(Purpose),
    TEXTS,
    st.lists(TAGS, max_size=4, unique_by=tag_order).map(
        lambda tags: tuple(sorted(tags, key=tag_order))
    ),
    _several(RATINGS, 2),
    _several(EVENTS, 2),
    st.none() | CONSENSUS,
    _several(DECISIONS, 2),
    EXTRA,
)
SESSIONS = st.builds(
    Session,
    IDS,
    TEXTS,
    BOOKS,
    INTERVALS,
    _several(RECORDINGS, 2),
    _several(SPANS, 2),
    _several(PEOPLE, 2),
    _several(PASSES, 2),
    _several(UNBLINDINGS, 2),
    _several(TRANSCRIPTS, 2),
    _several(CLIPS, 2),
    EXTRA,
)


def _members() -> st.SearchStrategy[Change]:
    kinds = {
        Member.RECORDING: RECORDINGS,
        Member.EXCLUDED: SPANS,
        Member.PARTICIPANT: PEOPLE,
        Member.PASS: PASSES,
        Member.RATING: RATINGS,
        Member.EVENT: EVENTS,
        Member.DECISION: DECISIONS,
        Member.UNBLINDING: UNBLINDINGS,
        Member.TRANSCRIPT: TRANSCRIPTS,
        Member.CLIP: CLIPS,
    }
    return st.one_of(
        *(
            st.builds(MemberChange, st.just(kind), COUNTS, st.none() | made, made, TEXTS)
            for kind, made in kinds.items()
        )
    )


CHANGES = st.one_of(
    st.builds(TagChange, TEXTS, st.none() | TAGS, st.none() | TAGS),
    st.builds(CueChange, TEXTS, st.none() | CUES, st.none() | CUES),
    _members(),
    st.builds(FieldChange, TEXTS, TEXTS),
    st.builds(FieldChange, INTERVALS, INTERVALS),
    st.builds(FieldChange, BOOKS, BOOKS),
)
