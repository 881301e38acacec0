"""Move a session to another codebook: what becomes of its tags and answers, told before it is done.

Nothing is lost unless it is said so: tags of a code that the new book lacks keep it, as a code
that is retired, and so do answers to a rating that it lacks or that has another scale.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from annotator.editing.carrying import carried
from annotator.editing.edit import Edit
from annotator.editing.fates import RETIRED, Fate, Lengths, TagsGo, carried_attributes, recoded
from annotator.errors import EditError
from annotator.model.book_compare import Comparison, Part, compare_books
from annotator.model.codebook import Code, Codebook, CodeKind, RatingItem
from annotator.model.coding import Rating, Tag
from annotator.model.session import Session


@dataclass(frozen=True, slots=True)
class MoveChoices:
    """What a person decided; `codes` and `ratings` say where those of an old id go.

    A code or rating that is not named keeps its id where the new book has it, goes to the one
    of the same name where there is one, and is retired otherwise.
    """

    codes: Mapping[str, TagsGo] = field(default_factory=dict)
    ratings: Mapping[str, TagsGo] = field(default_factory=dict)
    lengths: Lengths = field(default_factory=Lengths)


@dataclass(frozen=True, slots=True)
class MoveLine:
    """What becomes of the tags of one code, or of the answers to one rating.

    `new_id` is empty where they are deleted. `count` is of all passes; of these, `lengthened`
    moments are given a length, `shortened` stretches are cut to their start, `left_behind` do
    not fit the new kind or scale and stay, retired, under `left_id`, and `unknown` attributes
    are kept on the tags though the new code does not know them.
    """

    part: Part
    old_id: str
    new_id: str
    fate: Fate | None
    count: int
    lengthened: int = 0
    shortened: int = 0
    left_behind: int = 0
    left_id: str = ""
    unknown: int = 0

    @property
    def is_plain(self) -> bool:
        """Whether all stays as it is."""
        odd = self.lengthened + self.shortened + self.left_behind + self.unknown
        return self.fate is None and not odd


@dataclass(frozen=True, slots=True)
class Move:
    """A move to another book, not yet done: `edit` does it, in one step that can be undone.

    `book` is the new book with what is retired; `lines` are of codes and ratings in use.
    """

    edit: Edit
    book: Codebook
    comparison: Comparison
    lines: tuple[MoveLine, ...]

    def count(self, fate: Fate | None) -> int:
        """Count the tags and answers that meet a fate; None for those that keep their code.

        What is left behind under a code or rating that is retired counts as retired.
        """
        left = sum(line.left_behind for line in self.lines) if fate is Fate.RETIRE else 0
        lines = (line for line in self.lines if line.fate is fate)
        return left + sum(line.count - line.left_behind for line in lines)

    @property
    def deleted(self) -> int:
        """How many tags and answers would be gone."""
        return self.count(Fate.DELETE)


def plan_move(session: Session, book: Codebook, choices: MoveChoices | None = None) -> Move:
    """Work out the move of a session to another book.

    Raises EditError where a choice names a code or rating that there is not, or where one pass
    would hold two answers to one rating.
    """
    chosen = choices or MoveChoices()
    comparison = compare_books(session.codebook, book)
    _require_known(session.codebook, book, chosen)
    codes = _CodeRoutes(session, book, chosen, comparison)
    items = _RatingRoutes(session, codes.book, chosen, comparison)
    label = f"move to {book.name} {book.version}".rstrip()
    edit = carried(session, label, items.book, codes.step, items.step)
    return Move(edit, items.book, comparison, (*codes.lines(), *items.lines()))


def _require_known(old: Codebook, new: Codebook, choices: MoveChoices) -> None:
    codes = ({code.id for code in old.codes}, {code.id for code in new.codes_in_use})
    items = ({item.id for item in old.ratings}, {item.id for item in new.ratings_in_use})
    for name, given, (before, after) in (
        ("code", choices.codes, codes),
        ("rating", choices.ratings, items),
    ):
        for old_id, goes in given.items():
            if old_id not in before:
                raise EditError(f'The session\'s codebook has no {name} "{old_id}".')
            if goes.fate is Fate.RECODE and goes.to not in after:
                raise EditError(f'{new.name} {new.version} has no {name} "{goes.to}" to give.')


def _goes(
    old_id: str,
    new_ids: Collection[str],
    given: Mapping[str, TagsGo],
    suggested: Mapping[str, str],
) -> TagsGo | None:
    """Tell where those of an old id go; None where they keep it."""
    if old_id in given:
        goes = given[old_id]
        return None if goes == recoded(old_id) else goes
    if old_id in new_ids:
        return None
    return recoded(suggested[old_id]) if old_id in suggested else RETIRED


def _free_id(old_id: str, taken: set[str]) -> str:
    """Give an id for what is kept of an old code, its own where nothing else has that."""
    found, number = old_id, 1
    while found in taken:
        found = f"{old_id}_old" if number == 1 else f"{old_id}_old_{number}"
        number += 1
    taken.add(found)
    return found


def _ids(book: Codebook) -> set[str]:
    return {code.id for code in book.codes} | {item.id for item in book.ratings}


class _CodeRoutes:
    """Where each code's tags go, and how many of them there are."""

    def __init__(
        self, session: Session, book: Codebook, choices: MoveChoices, comparison: Comparison
    ) -> None:
        self.book = book
        self._old = {code.id: code for code in session.codebook.codes}
        self._new = {code.id: code for code in book.codes}
        self._lengths = choices.lengths
        self._end = session.duration
        suggested = comparison.suggested(Part.CODE)
        self._goes = {one: _goes(one, self._new, choices.codes, suggested) for one in self._old}
        tags = [tag for one in session.passes for tag in one.tags]
        self._counts = Counter(tag.code for tag in tags)
        self._odd = {name: Counter[str]() for name in ("lengthened", "shortened", "unknown")}
        self._left = Counter(tag.code for tag in tags if self._fitted(tag) is None)
        self._kept = self._keep_retired()
        for tag in tags:
            self._note(tag)

    def step(self, tag: Tag) -> Tag | None:
        if tag.code not in self._old:
            return tag
        goes = self._goes[tag.code]
        if goes is not None and goes.fate is Fate.DELETE:
            return None
        fitted = self._fitted(tag)
        if fitted is None:
            return replace(tag, code=self._kept[tag.code])
        code = self._target(tag.code)
        attributes, _ = carried_attributes(tag.attributes, self._old.get(tag.code), code)
        if fitted is tag and code.id == tag.code and attributes == tag.attributes:
            return tag
        return replace(fitted, code=code.id, attributes=attributes)

    def lines(self) -> tuple[MoveLine, ...]:
        return tuple(self._line(one) for one in self._old if self._counts[one])

    def _line(self, old_id: str) -> MoveLine:
        goes = self._goes[old_id]
        deleted = goes is not None and goes.fate is Fate.DELETE
        return MoveLine(
            Part.CODE,
            old_id,
            "" if deleted else self._target(old_id).id,
            goes.fate if goes else None,
            self._counts[old_id],
            **{name: counts[old_id] for name, counts in self._odd.items()},
            left_behind=self._left[old_id],
            left_id=self._kept.get(old_id, "") if self._left[old_id] else "",
        )

    def _target(self, old_id: str) -> Code:
        goes = self._goes[old_id]
        if goes is not None and goes.fate is Fate.RETIRE:
            return next(code for code in self.book.codes if code.id == self._kept[old_id])
        return self._new[goes.to if goes else old_id]

    def _fitted(self, tag: Tag) -> Tag | None:
        """Give a tag the shape of the code it goes to; None where it does not fit that one."""
        if tag.code not in self._old:
            return tag
        goes = self._goes[tag.code]
        if goes is not None and goes.fate is not Fate.RECODE:
            return tag
        before, after = self._old[tag.code], self._new[goes.to if goes else tag.code]
        is_lacking = after.kind is CodeKind.SPAN and tag.is_instant
        if before.kind is after.kind and not is_lacking:
            return tag
        return self._lengths.fitted(tag, after.kind, self._end)

    def _keep_retired(self) -> dict[str, str]:
        """Put what tags keep into the new book, and give its ids by old id."""
        taken, kept = _ids(self.book), {}
        groups = {group.id for group in self.book.groups}
        for old_id, code in self._old.items():
            goes = self._goes[old_id]
            retires = goes is not None and goes.fate is Fate.RETIRE and self._counts[old_id]
            if not retires and not self._left[old_id]:
                continue
            kept[old_id] = _free_id(old_id, taken)
            group = code.group if code.group in groups else ""
            old = replace(code, id=kept[old_id], group=group, key="", parent="", exclusive_with=())
            self.book = replace(self.book, codes=(*self.book.codes, replace(old, retired=True)))
        return kept

    def _note(self, tag: Tag) -> None:
        after = self.step(tag)
        if after is None or tag.code not in self._old or after.code == self._kept.get(tag.code):
            return
        was, now = tag.end - tag.start, after.end - after.start
        self._odd["lengthened"][tag.code] += now > was
        self._odd["shortened"][tag.code] += now < was
        if tag.attributes:
            old, code = self._old.get(tag.code), self._target(tag.code)
            self._odd["unknown"][tag.code] += carried_attributes(tag.attributes, old, code)[1]


