"""A pack as its templates read it: numbered, its texts made plain, its times counted from 0."""

from __future__ import annotations

from dataclasses import dataclass

from annotator.errors import AnnotatorError
from annotator.model.time import Micros, to_clock
from annotator.reports.packs.pack import Mark, Pack, PackClip
from annotator.reports.packs.words import (
    Line,
    clock,
    cue_text,
    language_tag,
    lines_in,
    one_line,
    plain,
    seconds,
)

FILMS = {".mp4": "video/mp4", ".m4v": "video/mp4", ".webm": "video/webm"}
SOUNDS = {".m4a": "audio/mp4", ".mp3": "audio/mpeg", ".wav": "audio/wav"}
_POSTERS = {b"\x89PNG\r\n\x1a\n": ".png", b"\xff\xd8\xff": ".jpg"}


@dataclass(frozen=True, slots=True)
class Moment:
    """Something at a moment of a clip: a question that stops the film, or a tag."""

    at: float
    clock: str
    text: str


@dataclass(frozen=True, slots=True)
class ClipView:
    """A clip as it is shown; file names are relative to the page and empty where there is none."""

    number: int
    title: str
    media: str
    mime: str
    poster: str
    vtt: str
    length: float
    length_clock: str
    start_clock: str
    end_clock: str
    aim: str
    notes: str
    warning: str
    before: str
    after: str
    stops: tuple[Moment, ...]
    marks: tuple[Moment, ...]
    captions: tuple[Line, ...]
    transcript: tuple[Line, ...]
    therapist: str
    therapist_code: str
    session_code: str
    level: str
    expiry: str
    masked: str
    shows_session: bool

    @property
    def codes(self) -> tuple[str, ...]:
        """What tells a clip from those of other therapists and sessions; may be empty."""
        told = (self.therapist_code, self.session_code if self.shows_session else "")
        return tuple(filter(None, told))

    @property
    def whose(self) -> str:
        """The codes in words, on a line; may be empty."""
        therapist = f"Therapist {self.therapist_code}" if self.therapist_code else ""
        session = f"Session {self.session_code}" if self.shows_session else ""
        return " · ".join(filter(None, (therapist, session)))

    @property
    def tags(self) -> tuple[str, ...]:
        """The names of the codes tagged inside, each once, in the order in which they come."""
        return tuple(dict.fromkeys(mark.text for mark in self.marks))

    @property
    def has_questions(self) -> bool:
        """Whether anything is asked about the clip."""
        return bool(self.before or self.after or self.stops)

    def to_data(self) -> dict[str, object]:
        """Give what the page's script reads; times in seconds, captions as WebVTT text."""
        return {
            "number": self.number,
            "title": self.title,
            "media": self.media,
            "poster": self.poster,
            "whose": self.whose,
            "warning": self.warning,
            "before": self.before,
            "after": self.after,
            "stops": [{"at": one.at, "clock": one.clock, "text": one.text} for one in self.stops],
            "cues": [[one.start, one.end, cue_text(one)] for one in self.captions],
        }


@dataclass(frozen=True, slots=True)
class PackView:
    """A pack as it is shown."""

    title: str
    language: str
    clips: tuple[ClipView, ...]
    made: str
    level: str
    delete_by: str

    @property
    def opposite(self) -> int:
        """The number of the clip that is compared with the first where no other is chosen.

        It is the first of another therapist, or else of another session, or else the second.
        """
        first, *others = self.clips
        ways = (_other_therapist, _other_session)
        found = (one.number for differs in ways for one in others if differs(first, one))
        return next(found, first.number + 1)


def view_of(pack: Pack) -> PackView:
    """Number a pack's clips, name their files and make every text plain.

    Raises AnnotatorError where there is no clip, or a file is of a kind that browsers cannot show.
    """
    if not pack.clips:
        raise AnnotatorError("There is no clip to make a pack of.", "Mark at least one clip.")
    has_several = len({one.session_code for one in pack.clips}) > 1
    return PackView(
        one_line(pack.title, "Clips for teaching"),
        language_tag(pack.language),
        tuple(
            _clip(one, number, shows_session=has_several and bool(one.session_code))
            for number, one in enumerate(pack.clips, 1)
        ),
        one_line(pack.made),
        one_line(pack.level),
        one_line(pack.delete_by),
    )


def _other_therapist(one: ClipView, other: ClipView) -> bool:
    told = one.therapist_code, other.therapist_code
    return all(told) and one.therapist_code != other.therapist_code


def _other_session(one: ClipView, other: ClipView) -> bool:
    return one.session_code != other.session_code


def _clip(one: PackClip, number: int, *, shows_session: bool) -> ClipView:
    clip, start = one.clip, one.clip.start
    suffix, mime = _kind_of(one, number)
    name = f"media/clip-{number:02d}"
    captions = lines_in(one.captions, clip.interval)
    return ClipView(
        number=number,
        title=one_line(clip.title, f"Clip {number}"),
        media=f"{name}{suffix}",
        mime=mime,
        poster=f"{name}{poster_suffix(one.poster, number)}" if one.poster else "",
        vtt=f"{name}.vtt" if captions else "",
        length=seconds(clip.length),
        length_clock=clock(clip.length),
        start_clock=to_clock(clip.start),
        end_clock=to_clock(clip.end),
        aim=plain(clip.aim),
        notes=plain(clip.notes),
        warning=plain(clip.warning),
        before=plain(clip.question_before),
        after=plain(clip.question_after),
        stops=tuple(_moment(stop.time, plain(stop.question), start) for stop in clip.stops),
        marks=tuple(
            _moment(mark.time, one_line(mark.label), start)
            for mark in sorted(one.marks, key=_time_of)
            if clip.interval.contains(mark.time) and mark.label.strip()
        ),
        captions=captions,
        transcript=lines_in(one.transcript, clip.interval),
        therapist=one_line(one.therapist_name or one.therapist),
        therapist_code=one_line(one.therapist),
        session_code=one_line(one.session_code),
        level=one_line(one.level),
        expiry=one_line(one.expiry),
        masked=one_line(one.masked),
        shows_session=shows_session,
    )


def _time_of(mark: Mark) -> Micros:
    return mark.time


def _moment(time: Micros, text: str, start: Micros) -> Moment:
    inside = Micros(time - start)
    return Moment(seconds(inside), clock(inside), text)


def _kind_of(one: PackClip, number: int) -> tuple[str, str]:
    suffix = one.media.suffix.lower()
    mime = {**FILMS, **SOUNDS}.get(suffix)
    if mime is None:
        raise AnnotatorError(
            f"Clip {number} is a file that browsers cannot show.",
            f"Cut it again as one of: {', '.join((*FILMS, *SOUNDS))}.",
        )
    return suffix, mime


def poster_suffix(poster: bytes, number: int) -> str:
    """Tell a picture's ending by its first bytes; raises AnnotatorError where it is none."""
    for head, suffix in _POSTERS.items():
        if poster.startswith(head):
            return suffix
    raise AnnotatorError(f"The still of clip {number} is neither PNG nor JPEG.", "Make it again.")
