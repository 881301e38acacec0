"""Searching tags: what a typed line asks for, and whether a tag has it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from unicodedata import normalize

from annotator.model.codebook import Code
from annotator.model.coding import UNNAMED, Tag
from annotator.model.session import Session
from annotator.model.time import Interval, Micros, from_clock

FIELDS = ("code", "who", "note", "said", "from", "to", "is")
"""What can stand before a colon, as in `code:reflection from:1:00`."""

EARLIEST, LATEST = Micros(-(1 << 62)), Micros(1 << 62)


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked for; a tag must have all of it.

    `words` may stand anywhere in a tag's text; `of` holds words by the field they must be in, where
    `said` is the transcript while the tag lasts;
    `since` and `until` the moments between which the tag begins. `problem` says what of the line
    was not understood, which is then left out.
    """

    words: tuple[str, ...] = ()
    of: tuple[tuple[str, str], ...] = ()
    since: Micros | None = None
    until: Micros | None = None
    problem: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether everything fits."""
        return not (self.words or self.of) and self.since is None and self.until is None

    @property
    def is_about_speech(self) -> bool:
        """Whether it asks for what was said meanwhile."""
        return any(name == "said" for name, _ in self.of)


def folded(text: str) -> str:
    """Write a text as it is compared: without case and accents."""
    if text.isascii():
        return text.lower()
    plain = normalize("NFKD", text.casefold())
    return "".join(sign for sign in plain if not "\u0300" <= sign <= "\u036f")


def query_of(line: str) -> Query:
    """Read a typed line: words apart by blanks, each of which may begin with a field's name."""
    words: list[str] = []
    of: list[tuple[str, str]] = []
    moments: dict[str, Micros] = {}
    problem = ""
    for part in line.split():
        name, colon, rest = part.partition(":")
        if not colon or name not in FIELDS or not rest:
            words.append(folded(part))
        elif name in {"from", "to"}:
            try:
                moments[name] = from_clock(rest)
            except ValueError:
                problem = f"“{rest}” is no time; write it as 1:23."
        else:
            of.append((name, folded(rest)))
    return Query(tuple(words), tuple(of), moments.get("from"), moments.get("to"), problem)


class TagTexts:
    """What of the tags of one session is searched.

    It goes by the session's names of codes and participants, and by what was said: make another
    when these change.
    """

    def __init__(self, session: Session) -> None:
        self._codes = {
            one.id: _named(one.id, one.name, one.abbreviation) for one in _codes(session)
        }
        self._people = {
            one.id: _named(one.id, one.label, one.role.value) for one in session.participants
        }
        self._choices = {
            (attribute.id, choice.id): f"{attribute.name} {choice.name}"
            for code in session.codebook.codes
            for attribute in code.attributes
            for choice in attribute.choices
        }
        self._transcripts = session.transcripts
        self._own: dict[str, tuple[Tag, str]] = {}

    def fits(self, query: Query) -> Callable[[Tag], bool]:
        """Give what tells whether a tag has all that a query asks for."""
        left: dict[tuple[str, str], tuple[str, ...] | None] = {}
        own_text = self._own_text
        since = EARLIEST if query.since is None else query.since
        until = LATEST if query.until is None else query.until
        said = [self._said(word) for name, word in query.of if name == "said"]
        each = [(name, word) for name, word in query.of if name in {"note", "is"}]

        def has_all(tag: Tag) -> bool:
            if not since <= tag.start <= until:
                return False
            pair = (tag.code, tag.participant)
            if pair not in left:
                left[pair] = self._left_for(tag, query)
            words = left[pair]
            if words is None:
                return False
            if words:
                own = own_text(tag)
                for word in words:
                    if word not in own:
                        return False
            for name, word in each:
                if not _has(tag, name, word):
                    return False
            return not said or all(one.meets(tag) for one in said)

        return has_all

    def found(self, tags: Sequence[Tag], query: Query) -> list[Tag]:
        """Give the tags that a query asks for, in the order they came in."""
        return list(tags) if query.is_empty else list(filter(self.fits(query), tags))

    def _left_for(self, tag: Tag, query: Query) -> tuple[str, ...] | None:
        """Give the words that the tag's own text must have; None where its code or person fails."""
        code, who = self._code(tag), self._who(tag)
        texts = {"code": code, "who": who}
        if any(word not in texts[name] for name, word in query.of if name in texts):
            return None
        return tuple(word for word in query.words if word not in code and word not in who)

    def _said(self, word: str) -> _Stretches:
        return _Stretches(
            cue.interval
            for transcript in self._transcripts
            for cue in transcript.cues
            if word in folded(cue.text)
        )

    def _code(self, tag: Tag) -> str:
        return self._codes.get(tag.code) or folded(tag.code)

    def _who(self, tag: Tag) -> str:
        return self._people.get(tag.participant) or folded(tag.participant)

    def _own_text(self, tag: Tag) -> str:
        """Give what a tag says beside its code and participant, written once."""
        if not tag.note and not tag.attributes:
            return ""
        known = self._own.get(tag.id)
        if known is None or known[0] is not tag:
            text = tag.note
            if tag.attributes:
                pairs = tag.attributes.items()
                chosen = (self._choices.get(pair, f"{pair[0]} {pair[1]}") for pair in pairs)
                text = " ".join((text, *chosen))
            known = self._own[tag.id] = (tag, folded(text))
        return known[1]


def _codes(session: Session) -> tuple[Code, ...]:
    return (*session.codebook.codes, Code(UNNAMED, "unnamed", UNNAMED))


def _named(*names: str) -> str:
    return folded(" ".join(name for name in names if name))


def _has(tag: Tag, name: str, word: str) -> bool:
    if name == "note":
        return word in folded(tag.note)
    kinds = {"moment": tag.is_instant, "stretch": not tag.is_instant, "unnamed": not tag.is_named}
    return kinds.get(word, word == tag.origin.value)


class _Stretches:
    """Stretches of time, asked for whether a tag shares time with one of them."""

    def __init__(self, stretches: Iterable[Interval]) -> None:
        self._starts: list[Micros] = []
        self._ends: list[Micros] = []
        for one in sorted(stretches, key=lambda one: one.start):
            if self._ends and one.start <= self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], one.end)
            else:
                self._starts.append(one.start)
                self._ends.append(one.end)

    def meets(self, tag: Tag) -> bool:
        """Whether the tag shares time with a stretch, or is a moment in one."""
        ahead = bisect_left if tag.end > tag.start else bisect_right
        place = ahead(self._starts, tag.end) - 1
        return place >= 0 and self._ends[place] > tag.start