class _RatingRoutes:
    """Where the answers to each rating go, and how many of them there are."""

    def __init__(
        self, session: Session, book: Codebook, choices: MoveChoices, comparison: Comparison
    ) -> None:
        self.book = book
        self._old = {item.id: item for item in session.codebook.ratings}
        self._new = {item.id: item for item in book.ratings}
        suggested = comparison.suggested(Part.RATING)
        self._goes = {one: _goes(one, self._new, choices.ratings, suggested) for one in self._old}
        answers = [answer for one in session.passes for answer in one.ratings]
        self._counts = Counter(answer.item for answer in answers)
        self._left = Counter(answer.item for answer in answers if not self._fits(answer))
        self._kept = self._keep_retired()

    def step(self, answer: Rating) -> Rating | None:
        if answer.item not in self._old:
            return answer
        goes = self._goes[answer.item]
        if goes is not None and goes.fate is Fate.DELETE:
            return None
        retires = goes is not None and goes.fate is Fate.RETIRE
        if retires or not self._fits(answer):
            return _given(answer, self._kept[answer.item])
        return _given(answer, goes.to if goes else answer.item)

    def lines(self) -> tuple[MoveLine, ...]:
        return tuple(self._line(one) for one in self._old if self._counts[one])

    def _line(self, old_id: str) -> MoveLine:
        goes = self._goes[old_id]
        new_id = (
            {Fate.DELETE: "", Fate.RETIRE: self._kept.get(old_id, "")}.get(goes.fate, goes.to)
            if goes
            else old_id
        )
        return MoveLine(
            Part.RATING,
            old_id,
            new_id,
            goes.fate if goes else None,
            self._counts[old_id],
            left_behind=self._left[old_id],
            left_id=self._kept.get(old_id, "") if self._left[old_id] else "",
        )

    def _fits(self, answer: Rating) -> bool:
        if answer.item not in self._old:
            return True
        goes = self._goes[answer.item]
        if goes is not None and goes.fate is not Fate.RECODE:
            return True
        item = self._new[goes.to if goes else answer.item]
        return _ends(item) == _ends(self._old[answer.item]) and item.allows(answer.value)

    def _keep_retired(self) -> dict[str, str]:
        """Put what answers keep into the new book, and give its ids by old id."""
        taken, kept = _ids(self.book), {}
        groups = {group.id for group in self.book.groups}
        for old_id, item in self._old.items():
            goes = self._goes[old_id]
            retires = goes is not None and goes.fate is Fate.RETIRE and self._counts[old_id]
            if not retires and not self._left[old_id]:
                continue
            kept[old_id] = _free_id(old_id, taken)
            group = item.group if item.group in groups else ""
            old = replace(item, id=kept[old_id], group=group, retired=True)
            self.book = replace(self.book, ratings=(*self.book.ratings, old))
        return kept


def _ends(item: RatingItem) -> tuple[float, float]:
    return (item.minimum, item.maximum)


def _given(answer: Rating, item: str) -> Rating:
    return answer if answer.item == item else replace(answer, item=item)
