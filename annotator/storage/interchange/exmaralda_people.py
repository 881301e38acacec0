"""The speakers of a transcription of EXMARaLDA, as participants, and back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from annotator.model.participant import Participant, ParticipantRole
from annotator.model.session import Session
from annotator.storage.interchange.drafting import SessionDraft, role_of
from annotator.storage.interchange.exmaralda_xml import element, empty, pairs_of, pairs_written
from annotator.storage.interchange.json_reading import items, members
from annotator.storage.interchange.report import Notes
from annotator.storage.interchange.xml_reading import text_of

ID = "exmaralda"
OUR_ID, OUR_ROLE = "annotator:id", "annotator:role"

_NAME = re.compile(r"[A-Za-z_][\w.-]{0,60}", re.ASCII)
_LANGUAGES = (("languages-used", "languages"), ("l1", "l1"), ("l2", "l2"))


def take_speakers(draft: SessionDraft, root: Element, notes: Notes) -> dict[str, str]:
    """Add the speakers as participants; gives their labels by the ids that they have in the file.

    What there is no place for is kept with the participant.
    """
    labels: dict[str, str] = {}
    for speaker in root.iterfind("head/speakertable/speaker"):
        name = speaker.get("id", "")
        label = text_of(speaker, "abbreviation") or name
        if name in labels:
            notes.repaired("a speaker stood twice; the first is used", f"speaker {name}")
            continue
        if any(one.label == label for one in draft.participants.values()):
            told = f"two speakers are called “{label}”; the later was given its id"
            notes.repaired(told, f"speaker {name}")
            label = f"{label} ({name})"
        labels[name] = label
        _take(draft, speaker, label)
    return labels


def _take(draft: SessionDraft, speaker: Element, label: str) -> None:
    told = pairs_of(speaker.find("ud-speaker-information"))
    ours = {key: value for key, value in told if key in {OUR_ID, OUR_ROLE}}
    known = ours.get(OUR_ROLE, "") in set(ParticipantRole)
    role = ParticipantRole(ours[OUR_ROLE]) if known else role_of(label)
    wanted = ours.get(OUR_ID) or label
    while wanted in draft.participants:
        wanted += "'"
    kept = _kept(speaker, [list(pair) for pair in told if pair[0] not in ours])
    if OUR_ID in ours:  # the id that it has in the file is ours to give
        kept.pop("id", None)
    extra = {ID: kept}
    draft.participants[wanted] = Participant(wanted, role, label, extra=extra if kept else {})


def _kept(speaker: Element, told: list[list[str]]) -> dict[str, object]:
    sex = speaker.find("sex")
    found: dict[str, object] = {
        "id": speaker.get("id", ""),
        "sex": "" if sex is None else sex.get("value", ""),
        "comment": text_of(speaker, "comment"),
        "more": told,
    }
    for path, key in _LANGUAGES:
        found[key] = [one.get("lang", "") for one in speaker.iterfind(f"{path}/language")]
    return {key: value for key, value in found.items() if value and value != "u"}


@dataclass(frozen=True, slots=True)
class Speakers:
    """The speakers of a session that is written: their ids in the file, by participant or label."""

    lines: tuple[str, ...]
    by_participant: Mapping[str, str]
    by_label: Mapping[str, str]


def speakers_of(session: Session, labels: Iterator[str]) -> Speakers:
    """Gather participants, and all `labels` of speakers that are none of them."""
    lines: list[str] = []
    by_participant: dict[str, str] = {}
    by_label: dict[str, str] = {}
    for person in session.participants:
        more = members(person.extra.get(ID))
        name = str(more.get("id", ""))
        if not _NAME.fullmatch(name) or name in by_participant.values():
            name = _free(set(by_participant.values()))
        by_participant[person.id] = name
        label = person.label or person.id
        by_label.setdefault(label, name)
        ours = []
        if person.id != label:
            ours.append((OUR_ID, person.id))
        if person.role is not role_of(label):
            ours.append((OUR_ROLE, person.role.value))
        lines += _written(name, label, more, ours)
    for label in labels:
        if label and label not in by_label:
            by_label[label] = _free({*by_participant.values(), *by_label.values()})
            lines += _written(by_label[label], label, {}, [])
    return Speakers(tuple(lines), by_participant, by_label)


def _free(taken: set[str]) -> str:
    number = len(taken)
    while f"SPK{number}" in taken:
        number += 1
    return f"SPK{number}"


def _written(
    name: str, label: str, more: Mapping[str, object], ours: list[tuple[str, str]]
) -> Iterator[str]:
    sex = more.get("sex")
    yield f'<speaker id="{name}">'
    yield element("abbreviation", label)
    yield empty("sex", value=sex if sex in {"m", "f"} else "u")
    for path, key in _LANGUAGES:
        words = [str(one) for one in items(more.get(key)) if one]
        inner = "".join(empty("language", lang=re.sub(r"[^\w.:-]", "_", one)) for one in words)
        yield f"<{path}>{inner}</{path}>"
    yield from pairs_written("ud-speaker-information", more.get("more"), ours)
    yield element("comment", str(more.get("comment", "")))
    yield "</speaker>"
