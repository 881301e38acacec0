"""The book that the editor works on: what is chosen, added, changed and removed in it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from annotator.editing import book_draft
from annotator.editing.book_draft import Draft, drafted, members
from annotator.editing.fates import TagsGo
from annotator.model.book_advice import codebook_advice
from annotator.model.book_compare import Member, Part
from annotator.model.book_rules import codebook_problems
from annotator.model.codebook import Code, Codebook, Group, RatingItem, Score
from annotator.model.problem import Problem
from annotator.model.proposing import next_colour, next_id

LISTS = {"codes": Part.CODE, "groups": Part.GROUP, "ratings": Part.RATING, "scores": Part.SCORE}
_PLACE = re.compile(r"codebook\.(\w+)(?:\[(\d+)\])?\.?(.*)")
NEW_NAMES = {
    Part.CODE: "New code",
    Part.GROUP: "New group",
    Part.RATING: "New rating",
    Part.SCORE: "New score",
}


class Working:
    """A draft and the counts of tags and answers, by the ids of the session's own book."""

    def __init__(self, book: Codebook, tags: Mapping[str, int], answers: Mapping[str, int]) -> None:
        self.before = book
        self.draft: Draft = drafted(book)
        self._counts = {Part.CODE: tags, Part.RATING: answers}

    @property
    def book(self) -> Codebook:
        """The book as it is so far."""
        return self.draft.book

    @property
    def is_changed(self) -> bool:
        """Whether anything was changed."""
        return self.draft != drafted(self.before)

    def listed(self, part: Part) -> tuple[Member, ...]:
        """Give one list of the book."""
        return members(self.book, part)

    def add(self, part: Part, index: int) -> None:
        """Put a new member in."""
        self.draft = book_draft.added(self.draft, part, self._made(part), index)

    def change(self, part: Part, index: int, new: Member) -> Member:
        """Change a member; the id of a new one follows its name until it is typed."""
        old = self.listed(part)[index]
        others = [one.id for one in self._named_alike(part) if one is not old]
        follows = self._is_new(part, old) and old.id == next_id(old.name, others)
        if follows and new.id == old.id and new.name != old.name:
            new = replace(new, id=next_id(new.name, others))
        self.draft = book_draft.changed(self.draft, part, index, new)
        return self.listed(part)[index]

    def change_details(self, book: Codebook) -> None:
        """Change what the book says of itself; its lists stay."""
        now = self.book
        self.draft = replace(
            self.draft,
            book=replace(
                book, groups=now.groups, codes=now.codes, ratings=now.ratings, scores=now.scores
            ),
        )

    def shift(self, part: Part, index: int, by: int) -> int:
        """Move a member up or down; returns where it is then."""
        to = min(max(index + by, 0), len(self.listed(part)) - 1)
        self.draft = book_draft.shifted(self.draft, part, index, to)
        return to

    def remove(self, part: Part, index: int, goes: TagsGo | None) -> None:
        """Take a member out; raises EditError as `book_draft.removed`."""
        self.draft = book_draft.removed(self.draft, part, index, goes)

    def uses(self, part: Part, index: int) -> int:
        """Count the tags or answers of a member."""
        return book_draft.uses(self.draft, part, index, self._counts.get(part, {}))

    def problems(self) -> list[Problem]:
        """List what is wrong with the book."""
        return codebook_problems(self.book)

    def advice(self) -> list[Problem]:
        """List what could be better about the book."""
        return codebook_advice(self.book)

    def worded(self, problems: Sequence[Problem]) -> list[tuple[Problem, str]]:
        """Tell problems by the names of members rather than by their places."""
        return [(one, self._words(one)) for one in problems]

    def _words(self, problem: Problem) -> str:
        part, index, name = place_of(problem)
        if part is None or index is None or index >= len(self.listed(part)):
            return problem.message
        one = self.listed(part)[index]
        what = name.replace("_", " ")
        return f"{part.value} “{one.name or one.id}”, {what}: {problem.message}"

    def _made(self, part: Part) -> Member:
        name = NEW_NAMES[part]
        one = next_id(name, [other.id for other in self._named_alike(part)])
        match part:
            case Part.GROUP:
                return Group(one, name)
            case Part.CODE:
                return Code(one, name, colour=next_colour(self.book))
            case Part.RATING:
                return RatingItem(one, name, step=1)
        first = next((code.id for code in self.book.codes), "")
        return Score(one, name, first)

    def _named_alike(self, part: Part) -> tuple[Member, ...]:
        """Give all whose ids must differ: formulas name codes and ratings alike."""
        if part in {Part.CODE, Part.RATING}:
            return (*self.book.codes, *self.book.ratings)
        return self.listed(part)

    def _is_new(self, part: Part, one: Member) -> bool:
        return all(other.id != one.id for other in members(self.before, part))


def place_of(problem: Problem) -> tuple[Part | None, int | None, str]:
    """Give the list, the index and the field that a problem is about, as far as it says."""
    found = _PLACE.match(problem.path)
    if found is None:
        return None, None, ""
    part = LISTS.get(found[1])
    index = int(found[2]) if found[2] else None
    name = found[3] if part is not None else found[1]
    return part, index, re.split(r"[.\[]", name)[0]
