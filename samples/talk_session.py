"""Codes the talk as two coders would, with the starter codebook, from what the script meant."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from talk_acting import FPS
from talk_papers import overlaps, silences

from annotator.model import (
    Codebook,
    CodingPass,
    Consent,
    ConsentScope,
    ConsentStatus,
    Interval,
    Micros,
    Participant,
    ParticipantRole,
    Purpose,
    Recording,
    Session,
    Speaker,
    Tag,
    tag_order,
)

if TYPE_CHECKING:
    from talk_voices import Talk

_FRAME = 1_000_000 // FPS
_SHORTEST_SILENCE = 3000
_CONSENT = Consent(
    status=ConsentStatus.GIVEN,
    scope=ConsentScope.PUBLIC,
    date="2026-02-20",
    form="invented talk",
    note="Invented and acted by synthetic voices; nobody in it exists.",
)
_PEOPLE = (
    Participant("therapist", ParticipantRole.THERAPIST, "T01", _CONSENT),
    Participant("client", ParticipantRole.CLIENT, "C01", _CONSENT),
)
_KEY_MOMENTS = (
    ("Who is it hardest", "She used to say", "He says for the first time whom the worry is about."),
    ("Is that selfish", "It sounds human", ""),
)
_REPAIR = "Sorry, I cut in"
_REPAIR_NOTE = "Both speak; she gives the word back at once."
_FEELINGS = {
    "Yes.": "fear",
    "Her.": "sadness",
    "She used to say": "shame",
    "She would be hurt": "shame",
}
_B_MISSES = "immediacy"
_B_SEES = ("Letting people down", "interpretation")
_B_NOTE = "The fear is hers to name here, not yet his."
_B_SHIFTS = (0.12, -0.2, 0.32, 0.16, -0.12, 0.4, 0.24, -0.28, 0.2, 0.48, -0.16)
"""Seconds by which the second coder is later or earlier, in turn; whole frames all of them."""


@dataclass(frozen=True, slots=True)
class _Moment:
    """One thing to tag: milliseconds, and the words at which it stands."""

    code: str
    start: int
    end: int
    words: str = ""
    note: str = ""


def coded_session(talk: Talk, recording: Recording, book: Codebook) -> Session:
    """Make the finished session: what the script meant (A), and a second look at it (B)."""
    moments = sorted(_moments(talk), key=lambda one: (one.start, one.end))
    first = [_tag(one, book, number) for number, one in enumerate(moments, start=1)]
    return Session(
        id="first-session",
        title="First session (acted)",
        codebook=book,
        region=Interval(_frame_before(talk.spoken[0].start), _frame_after(talk.spoken[-1].end)),
        recordings=(recording,),
        participants=_PEOPLE,
        passes=(
            _coding_pass(
                "pass-a", "A", Purpose.PRIMARY, datetime(2026, 3, 2, 9, tzinfo=UTC), first
            ),
            _coding_pass(
                "pass-b",
                "B",
                Purpose.DOUBLE,
                datetime(2026, 3, 4, 14, tzinfo=UTC),
                _second_look(first, moments),
            ),
        ),
    )


def _moments(talk: Talk) -> list[_Moment]:
    found = [
        _Moment(code, one.sentences[index], one.sentences[index], one.line.text)
        for one in talk.spoken
        for index, code in one.line.codes
    ]
    for start, end in silences(talk):
        if end - start >= _SHORTEST_SILENCE:
            found.append(_Moment("silence", start, end))
    for first, last, note in _KEY_MOMENTS:
        begin, finish = _spoken(talk, first)[0], _spoken(talk, last)[1]
        found.append(_Moment("key_moment", begin, finish, note=note))
    cut_in = overlaps(talk)[0][0]
    found.append(_Moment("rupture", cut_in, _spoken(talk, _REPAIR)[1], note=_REPAIR_NOTE))
    return found


def _spoken(talk: Talk, words: str) -> tuple[int, int]:
    one = next(one for one in talk.spoken if one.line.text.startswith(words))
    return one.start, one.end


def _tag(one: _Moment, book: Codebook, number: int) -> Tag:
    code = book.code(one.code)
    if code is None:
        raise LookupError(f"the codebook has no code {one.code}")
    feeling = next((v for k, v in _FEELINGS.items() if one.words.startswith(k)), None)
    emotional = one.code == "client_emotion" and feeling is not None
    start = _frame_before(one.start) if one.start == one.end else _frame_after(one.start)
    return Tag(
        id=f"a{number:02d}",
        code=one.code,
        start=start,
        end=_frame_before(one.end),
        participant=code.speaker if code.speaker in {Speaker.THERAPIST, Speaker.CLIENT} else "",
        note=one.note,
        attributes={"feeling": feeling} if emotional and feeling else {},
    )


def _frame_before(millis: int) -> Micros:
    return Micros(millis * 1000 // _FRAME * _FRAME)


def _frame_after(millis: int) -> Micros:
    return Micros(-(-millis * 1000 // _FRAME) * _FRAME)


def _second_look(first: list[Tag], moments: list[_Moment]) -> list[Tag]:
    """Give the tags of a coder who misses one, calls one otherwise and presses at other times."""
    words, other = _B_SEES
    seen: list[Tag] = []
    for number, (tag, moment) in enumerate(zip(first, moments, strict=True)):
        if tag.code == _B_MISSES:
            continue
        shift = round(_B_SHIFTS[number % len(_B_SHIFTS)] * 1_000_000)
        if tag.is_instant:
            start = end = Micros(max(tag.start + shift, _frame_before(moments[0].start)))
        else:
            start, end = Micros(tag.start + abs(shift)), Micros(tag.end - abs(shift) // 2)
            end = Micros(end // _FRAME * _FRAME)
        changed = replace(tag, id=f"b{number + 1:02d}", start=start, end=end, note="")
        if moment.words.startswith(words):
            changed = replace(changed, code=other, note=_B_NOTE)
        seen.append(changed)
    return seen


def _coding_pass(
    pass_id: str, coder: str, purpose: Purpose, started: datetime, tags: list[Tag]
) -> CodingPass:
    """Put the tags in order, each made where a coder working through the film would be."""
    ordered = sorted(tags, key=tag_order)
    stamped = []
    for number, tag in enumerate(ordered, start=1):
        made = _stamp(started + timedelta(microseconds=tag.end, seconds=19 * number))
        stamped.append(replace(tag, created=made, modified=made))
    return CodingPass(pass_id, coder, purpose, _stamp(started), tuple(stamped))


def _stamp(moment: datetime) -> str:
    return moment.replace(microsecond=0).isoformat().replace("+00:00", "Z")
