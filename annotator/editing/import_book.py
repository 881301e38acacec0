"""A session's codebook united with that of a foreign file: what is the same, and what is new."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from annotator.model.codebook import Attribute, Code, Codebook, CodeKind, Group, RatingItem
from annotator.model.coding import UNNAMED, CodingPass, Tag
from annotator.model.proposing import next_id


@dataclass(slots=True)
class BookUnion:
    """The codebook of both, and what each foreign id is in it.

    `codes` and `ratings` map foreign ids to ours; `moments` those codes under which moments are
    kept whose code marks stretches here; `told` says what a person should know.
    """

    book: Codebook
    codes: dict[str, str] = field(default_factory=dict)
    ratings: dict[str, str] = field(default_factory=dict)
    moments: dict[str, str] = field(default_factory=dict)
    attributes: dict[str, dict[str, tuple[str, dict[str, str]]]] = field(default_factory=dict)
    told: list[str] = field(default_factory=list)

    def placed(self, tag: Tag) -> tuple[str, Mapping[str, str]]:
        """Give the code of a foreign tag in this book, and its attributes by their ids here."""
        if not tag.is_named:
            return UNNAMED, tag.attributes
        code = self.codes[tag.code]
        if tag.is_instant and code in self.moments:
            code = self.moments[code]
        if not tag.attributes:
            return code, tag.attributes
        known = self.attributes.get(tag.code, {})
        placed: dict[str, str] = {}
        for attribute, choice in tag.attributes.items():
            own, choices = known.get(attribute, (attribute, {}))
            placed[own] = choices.get(choice, choice)
        return code, placed


def united_books(
    ours: Codebook, theirs: Codebook, passes: Sequence[CodingPass], chosen: Mapping[str, str]
) -> BookUnion:
    """Unite a book with the codes and ratings of another that these passes use.

    A foreign code is the one that `chosen` names, else that of the same id, else of the same name
    or abbreviation, whatever the case; else it is new. Its attributes and their choices go along.
    """
    union = BookUnion(ours)
    used = {tag.code for one in passes for tag in one.tags}
    momentary = {tag.code for one in passes for tag in one.tags if tag.is_instant}
    for code in theirs.codes:
        if code.id in used:
            _take_code(union, theirs, code, chosen.get(code.id, ""))
            if code.id in momentary:
                _make_room_for_moments(union, union.codes[code.id])
    answered = {rating.item for one in passes for rating in one.ratings}
    for item in theirs.ratings:
        if item.id in answered:
            _take_rating(union, item)
    return union


def _take_code(union: BookUnion, theirs: Codebook, code: Code, chosen: str) -> None:
    book = union.book
    own = book.code(chosen) if chosen else _same_code(book, code)
    if own is None:
        group = _take_group(union, theirs.group(code.group))
        taken = {one.id for one in book.codes} | {one.id for one in book.ratings}
        new_id = code.id if code.id not in taken else next_id(code.name, taken)
        keys = {one.key.casefold() for one in book.codes}
        own = replace(
            code,
            id=new_id,
            group=group,
            key="" if code.key.casefold() in keys else code.key,
            parent="",
            exclusive_with=(),
        )
        union.book = replace(union.book, codes=(*union.book.codes, own))
    union.codes[code.id] = own.id
    merged = _with_attributes(union, own, code)
    if merged != own:
        _exchange(union, merged)


def _same_code(book: Codebook, code: Code) -> Code | None:
    if (own := book.code(code.id)) is not None:
        return own
    wanted = code.name.casefold()
    for names in (
        [(one, one.name) for one in book.codes],
        [(one, one.id) for one in book.codes],
        [(one, one.abbreviation) for one in book.codes],
    ):
        fitting = [one for one, name in names if name and name.casefold() == wanted]
        if len(fitting) == 1:
            return fitting[0]
    return None


def _take_group(union: BookUnion, group: Group | None) -> str:
    if group is None:
        return ""
    for one in union.book.groups:
        if one.id == group.id or one.name.casefold() == group.name.casefold():
            return one.id
    union.book = replace(union.book, groups=(*union.book.groups, group))
    return group.id


def _with_attributes(union: BookUnion, own: Code, code: Code) -> Code:
    """Give our code with the attributes and choices that a foreign one has beyond it."""
    attributes = list(own.attributes)
    known = union.attributes.setdefault(code.id, {})
    for foreign in code.attributes:
        place = _place(attributes, foreign)
        if place is None:
            attributes.append(foreign)
            known[foreign.id] = (foreign.id, {})
            continue
        merged, choices = _with_choices(attributes[place], foreign)
        attributes[place] = merged
        known[foreign.id] = (merged.id, choices)
    return replace(own, attributes=tuple(attributes))


def _place(attributes: Sequence[Attribute], foreign: Attribute) -> int | None:
    for place, one in enumerate(attributes):
        if one.id == foreign.id or one.name.casefold() == foreign.name.casefold():
            return place
    return None


def _with_choices(own: Attribute, foreign: Attribute) -> tuple[Attribute, dict[str, str]]:
    names = {one.name.casefold(): one.id for one in own.choices}
    ids = {one.id for one in own.choices}
    choices: dict[str, str] = {}
    new = list(own.choices)
    for choice in foreign.choices:
        if choice.id in ids:
            continue
        if choice.name.casefold() in names:
            choices[choice.id] = names[choice.name.casefold()]
        else:
            new.append(replace(choice, key=""))
    return replace(own, choices=tuple(new)), choices


def _exchange(union: BookUnion, code: Code) -> None:
    codes = tuple(code if one.id == code.id else one for one in union.book.codes)
    union.book = replace(union.book, codes=codes)


def _make_room_for_moments(union: BookUnion, own_id: str) -> None:
    """Add a code for moments where ours marks stretches alone."""
    own = union.book.code(own_id)
    if own is None or own.kind is not CodeKind.SPAN or own_id in union.moments:
        return
    taken = {one.id for one in union.book.codes}
    beside = replace(
        own,
        id=next_id(f"{own.id} moment", taken),
        name=f"{own.name} (moment)",
        kind=CodeKind.POINT,
        key="",
        abbreviation="",
    )
    union.book = replace(union.book, codes=(*union.book.codes, beside))
    union.moments[own_id] = beside.id
    union.told.append(f"“{own.name}” marks stretches; its moments are kept as “{beside.name}”")


def _take_rating(union: BookUnion, item: RatingItem) -> None:
    for one in union.book.ratings:
        if one.id == item.id or one.name.casefold() == item.name.casefold():
            union.ratings[item.id] = one.id
            return
    taken = {one.id for one in union.book.ratings} | {one.id for one in union.book.codes}
    new_id = item.id if item.id not in taken else next_id(item.name, taken)
    union.ratings[item.id] = new_id
    new = replace(item, id=new_id, group="")
    union.book = replace(union.book, ratings=(*union.book.ratings, new))
