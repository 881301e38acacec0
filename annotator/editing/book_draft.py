"""A codebook that is being worked on: faults may stand in it until it becomes one edit."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace

from annotator.editing.carrying import carried
from annotator.editing.edit import Edit
from annotator.editing.fates import Fate, TagsGo, carried_attributes
from annotator.errors import EditError
from annotator.model.book_compare import Member, Part
from annotator.model.book_versions import version_after
from annotator.model.change import FieldChange
from annotator.model.codebook import Code, Codebook, Group, RatingItem, Score
from annotator.model.coding import Rating, Tag
from annotator.model.formula import FormulaError, can_be_named, names_in, renamed_in
from annotator.model.session import Session


@dataclass(frozen=True, slots=True)
class Draft:
    """A book as it is so far, and where each of its codes and ratings came from.

    `codes` and `ratings` hold, place by place, the ids in the session's book, empty for what is
    new. The fates say, by those ids, where tags and answers of what was removed go; what they
    name is an id of the draft.
    """

    book: Codebook
    codes: tuple[str, ...]
    ratings: tuple[str, ...]
    code_fates: Mapping[str, TagsGo] = field(default_factory=dict)
    rating_fates: Mapping[str, TagsGo] = field(default_factory=dict)


def drafted(book: Codebook) -> Draft:
    """Begin to work on a book."""
    return Draft(
        book, tuple(code.id for code in book.codes), tuple(item.id for item in book.ratings)
    )


def members(book: Codebook, part: Part) -> tuple[Member, ...]:
    """Give one of the lists of a book."""
    match part:
        case Part.GROUP:
            return book.groups
        case Part.CODE:
            return book.codes
        case Part.RATING:
            return book.ratings
    return book.scores


def with_members(book: Codebook, part: Part, found: tuple[Member, ...]) -> Codebook:
    """Put another list in the place of one of a book's; what is of another kind is left out."""
    match part:
        case Part.GROUP:
            return replace(book, groups=tuple(one for one in found if isinstance(one, Group)))
        case Part.CODE:
            return replace(book, codes=tuple(one for one in found if isinstance(one, Code)))
        case Part.RATING:
            return replace(book, ratings=tuple(one for one in found if isinstance(one, RatingItem)))
    return replace(book, scores=tuple(one for one in found if isinstance(one, Score)))


def added(draft: Draft, part: Part, member: Member, index: int) -> Draft:
    """Put a new member in at an index."""
    listed = members(draft.book, part)
    book = with_members(draft.book, part, (*listed[:index], member, *listed[index:]))
    return _with_origins(draft, book, part, _origins_with(draft, part, index, ""))


def shifted(draft: Draft, part: Part, index: int, to: int) -> Draft:
    """Let a member stand at another place."""
    listed = list(members(draft.book, part))
    listed.insert(to, listed.pop(index))
    origins = list(_origins(draft, part))
    if origins:
        origins.insert(to, origins.pop(index))
    book = with_members(draft.book, part, tuple(listed))
    return _with_origins(draft, book, part, tuple(origins))


def changed(draft: Draft, part: Part, index: int, new: Member) -> Draft:
    """Put a changed member in the place of the one at an index.

    Another id is carried to all of the book that names the old one, as long as nothing else has
    that id or the formulas can name the new one.
    """
    listed = members(draft.book, part)
    old = listed[index]
    book = with_members(draft.book, part, (*listed[:index], new, *listed[index + 1 :]))
    if old.id == new.id or any(one.id == old.id for one in members(book, part)):
        return replace(draft, book=book)
    book = _renamed(book, part, old.id, new.id)
    return _with_fates_to(replace(draft, book=book), part, old.id, new.id)


def removed(draft: Draft, part: Part, index: int, goes: TagsGo | None = None) -> Draft:
    """Take a member out; `goes` says where its tags or answers go, None where there are none.

    `Fate.RETIRE` keeps it, retired. Raises EditError where a score counts it.
    """
    listed = members(draft.book, part)
    old = listed[index]
    if goes is not None and goes.fate is Fate.RETIRE:
        return _retired(draft, part, index)
    if part in {Part.CODE, Part.RATING} and (scores := scores_with(draft.book, old.id)):
        raise EditError(
            f'"{old.name}" is counted in a score: {", ".join(scores)}.',
            "Change that formula first, or retire it.",
        )
    origin = _origins(draft, part)[index] if _origins(draft, part) else ""
    book = with_members(draft.book, part, (*listed[:index], *listed[index + 1 :]))
    origins = _origins(draft, part)
    rest = (*origins[:index], *origins[index + 1 :]) if origins else ()
    left = _with_origins(draft, _forgotten(book, part, old.id), part, rest)
    return _with_fate(left, part, origin, old.id, goes) if goes is not None else left


def uses(draft: Draft, part: Part, index: int, counts: Mapping[str, int]) -> int:
    """Count the tags or answers that a member of the draft would have.

    `counts` are those of the session by the ids of its own book.
    """
    origins = _origins(draft, part)
    if not origins:
        return 0
    own = members(draft.book, part)[index].id
    come = (one for one, goes in _fates(draft, part).items() if goes.to == own)
    return counts.get(origins[index], 0) + sum(counts.get(one, 0) for one in come)


def scores_with(book: Codebook, one: str) -> tuple[str, ...]:
    """Name the scores whose formula names a code or rating."""
    return tuple(score.name for score in book.scores if one in _names(score))


