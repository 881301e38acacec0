"""Searching tags: what a typed line asks for, and whether a tag has it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from unicodedata import normalize

from annotator.model.codebook import Code
from annotator.model.coding import UNNAMED, Tag
from annotator.model.session import Session
from annotator.model.time import Micros, from_clock

FIELDS = ("code", "who", "note", "from", "to", "is")
"""What can stand before a colon, as in `code:reflection from:1:00`."""


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked for; a tag must have all of it.

    `words` may stand anywhere in a tag's text; `of` holds words by the field they must be in,
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
    def is_about_each(self) -> bool:
        """Whether it asks for what differs from tag to tag, beyond code and participant."""
        return any(name == "is" for name, _ in self.of)


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

    It goes by the session's names of codes and participants: make another when these change.
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
        self._own: dict[str, tuple[Tag, str]] = {}

    def fits(self, query: Query) -> Callable[[Tag], bool]:
        """Give what tells whether a tag has all that a query asks for."""
        alike: dict[tuple[str, str], bool] = {}
        since, until, has_words = query.since, query.until, self._has_words

        def has_all(tag: Tag) -> bool:
            if since is not None and tag.start < since:
                return False
            if until is not None and tag.start > until:
                return False
            if tag.note or tag.attributes or query.is_about_each:
                return has_words(tag, query)
            pair = (tag.code, tag.participant)
            known = alike.get(pair)
            if known is None:
                known = alike[pair] = has_words(tag, query)
            return known

        return has_all

    def found(self, tags: Sequence[Tag], query: Query) -> list[Tag]:
        """Give the tags that a query asks for, in the order they came in."""
        return list(tags) if query.is_empty else list(filter(self.fits(query), tags))

    def _has_words(self, tag: Tag, query: Query) -> bool:
        if query.words:
            code, who, own = self._code(tag), self._who(tag), self._own_text(tag)
            if not all(word in code or word in who or word in own for word in query.words):
                return False
        return all(self._has(tag, name, word) for name, word in query.of)

    def _has(self, tag: Tag, name: str, word: str) -> bool:
        match name:
            case "code":
                return word in self._code(tag)
            case "who":
                return word in self._who(tag)
            case "note":
                return word in folded(tag.note)
            case _:
                return _is(tag, word)

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
            chosen = (
                self._choices.get(pair, f"{pair[0]} {pair[1]}") for pair in tag.attributes.items()
            )
            known = self._own[tag.id] = (tag, folded(" ".join((tag.note, *chosen))))
        return known[1]


def _codes(session: Session) -> tuple[Code, ...]:
    return (*session.codebook.codes, Code(UNNAMED, "unnamed", UNNAMED))


def _named(*names: str) -> str:
    return folded(" ".join(name for name in names if name))


def _is(tag: Tag, word: str) -> bool:
    kinds = {"moment": tag.is_instant, "stretch": not tag.is_instant, "unnamed": not tag.is_named}
    return kinds.get(word, word == tag.origin.value)
