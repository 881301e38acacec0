"""Codebooks and participants as the ethogram and the subjects of a BORIS project."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from annotator.model.codebook import Choice, Code, CodeKind
from annotator.model.coding import UNNAMED
from annotator.model.naming import unused_name
from annotator.model.session import Session
from annotator.storage.interchange.boris_opening import (
    FORMAT_ID,
    UNNAMED_WORD,
    from_text,
    in_order,
    is_state,
)
from annotator.storage.interchange.boris_rows import Use, WrittenSets
from annotator.storage.interchange.drafting import id_of_word
from annotator.storage.interchange.json_reading import items, members, word
from annotator.storage.interchange.report import Notes

_INSTEAD = str.maketrans({"(": "[", ")": "]", "|": "/", ",": ";", "`": "'", "~": "-"})
_SHORTCUT = re.compile(r" \([^()]*\)\s*$")
_MULTIPLE, _NUMERIC, _EXTERNAL = 1, 2, 3


@dataclass(slots=True)
class Ethogram:
    """The behaviours, subjects and ids of a project that is to be written.

    `words` gives what a code is called by its id, `people` a participant likewise.
    """

    notes: Notes
    codes: dict[str, Code] = field(default_factory=dict)
    sets: dict[str, WrittenSets] = field(default_factory=dict)
    groups: dict[str, str] = field(default_factory=dict)
    subjects: dict[str, dict[str, object]] = field(default_factory=dict)
    names: dict[Use, str] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)
    code_ids: dict[str, str] = field(default_factory=dict)
    _attributes: dict[str, object] = field(default_factory=dict)

    def words_of(self, session: Session) -> dict[str, str]:
        """Add the codes of a session, and give the word of each by its id."""
        found: dict[str, str] = {UNNAMED: UNNAMED_WORD}
        self.groups |= {group.id: group.name for group in session.codebook.groups}
        for code in session.codebook.codes:
            found[code.id] = self._word(code)
        for coding_pass in session.passes:
            for tag in coding_pass.tags:
                if tag.code not in found:
                    found[tag.code] = self._word(Code(tag.code, tag.code))
        return found

    def _word(self, code: Code) -> str:
        name = code.name or code.id
        if self.code_ids.setdefault(name, code.id) != code.id:
            name = code.id
        plain = name.replace("|", "/").replace(",", ";")
        if plain != name:
            told = "a code's name has “,” or “|”, which BORIS cannot have; other signs stand there"
            self.notes.repaired(told, name)
        self.code_ids[plain] = code.id
        known = self.codes.get(plain)
        if known is None:
            self.codes[plain] = code
            self.sets[plain] = self._sets(code)
        return plain

    def _sets(self, code: Code) -> WrittenSets:
        old = _old_sets(code)
        return WrittenSets(
            [
                (
                    one.id,
                    {each.id: self._plain(each.name or each.id, known) for each in one.choices},
                )
                for one, known in zip(code.attributes, old, strict=True)
            ]
        )

    def _plain(self, name: str, known: Mapping[str, object]) -> str:
        """Write a choice without the signs that BORIS gives a meaning, save between choices."""
        if known.get("type") == _MULTIPLE and set(name.split(",")) <= set(_stood(known)):
            return name
        plain = name.translate(_INSTEAD).strip()
        if plain != name:
            told = "a choice has signs that BORIS cannot have in modifiers; others stand there"
            self.notes.repaired(told, name)
        return plain

    def people_of(self, session: Session) -> dict[str, str]:
        """Add the participants of a session, and give the name of each by its id."""
        found: dict[str, str] = {}
        for one in session.participants:
            name = one.label or one.id
            if self.ids.setdefault(name, one.id) != one.id:
                name = one.id
                self.ids.setdefault(name, one.id)
            found[one.id] = name
            told = {"key": "", "name": name, "description": ""}
            kept = members(from_text(one.extra, "subject"))
            self.subjects.setdefault(name, {**told, **kept, "name": name})
        return found

    def settle(self, uses: set[Use]) -> None:
        """Name the behaviours that the tags need, each kind and row of a code its own."""
        wanted = {*self.codes, *(use[0] for use in uses)}
        kinds = {name: {use[1] for use in uses if use[0] == name} for name in wanted}
        taken = set(wanted)
        for name in wanted:
            kinds[name] = kinds[name] or {_lasts(self.codes.get(name))}
            self.names[name, max(kinds[name]) if len(kinds[name]) == 1 else False, 0] = name
        for use in sorted(uses - set(self.names)):
            self.names[use] = _unused(_part(use, is_both=len(kinds[use[0]]) > 1), taken)
            self._tell(use)

    def _tell(self, use: Use) -> None:
        name, lasts, row = use
        shown = f"“{name}” is also the behaviour “{self.names[use]}”"
        if row:
            self.notes.noticed(f"{shown}: some of its tags overlap, or share a moment")
        elif lasts:
            self.notes.noticed(f"{shown}: it has moments and stretches")

    def behaviours(self) -> dict[str, dict[str, object]]:
        """Give all behaviours as a project holds them, in the order of the codebooks."""
        order = {name: place for place, name in enumerate(self.codes)}
        uses = sorted(self.names, key=lambda use: (order.get(use[0], len(order)), use[1:]))
        return {str(n): self._behaviour(use) for n, use in enumerate(uses)}

    def _behaviour(self, use: Use) -> dict[str, object]:
        name, lasts, _ = use
        code = self.codes.get(name) or Code(name, name)
        if name == UNNAMED_WORD:
            code = Code(name, name, definition="A mark that waits for a code.")
        kept = from_text(code.extra, "behaviour")
        old = members(code.extra.get(FORMAT_ID))
        is_main = self.names[use] == name
        made: dict[str, object] = {"type": "", "key": "", "code": "", "description": "", **kept}
        made.update(self._told(code, kept, is_main=is_main))
        if is_state(word(kept.get("type"))) != lasts or not kept:
            made["type"] = "State event" if lasts else "Point event"
        made["code"] = self.names[use]
        if code.colour != old.get("colour"):  # else it is one that we gave
            made["color"] = code.colour
        made["modifiers"] = self._modifiers(code, name) if code.attributes else {}
        made.setdefault("coding map", "")
        return made

    def _told(self, code: Code, kept: Mapping[str, object], *, is_main: bool) -> dict[str, object]:
        words = {one.id: name for name, one in self.codes.items()}
        excluded = [words[one] for one in code.exclusive_with if one in words]
        old = word(kept.get("excluded"))
        is_same = sorted(excluded) == sorted(one for one in old.split(",") if one in self.codes)
        key = word(kept.get("key"))
        return {
            "key": (key if len(key) > 1 and not code.key else code.key) if is_main else "",
            "description": code.definition,
            "category": self.groups.get(code.group, ""),
            "excluded": old if old and is_same else ",".join(excluded),
        }

    def _modifiers(self, code: Code, name: str) -> dict[str, object]:
        found: dict[str, object] = {}
        ids: dict[str, object] = {}
        sets = self.sets[name].names if name in self.sets else []
        for number, known in enumerate(_old_sets(code)[: len(sets)]):
            one, names = code.attributes[number], sets[number][1]
            label = word(known.get("name")) if known else one.name or one.id
            usual = {"name": label, "description": "", "type": 0}
            made: dict[str, object] = dict(known or usual)
            found[str(number)] = {**made, "values": _values(one.choices, names, known)}
            odd = {value: key for key, value in names.items() if key != value}
            shown = label.strip() or f"modifier {number + 1}"
            if odd or one.id != id_of_word(shown):
                ids[shown] = {"id": one.id, "choices": odd}
        if ids:
            self._attributes[name] = ids
        return found

    def own(self) -> dict[str, object]:
        """Give the ids that our words stand for, and which behaviours are one code in ours."""
        same = {name: use[0] for use, name in self.names.items() if name != use[0]}
        if any(use[0] == UNNAMED_WORD and use[0] not in self.codes for use in self.names):
            same[UNNAMED_WORD] = UNNAMED_WORD
        people = {name: one for name, one in self.ids.items() if name != one}
        codes = {name: one for name, one in self.code_ids.items() if id_of_word(name) != one}
        groups = {name: one for one, name in self.groups.items() if id_of_word(name) != one}
        told: dict[str, object] = {"participants": people, "codes": codes, "groups": groups}
        told |= {"attributes": self._attributes, "same": same}
        return {key: value for key, value in told.items() if value}

    def categories(self, kept: Mapping[str, object]) -> dict[str, object]:
        """Give the categories, with the colours that they had."""
        config = in_order(kept.get("behavioral_categories_config"))
        old = {word(members(one).get("name")): members(one) for one in config}
        names = list(dict.fromkeys(self.groups.values()))
        told = {
            str(n): {"name": one, "color": "", **old.get(one, {})} for n, one in enumerate(names)
        }
        return {"behavioral_categories": names, "behavioral_categories_config": told}


def _lasts(code: Code | None) -> bool:
    return code is not None and code.kind is CodeKind.SPAN


def _part(use: Use, *, is_both: bool) -> str:
    name, lasts, row = use
    told = " ".join((["lasting"] if lasts and is_both else []) + ([str(row + 1)] if row else []))
    return f"{name} [{told}]"


def _unused(wanted: str, taken: set[str]) -> str:
    found = unused_name(wanted, taken, " {}")
    taken.add(found)
    return found


def _old_sets(code: Code) -> list[Mapping[str, object]]:
    """Give, for each attribute of a code, the set of modifiers that it was; empty for none."""
    old = in_order(from_text(code.extra, "behaviour").get("modifiers") or {})
    found: list[Mapping[str, object]] = []
    for number, one in enumerate(code.attributes):
        known = members(old[number]) if number < len(old) else {}
        name = word(known.get("name")).strip() or f"modifier {number + 1}"
        found.append(known if known and name == one.name else {})
    return found


def _stood(known: Mapping[str, object]) -> dict[str, str]:
    """Give the values of a set as they stood, by their names without shortcuts."""
    old = [word(value) for value in items(known.get("values"))]
    return {_SHORTCUT.sub("", value).strip(): value for value in old}


def _values(
    choices: Sequence[Choice], names: Mapping[str, str], known: Mapping[str, object]
) -> list[object]:
    """Give the values of a set: those it had, as they stood, and those that came since."""
    stood = _stood(known)
    if known.get("type") in (_NUMERIC, _EXTERNAL):
        return list(stood.values())
    found: list[object] = []
    for one in choices:
        name = names.get(one.id, one.name)
        if known.get("type") == _MULTIPLE and "," in name:
            continue  # several values chosen at once
        found.append(stood.get(name) or (f"{name} ({one.key})" if one.key else name))
    return found
