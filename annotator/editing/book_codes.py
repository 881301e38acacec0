"""Edits of the codes of a session's codebook and of their attributes, carried to the tags."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from annotator.editing.book_lists import found, with_added, with_exchanged, with_shifted, without
from annotator.editing.book_uses import scores_naming, uses_of_attribute, uses_of_code
from annotator.editing.carrying import TagStep, as_it_is, carried
from annotator.editing.edit import Edit
from annotator.editing.fates import Fate, Lengths, TagsGo, carried_attributes
from annotator.errors import EditError
from annotator.model.codebook import Attribute, Code, Codebook
from annotator.model.coding import Tag
from annotator.model.formula import can_be_named, renamed_in
from annotator.model.session import Session

_CODE, _ATTRIBUTE = "code", "attribute"


def add_code(session: Session, code: Code, index: int | None = None) -> Edit:
    """Add a code, at the end where `index` is None; raises EditError where it does not fit."""
    book = session.codebook
    codes = with_added(book.codes, code, index)
    return carried(session, f"add code {code.name}", replace(book, codes=codes))


def move_code(session: Session, code_id: str, index: int) -> Edit:
    """Let a code stand at another place of the list."""
    book = session.codebook
    code = found(book.codes, code_id, _CODE)
    codes = with_shifted(book.codes, code_id, index, _CODE)
    return carried(session, f"move code {code.name}", replace(book, codes=codes))


def rename_code(session: Session, old_id: str, new_id: str) -> Edit:
    """Give a code another id, in the codebook and in every tag.

    Raises EditError where the codebook has no such code, or has one of the new id already.
    """
    old = found(session.codebook.codes, old_id, _CODE)
    if session.codebook.code(new_id) is not None and new_id != old_id:
        raise EditError(f'The codebook already has a code "{new_id}".')
    edit = change_code(session, old_id, replace(old, id=new_id))
    return Edit(f"rename code {old_id}", edit.changes)


def change_code(session: Session, code_id: str, new: Code, lengths: Lengths | None = None) -> Edit:
    """Put a changed code in the place of an old one.

    Another id is carried to the tags, parents, exclusions and formulas; another kind to the
    tags as `lengths` says, by which stretches keep their end unless they are to be cut. Tags
    keep their attributes (see `change_attribute`). Raises EditError where the book would not be
    in order, or where moments would need a length and none is given.
    """
    book = session.codebook
    old = found(book.codes, code_id, _CODE)
    renamed = replace(book, codes=with_exchanged(book.codes, code_id, new, _CODE))
    if new.id != code_id:
        renamed = with_id_changed(renamed, code_id, new.id)
    wanted = lengths or Lengths()
    if new.id == code_id and new.kind is old.kind:
        return carried(session, f"change code {new.name}", renamed)

    def step(tag: Tag) -> Tag | None:
        if tag.code != code_id:
            return tag
        shaped = wanted.fitted(tag, new.kind, session.duration) if new.kind != old.kind else tag
        return replace(shaped or tag, code=new.id)

    return carried(session, f"change code {new.name}", renamed, step)


def exclude_each_other(session: Session, code_ids: Collection[str]) -> Edit:
    """Let each of these codes exclude all others of them, besides what they exclude already."""
    book = session.codebook
    for one in code_ids:
        found(book.codes, one, _CODE)
    codes = tuple(
        replace(code, exclusive_with=_with_all(code, code_ids)) if code.id in code_ids else code
        for code in book.codes
    )
    return carried(session, "set exclusive codes", replace(book, codes=codes))


def _with_all(code: Code, others: Collection[str]) -> tuple[str, ...]:
    wanted = (*code.exclusive_with, *(one for one in others if one != code.id))
    return tuple(dict.fromkeys(wanted))


def with_id_changed(book: Codebook, old_id: str, new_id: str) -> Codebook:
    """Carry the new id of a code or rating to all of the book that names it.

    Raises EditError where a formula names it and cannot name the new one.
    """

    def changed(one: str) -> str:
        return new_id if one == old_id else one

    codes = tuple(
        replace(
            code,
            parent=changed(code.parent),
            exclusive_with=tuple(changed(one) for one in code.exclusive_with),
        )
        for code in book.codes
    )
    scores = tuple(
        replace(score, formula=renamed_in(score.formula, old_id, new_id)) for score in book.scores
    )
    if scores != book.scores and not can_be_named(new_id):
        raise EditError(
            f'"{new_id}" cannot stand in a formula, and a score names "{old_id}".',
            "Use letters, digits and _, and no digit first.",
        )
    return replace(book, codes=codes, scores=scores)


def remove_code(
    session: Session, code_id: str, tags: TagsGo | None = None, lengths: Lengths | None = None
) -> Edit:
    """Take a code out of the book; codes below it stand below nothing afterwards.

    Where there are tags of it, `tags` says where they go; `Fate.RETIRE` keeps the code in the
    book for them. Raises EditError where there are tags and it does not say, where a score
    names the code, or where the tags do not fit the other code.
    """
    book = session.codebook
    code = found(book.codes, code_id, _CODE)
    _require_decision(session, code, tags)
    if tags is not None and tags.fate is Fate.RETIRE:
        return retire_code(session, code_id)
    _require_no_score(session, code)
    step = _step_away(session, code, tags, lengths or Lengths()) if tags else as_it_is
    return carried(session, f"remove code {code.name}", _without_code(book, code_id), step)


def retire_code(session: Session, code_id: str) -> Edit:
    """Keep a code for the tags that have it, and let it take no new ones; it gives its key back."""
    code = found(session.codebook.codes, code_id, _CODE)
    edit = change_code(session, code_id, replace(code, retired=True, key=""))
    return Edit(f"retire code {code.name}", edit.changes)


def _require_decision(session: Session, code: Code, tags: TagsGo | None) -> None:
    count = uses_of_code(session, code.id).count
    if count and tags is None:
        many = f"{count} tags" if count > 1 else "one tag"
        raise EditError(
            f'There {"are" if count > 1 else "is"} {many} of "{code.name}".',
            "Say where they go: to another code, or nowhere; or retire the code.",
        )


def _require_no_score(session: Session, code: Code) -> None:
    if scores := scores_naming(session, code.id):
        raise EditError(
            f'"{code.name}" is counted in a score: {", ".join(scores)}.',
            "Change that formula first, or retire the code.",
        )


def _step_away(session: Session, code: Code, goes: TagsGo, lengths: Lengths) -> TagStep:
    if goes.fate is Fate.DELETE:
        return lambda tag: None if tag.code == code.id else tag
    target = found(session.codebook.codes, goes.to, _CODE)
    if target.retired or target.id == code.id:
        raise EditError(f'"{target.name}" takes no more tags.', "Choose another code.")

    def step(tag: Tag) -> Tag:
        if tag.code != code.id:
            return tag
        shaped = lengths.fitted(tag, target.kind, session.duration)
        attributes, _ = carried_attributes(tag.attributes, code, target)
        return replace(shaped or tag, code=target.id, attributes=attributes)

    return step


def _without_code(book: Codebook, code_id: str) -> Codebook:
    codes = tuple(
        replace(
            code,
            parent="" if code.parent == code_id else code.parent,
            exclusive_with=tuple(one for one in code.exclusive_with if one != code_id),
        )
        for code in without(book.codes, code_id, _CODE)
    )
    return replace(book, codes=codes)


def add_attribute(
    session: Session, code_id: str, attribute: Attribute, index: int | None = None
) -> Edit:
    """Give a code one more attribute, at the end where `index` is None."""
    code = found(session.codebook.codes, code_id, _CODE)
    attributes = with_added(code.attributes, attribute, index)
    return _with_attributes(session, code, attributes, f"add attribute {attribute.name}")


def move_attribute(session: Session, code_id: str, attribute_id: str, index: int) -> Edit:
    """Let an attribute of a code stand at another place."""
    code = found(session.codebook.codes, code_id, _CODE)
    attributes = with_shifted(code.attributes, attribute_id, index, _ATTRIBUTE)
    return _with_attributes(session, code, attributes, "move attribute")


def change_attribute(
    session: Session,
    code_id: str,
    attribute_id: str,
    new: Attribute,
    choices: Mapping[str, str] | None = None,
) -> Edit:
    """Put a changed attribute in the place of an old one, also on the tags.

    `choices` gives the new id of a choice by its old one, empty where tags are to lose it.
    Raises EditError where tags carry a choice that would be gone and it does not say.
    """
    code = found(session.codebook.codes, code_id, _CODE)
    found(code.attributes, attribute_id, _ATTRIBUTE)
    goes = {one.id: one.id for one in new.choices} | dict(choices or {})
    attributes = with_exchanged(code.attributes, attribute_id, new, _ATTRIBUTE)

    def step(tag: Tag) -> Tag:
        if tag.code != code_id or attribute_id not in tag.attributes:
            return tag
        choice = tag.attributes[attribute_id]
        if choice not in goes and new.choices:
            raise EditError(
                f'There are tags of "{code.name}" with the choice "{choice}" of "{new.name}".',
                "Say which choice they get, or that they lose it.",
            )
        return _with_value(tag, attribute_id, new.id, goes.get(choice, choice))

    label = f"change attribute {new.name}"
    return _with_attributes(session, code, attributes, label, step)


def remove_attribute(
    session: Session, code_id: str, attribute_id: str, *, from_tags: bool = False
) -> Edit:
    """Take an attribute from a code.

    Raises EditError where tags carry it, unless they are to lose it (`from_tags`).
    """
    code = found(session.codebook.codes, code_id, _CODE)
    attribute = found(code.attributes, attribute_id, _ATTRIBUTE)
    count = uses_of_attribute(session, code_id, attribute_id).count
    if count and not from_tags:
        raise EditError(
            f'{count} tag{"s" if count > 1 else ""} of "{code.name}" '
            f'carr{"y" if count > 1 else "ies"} "{attribute.name}".',
            "Say that they are to lose it.",
        )
    attributes = without(code.attributes, attribute_id, _ATTRIBUTE)

    def step(tag: Tag) -> Tag:
        carries = tag.code == code_id and attribute_id in tag.attributes
        return _with_value(tag, attribute_id, "", "") if carries else tag

    label = f"remove attribute {attribute.name}"
    return _with_attributes(session, code, attributes, label, step)


def _with_value(tag: Tag, old_id: str, new_id: str, choice: str) -> Tag:
    """Give a tag's attribute another id and choice, in its place; empty takes it away."""
    values = {
        (new_id if one == old_id else one): (choice if one == old_id else value)
        for one, value in tag.attributes.items()
        if one != old_id or choice
    }
    return replace(tag, attributes=values)


def _with_attributes(
    session: Session,
    code: Code,
    attributes: tuple[Attribute, ...],
    label: str,
    step: TagStep = as_it_is,
) -> Edit:
    book = session.codebook
    codes = with_exchanged(book.codes, code.id, replace(code, attributes=attributes), _CODE)
    return carried(session, label, replace(book, codes=codes), step)