def draft_edit(session: Session, draft: Draft, published: Collection[str] = ()) -> Edit:
    """Make one edit of a draft, by which the session's book gets a new version.

    `published` are the ids of books that are not ours to number. Raises EditError where the book
    has a new fault, or where tags or answers would not fit it.
    """
    book = session.codebook
    old = {code.id: code for code in book.codes}
    targets = _targets(draft.codes, draft.book.codes, draft.code_fates)
    kinds = {code.id: code for code in draft.book.codes}
    answers = _targets(draft.ratings, draft.book.ratings, draft.rating_fates)

    def step(tag: Tag) -> Tag | None:
        to = targets.get(tag.code, tag.code)
        if to == tag.code:
            return tag
        return _carried_tag(tag, to, old[tag.code], kinds.get(to)) if to else None

    def rating_step(answer: Rating) -> Rating | None:
        to = answers.get(answer.item, answer.item)
        if to == answer.item:
            return answer
        return replace(answer, item=to) if to else None

    edit = carried(session, "change codebook", draft.book, step, rating_step)
    return _with_version(edit, version_after(book, draft.book, published))


def _with_version(edit: Edit, version: str) -> Edit:
    """Let the codebook that an edit puts in place have this version."""
    changes = tuple(
        FieldChange(one.before, replace(one.after, version=version))
        if isinstance(one, FieldChange) and isinstance(one.after, Codebook)
        else one
        for one in edit.changes
    )
    return Edit(edit.label, changes)


def _carried_tag(tag: Tag, to: str, old: Code, new: Code | None) -> Tag:
    """Give a tag another code; where the book lacks that, `carried` refuses it."""
    if new is None:
        return replace(tag, code=to)
    attributes, _ = carried_attributes(tag.attributes, old, new)
    return replace(tag, code=to, attributes=attributes)


def _targets(
    origins: tuple[str, ...], listed: tuple[Member, ...], fates: Mapping[str, TagsGo]
) -> dict[str, str]:
    """Give the id that those of an old id get, empty where they go."""
    stay = {one: new.id for one, new in zip(origins, listed, strict=True) if one}
    return {one: "" if goes.fate is Fate.DELETE else goes.to for one, goes in fates.items()} | stay


def _origins(draft: Draft, part: Part) -> tuple[str, ...]:
    match part:
        case Part.CODE:
            return draft.codes
        case Part.RATING:
            return draft.ratings
    return ()


def _origins_with(draft: Draft, part: Part, index: int, origin: str) -> tuple[str, ...]:
    origins = _origins(draft, part)
    return (*origins[:index], origin, *origins[index:])


def _with_origins(draft: Draft, book: Codebook, part: Part, origins: tuple[str, ...]) -> Draft:
    match part:
        case Part.CODE:
            return replace(draft, book=book, codes=origins)
        case Part.RATING:
            return replace(draft, book=book, ratings=origins)
    return replace(draft, book=book)


def _fates(draft: Draft, part: Part) -> Mapping[str, TagsGo]:
    return draft.code_fates if part is Part.CODE else draft.rating_fates


def _with_fates(draft: Draft, part: Part, fates: Mapping[str, TagsGo]) -> Draft:
    if part is Part.CODE:
        return replace(draft, code_fates=fates)
    return replace(draft, rating_fates=fates) if part is Part.RATING else draft


def _with_fates_to(draft: Draft, part: Part, old_id: str, new_id: str) -> Draft:
    fates = {
        one: replace(goes, to=new_id) if goes.to == old_id else goes
        for one, goes in _fates(draft, part).items()
    }
    return _with_fates(draft, part, fates)


def _with_fate(draft: Draft, part: Part, origin: str, old_id: str, goes: TagsGo) -> Draft:
    """Note where those of a removed member go, and those that were to go to it."""
    fates = {
        one: goes if before.to == old_id else before for one, before in _fates(draft, part).items()
    }
    return _with_fates(draft, part, fates | ({origin: goes} if origin else {}))


def _retired(draft: Draft, part: Part, index: int) -> Draft:
    one = members(draft.book, part)[index]
    if isinstance(one, Code):
        return changed(draft, part, index, replace(one, retired=True, key=""))
    if isinstance(one, RatingItem):
        return changed(draft, part, index, replace(one, retired=True))
    return draft


def _renamed(book: Codebook, part: Part, old_id: str, new_id: str) -> Codebook:
    def now(one: str) -> str:
        return new_id if one == old_id else one

    if part is Part.GROUP:
        return _regrouped(book, old_id, new_id)
    if part is Part.CODE:
        codes = (
            replace(
                code,
                parent=now(code.parent),
                exclusive_with=tuple(map(now, code.exclusive_with)),
            )
            for code in book.codes
        )
        book = replace(book, codes=tuple(codes))
    if part is Part.SCORE or not can_be_named(new_id):
        return book
    scores = (replace(one, formula=renamed_in(one.formula, old_id, new_id)) for one in book.scores)
    return replace(book, scores=tuple(scores))


def _forgotten(book: Codebook, part: Part, old_id: str) -> Codebook:
    if part is Part.GROUP:
        return _regrouped(book, old_id, "")
    if part is not Part.CODE:
        return book
    codes = (
        replace(
            code,
            parent="" if code.parent == old_id else code.parent,
            exclusive_with=tuple(one for one in code.exclusive_with if one != old_id),
        )
        for code in book.codes
    )
    return replace(book, codes=tuple(codes))


def _regrouped(book: Codebook, old_id: str, new_id: str) -> Codebook:
    codes = (replace(one, group=new_id) if one.group == old_id else one for one in book.codes)
    items = (replace(one, group=new_id) if one.group == old_id else one for one in book.ratings)
    return replace(book, codes=tuple(codes), ratings=tuple(items))


def _names(score: Score) -> Iterator[str]:
    try:
        yield from names_in(score.formula)
    except FormulaError:
        return
