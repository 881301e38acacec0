"""The attributes of a VIA project: what each is called, what it offers, what it is taken for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from annotator.storage.interchange.interface import TierFacts, TierUse, Wishes
from annotator.storage.interchange.json_reading import members, word
from annotator.storage.interchange.tiers import Annotation, Tier, use_of

ID = "via"

_CHECKBOX = 2
_CHOSEN = (_CHECKBOX, 3, 4)  # and radio buttons, and lists to choose from
_SPEAKER = re.compile(r"speaker|sprecher", re.IGNORECASE)
_SHOWN = 8

Labels = list[tuple[str, str]]
"""The ids and labels of options."""


class Role(StrEnum):
    """What an attribute is taken for.

    `CODE`: its values are codes. `SELF`: it is a code, and its values are notes. `NOTE`, `PERSON`
    and `CHOICE` tell more of a tag, `SAID` and `SPEAKER` make a cue, and `LEFT` is not taken.
    """

    CODE = "code"
    SELF = "self"
    NOTE = "note"
    PERSON = "person"
    CHOICE = "choice"
    SAID = "said"
    SPEAKER = "speaker"
    LEFT = "left"


_ROLES = {
    TierUse.CODE: Role.SELF,
    TierUse.VALUES: Role.CODE,
    TierUse.TRANSCRIPT: Role.SAID,
    TierUse.LEAVE: Role.LEFT,
}


@dataclass(slots=True)
class Field:
    """An attribute of a project.

    `options` are labels by their ids; `is_chosen` is False where anything can be typed, and
    `is_list` True where several can be chosen. `pass_id` is the pass whose codes it has, empty
    where the file does not tell. `count` segments have it, with these `values`.
    """

    aid: str
    name: str
    options: Mapping[str, str]
    is_chosen: bool = False
    is_list: bool = False
    role: Role | None = None
    pass_id: str = ""
    count: int = 0
    values: list[str] = field(default_factory=list)
    _offered: dict[str, Labels] = field(default_factory=dict)

    def labels(self, value: object) -> Labels:
        """Give ids and labels of what a segment has here; a text that was typed is its own id."""
        text = value if isinstance(value, str) else word(value)
        if text in self.options:
            return self._offered.setdefault(text, [(text, self.options[text] or text)])
        if not text or text.isspace():
            return []
        if self.is_list:
            parts = [part.strip() for part in text.split(",")]
            if all(part in self.options for part in parts):
                return [(part, self.options[part] or part) for part in parts]
        return [(text, text)]

    def is_strange(self, labels: Labels) -> bool:
        """Tell whether something is none of the options that there are."""
        return bool(self.options) and labels[0][0] not in self.options


def fields_of(attributes: object, own: Mapping[str, object]) -> dict[str, Field]:
    """Read the attributes of a project by their ids; `own` tells of those that we have written."""
    fields: dict[str, Field] = {}
    taken: set[str] = set()
    for aid, raw in members(attributes).items():
        told = members(raw)
        name = " ".join(word(told.get("aname")).split()) or f"attribute {aid}"
        name = f"{name} ({aid})" if name in taken else name
        taken.add(name)
        options = {key: word(label) for key, label in members(told.get("options")).items()}
        kind = told.get("type")
        made = Field(aid, name, options, kind in _CHOSEN, kind == _CHECKBOX)
        known = members(own.get(aid))
        if known.get("role") in set(Role):
            made.role = Role(word(known.get("role")))
            made.pass_id = word(known.get("pass"))
            made.name = word(known.get("name")) or made.name
        fields[aid] = made
    return fields


def settle(fields: Iterable[Field], wishes: Wishes) -> tuple[TierFacts, ...]:
    """Decide what each attribute is taken for, by what stands in it and by wish."""
    facts: list[TierFacts] = []
    for one in fields:
        if not one.count and one.role is None:
            one.role = Role.NOTE
            continue
        tier = Tier(one.name, [Annotation(0, 0, value) for value in one.values])
        tier.use = TierUse.VALUES if one.is_chosen else None
        if one.role is None or one.name in wishes.tier_uses:
            one.role = _ROLES[use_of(tier, wishes)]
        shown = tuple(list(dict.fromkeys(one.values))[:_SHOWN])
        facts.append(TierFacts(one.name, one.count, shown, _use(one.role)))
    if any(one.role is Role.SAID for one in fields):
        for one in fields:
            if one.role is Role.CODE and _SPEAKER.search(one.name):
                one.role = Role.SPEAKER
    return tuple(facts)


def _use(role: Role) -> TierUse:
    known = {role: use for use, role in _ROLES.items()}
    return known.get(role, TierUse.CODE)
