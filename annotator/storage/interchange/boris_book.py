"""The ethogram and the subjects of a BORIS project, as a codebook and participants."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from annotator.model.codebook import Attribute, Choice, Code, CodeKind
from annotator.model.colours import is_colour
from annotator.model.participant import Participant
from annotator.model.proposing import PALETTE
from annotator.storage.interchange.boris_opening import (
    FORMAT_ID,
    OWN,
    as_text,
    in_order,
    kind_of,
    words_of,
)
from annotator.storage.interchange.drafting import SessionDraft, id_of_word, role_of
from annotator.storage.interchange.json_reading import items, members, word
from annotator.storage.interchange.report import Notes

SINGLE, MULTIPLE = range(2)
SHORTCUT = re.compile(r" \(([^()]*)\)\s*$")


@dataclass(frozen=True, slots=True)
class ModifierSet:
    """A set of modifiers of a behaviour, and the attribute that it is."""

    kind: int
    attribute: Attribute


@dataclass(frozen=True, slots=True)
class Behaviour:
    """A behaviour: its word, whether it lasts, and the code that it is, but for ids of others."""

    word: str
    kind: CodeKind
    code: Code
    category: str = ""
    excluded: tuple[str, ...] = ()
    sets: tuple[ModifierSet, ...] = ()


@dataclass(slots=True)
class ProjectBook:
    """What a project tells of its behaviours and subjects.

    `same` gives the word of the code for behaviours that are one code in ours; `states` holds
    the words of all behaviours that last. `ids` and `group_ids` are our own ids, by name.
    """

    name: str
    behaviours: dict[str, Behaviour] = field(default_factory=dict)
    categories: list[str] = field(default_factory=list)
    people: list[Participant] = field(default_factory=list)
    same: dict[str, str] = field(default_factory=dict)
    states: set[str] = field(default_factory=set)
    ids: dict[str, str] = field(default_factory=dict)
    group_ids: dict[str, str] = field(default_factory=dict)

    def key(self, name: str) -> str:
        """Give the word under which a draft knows a behaviour: our own id, where there is one."""
        return self.ids.get(name, name)

    def put_into(self, draft: SessionDraft) -> None:
        """Make the codes, groups and participants of a session."""
        draft.book = replace(draft.book, name=self.name)
        for category in self.categories:
            draft.group(category, self.group_ids.get(category, ""))
        for one in self.behaviours.values():
            draft.code(self.key(one.word), one.code)
        for one in self.behaviours.values():
            others = tuple(draft.code(self.key(each)) for each in one.excluded)
            group = draft.group(one.category, self.group_ids.get(one.category, ""))
            told = replace(one.code, group=group, exclusive_with=others)
            draft.code(self.key(one.word), told, one.kind)
        for person in self.people:
            draft.participants[person.id] = person


def read_book(project: Mapping[str, object], name: str, notes: Notes) -> ProjectBook:
    """Read the ethogram, categories and subjects of a project."""
    own = members(project.get(OWN))
    book = ProjectBook(word(project.get("project_name")) or name)
    book.same = _texts(own.get("same"))
    book.ids, book.group_ids = _texts(own.get("codes")), _texts(own.get("groups"))
    ids = members(own.get("attributes"))
    for number, one in enumerate(in_order(project.get("behaviors_conf")), 1):
        _add_behaviour(book, members(one), f"behaviour {number}", ids, notes)
    for one in book.behaviours.values():
        _check_excluded(book, one, notes)
    told = project.get("behavioral_categories") or project.get("behavioral_categories_config")
    book.categories = list(dict.fromkeys(words_of(told)))
    for number, one in enumerate(in_order(project.get("subjects_conf")), 1):
        _add_person(book, one, f"subject {number}", members(own.get("participants")), notes)
    return book


def _texts(value: object) -> dict[str, str]:
    return {key: word(one) for key, one in members(value).items() if word(one)}


def _add_behaviour(
    book: ProjectBook,
    raw: Mapping[str, object],
    place: str,
    ids: Mapping[str, object],
    notes: Notes,
) -> None:
    name = word(raw.get("code"))
    if not name:
        notes.not_carried("a behaviour has no code", place)
        return
    kind = kind_of(word(raw.get("type")))
    if kind is CodeKind.SPAN:
        book.states.add(name)
    if name in book.same:
        return  # it is a part of another code, which this program had to take apart
    if name in book.behaviours:
        notes.not_carried(f"a second behaviour is called “{name}”", place)
        return
    sets = tuple(_sets_of(raw.get("modifiers"), members(ids.get(name)), name, notes))
    colour = word(raw.get("color")).lower()
    given = "" if is_colour(colour) else PALETTE[len(book.behaviours) % len(PALETTE)].colour
    code = Code(
        id="",
        name=name,
        colour=given or colour,
        key=_key(raw, name, notes),
        definition=word(raw.get("description")),
        attributes=tuple(one.attribute for one in sets),
        extra={FORMAT_ID: {"behaviour": as_text(raw), "colour": given}},
    )
    excluded = tuple(part for part in _split(word(raw.get("excluded"))) if part != name)
    made = Behaviour(name, kind, code, word(raw.get("category")), excluded, sets)
    book.behaviours[name] = made


def _key(raw: Mapping[str, object], name: str, notes: Notes) -> str:
    key = word(raw.get("key"))
    if len(key) > 1:
        notes.noticed(f"the key “{key}” of “{name}” is kept for BORIS; here keys are one letter")
        return ""
    return key


def _split(text: str) -> list[str]:
    return [part for part in text.split(",") if part]


def _check_excluded(book: ProjectBook, one: Behaviour, notes: Notes) -> None:
    unknown = [each for each in one.excluded if each not in book.behaviours]
    if unknown:
        notes.repaired(f"“{one.word}” excludes “{unknown[0]}”, which there is not; it does not now")
        known = tuple(each for each in one.excluded if each in book.behaviours)
        book.behaviours[one.word] = replace(one, excluded=known)


def _sets_of(
    raw: object, ids: Mapping[str, object], of_code: str, notes: Notes
) -> list[ModifierSet]:
    """Read the sets of modifiers of a behaviour; before format 4.0 they were one text."""
    found: list[ModifierSet] = []
    if isinstance(raw, str):
        told: list[object] = [{"values": part.split(",")} for part in raw.split("|") if part]
    else:
        told = in_order(raw)
    for number, one in enumerate(told, 1):
        name = word(members(one).get("name")).strip() or f"modifier {number}"
        if any(name == each.attribute.name for each in found):
            notes.repaired(f"two sets of modifiers of “{of_code}” are called “{name}”")
            name = f"{name} {number}"
        kind = word(members(one).get("type"))
        known = members(ids.get(name))
        values = [word(value) for value in items(members(one).get("values"))]
        choices = _choices(values, members(known.get("choices")), of_code, notes)
        taken = {each.attribute.id for each in found}
        wanted = word(known.get("id")) or id_of_word(name)
        attribute_id = wanted if wanted not in taken else f"{wanted}_{number}"
        attribute = Attribute(attribute_id, name, choices)
        found.append(ModifierSet(int(kind) if kind in {"0", "1", "2", "3"} else SINGLE, attribute))
    return found


def _choices(
    values: list[str], ids: Mapping[str, object], of_code: str, notes: Notes
) -> tuple[Choice, ...]:
    found: dict[str, Choice] = {}
    taken: set[str] = set()
    for value in values:
        shortcut = SHORTCUT.search(value)
        name = (value[: shortcut.start()] if shortcut else value).strip()
        if not name:
            continue
        if name in found:
            notes.repaired(f"a modifier of “{of_code}” stood twice; it stands once: “{name}”")
            continue
        key = shortcut[1].strip() if shortcut else ""
        key = key if len(key) == 1 and key.casefold() not in taken else ""
        taken.add(key.casefold())
        found[name] = Choice(word(ids.get(name)) or name, name, key)
    return tuple(found.values())


def _add_person(
    book: ProjectBook, raw: object, place: str, ids: Mapping[str, object], notes: Notes
) -> None:
    if isinstance(raw, list):  # before there were versions: a key and a name
        texts = [word(one) for one in raw[:3]]
        raw = dict(zip(("key", "name", "description"), texts, strict=False))
    told = members(raw)
    label = word(told.get("name"))
    if not label:
        notes.not_carried("a subject has no name", place)
        return
    person_id = word(ids.get(label)) or label
    if any(label == one.label or person_id == one.id for one in book.people):
        notes.not_carried(f"a second subject is called “{label}”", place)
        return
    extra = {FORMAT_ID: {"subject": as_text(told)}}
    book.people.append(Participant(person_id, role_of(label), label, extra=extra))
