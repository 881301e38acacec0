"""Searching tags: what a typed line asks for, and whether a tag has it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from unicodedata import normalize

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


def folded(text: str) -> str:
    """Write a text as it is compared: without case and accents."""
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


@dataclass(frozen=True, slots=True)
class TagText:
    """What of a tag is searched, each folded."""

    code: str
    who: str
    note: str
    whole: str


@dataclass(slots=True)
class TagTexts:
    """The texts of tags of one session, each written when it is first asked for.

    They go by the session's names of codes and participants: make others when these change.
    """

    codes: Mapping[str, str]
    people: Mapping[str, str]
    choices: Mapping[tuple[str, str], str]
    _known: dict[str, tuple[Tag, TagText]] = field(default_factory=dict)

    @staticmethod
    def of(session: Session) -> TagTexts:
        """Gather the names of a session."""
        codes = {one.id: f"{one.name} {one.abbreviation}" for one in session.codebook.codes}
        people = {one.id: f"{one.label} {one.role.value}" for one in session.participants}
        choices = {
            (attribute.id, choice.id): f"{attribute.name} {choice.name}"
            for code in session.codebook.codes
            for attribute in code.attributes
            for choice in attribute.choices
        }
        return TagTexts({UNNAMED: "? unnamed", **codes}, people, choices)

    def text(self, tag: Tag) -> TagText:
        """Give a tag's texts."""
        known = self._known.get(tag.id)
        if known is not None and known[0] is tag:
            return known[1]
        text = self._written(tag)
        self._known[tag.id] = (tag, text)
        return text

    def fits(self, query: Query) -> Callable[[Tag], bool]:
        """Give what tells whether a tag has all that a query asks for."""
        text = self.text

        def has_all(tag: Tag) -> bool:
            if query.since is not None and tag.start < query.since:
                return False
            if query.until is not None and tag.start > query.until:
                return False
            found = text(tag)
            for word in query.words:
                if word not in found.whole:
                    return False
            return all(_has(tag, found, name, word) for name, word in query.of)

        return has_all

    def found(self, tags: Sequence[Tag], query: Query) -> list[Tag]:
        """Give the tags that a query asks for, in the order they came in."""
        return list(tags) if query.is_empty else list(filter(self.fits(query), tags))

    def _written(self, tag: Tag) -> TagText:
        code = folded(f"{self.codes.get(tag.code, '')} {tag.code}")
        who = folded(f"{self.people.get(tag.participant, '')} {tag.participant}".strip())
        note = folded(tag.note)
        more = " ".join(
            self.choices.get(pair, f"{pair[0]} {pair[1]}") for pair in tag.attributes.items()
        )
        return TagText(code, who, note, "\n".join((code, who, note, folded(more))))


def _has(tag: Tag, text: TagText, name: str, word: str) -> bool:
    match name:
        case "code":
            return word in text.code
        case "who":
            return word in text.who
        case "note":
            return word in text.note
        case _:
            return _is(tag, word)


def _is(tag: Tag, word: str) -> bool:
    kinds = {"moment": tag.is_instant, "stretch": not tag.is_instant, "unnamed": not tag.is_named}
    return kinds.get(word, word == tag.origin.value)
