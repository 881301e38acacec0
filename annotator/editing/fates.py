"""Where the tags of a code go, or the answers to a rating, when the codebook changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from annotator.model.codebook import Attribute, Code, CodeKind
from annotator.model.coding import Tag
from annotator.model.time import Micros


class Fate(StrEnum):
    """What becomes of tags or answers.

    `RECODE` gives them another code. `RETIRE` keeps them and their code, which takes no new ones.
    """

    RECODE = "recode"
    RETIRE = "retire"
    DELETE = "delete"


@dataclass(frozen=True, slots=True)
class TagsGo:
    """Where tags or answers go; `to` is an id of the new book, for `RECODE` alone."""

    fate: Fate
    to: str = ""


DELETED = TagsGo(Fate.DELETE)
RETIRED = TagsGo(Fate.RETIRE)


def recoded(to: str) -> TagsGo:
    """Say that tags or answers go to another code or rating of the new book."""
    return TagsGo(Fate.RECODE, to)


@dataclass(frozen=True, slots=True)
class Lengths:
    """What becomes of a tag whose code no longer marks what the tag does.

    `of_instants` is the length that a moment is given where its code marks stretches; None where
    it may have none. With `cut_to_start` a stretch is cut down to its start where its code marks
    moments; otherwise it keeps its end.
    """

    of_instants: Micros | None = None
    cut_to_start: bool = False

    def fitted(self, tag: Tag, kind: CodeKind, last: Micros) -> Tag | None:
        """Give a tag the shape that its kind of code asks for; None where it may not be given one.

        `last` is the session's end, which no length is to pass.
        """
        if kind is CodeKind.POINT:
            return _with_end(tag, tag.start) if self.cut_to_start else tag
        if tag.start != tag.end:
            return tag
        if self.of_instants is None or self.of_instants <= 0:
            return None
        end = Micros(tag.start + self.of_instants)
        return _with_end(tag, last if tag.start < last < end else end)


def _with_end(tag: Tag, end: Micros) -> Tag:
    return tag if tag.end == end else replace(tag, end=end)


def carried_attributes(
    values: Mapping[str, str], old: Code | None, new: Code
) -> tuple[dict[str, str], int]:
    """Carry a tag's attributes over to another code, and count those that it does not know.

    What has the same id, or else the same name, is the same. What the new code does not know
    stays on the tag as it is, so that nothing is lost.
    """
    if not values:
        return {}, 0
    found: dict[str, str] = {}
    unknown = 0
    for attribute_id, choice_id in values.items():
        before = _of_id(old.attributes, attribute_id) if old else None
        after = _of_id(new.attributes, attribute_id) or _of_name(new.attributes, before)
        choice = _choice(before, after, choice_id)
        unknown += not choice
        found.setdefault(after.id if after and choice else attribute_id, choice or choice_id)
    return found, unknown


def _of_id(attributes: tuple[Attribute, ...], attribute_id: str) -> Attribute | None:
    return next((one for one in attributes if one.id == attribute_id), None)


def _of_name(attributes: tuple[Attribute, ...], like: Attribute | None) -> Attribute | None:
    name = like.name.casefold() if like else ""
    return next((one for one in attributes if name and one.name.casefold() == name), None)


def _choice(before: Attribute | None, after: Attribute | None, choice_id: str) -> str:
    """Give the id of the same choice in the new attribute; empty where it has none."""
    if after is None:
        return ""
    if not after.choices or any(one.id == choice_id for one in after.choices):
        return choice_id
    choices = before.choices if before else ()
    name = next((one.name.casefold() for one in choices if one.id == choice_id), "")
    return next((one.id for one in after.choices if name and one.name.casefold() == name), "")
