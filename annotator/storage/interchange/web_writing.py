"""Writes sessions as collections of Web Annotations: one for each pass, one for each transcript."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from urllib.parse import quote

from annotator.model.codebook import Code
from annotator.model.coding import CodingPass, Origin, Tag
from annotator.model.session import Session
from annotator.model.time import Micros, to_seconds_text
from annotator.model.transcript import Cue, Transcript
from annotator.storage.interchange.addresses import address_of_path
from annotator.storage.interchange.interface import Wishes
from annotator.storage.interchange.json_reading import members
from annotator.storage.interchange.own_part import OWN, own_part
from annotator.storage.interchange.report import Notes
from annotator.storage.interchange.web_parts import ID

_CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_FRAGMENTS = "http://www.w3.org/TR/media-frags/"
_MILLION = 1_000_000

Tree = dict[str, object]


def write_annotations(sessions: Sequence[Session], _wishes: Wishes, _notes: Notes) -> bytes:
    """Write sessions as one graph of collections."""
    graph = [one for session in sessions for one in _Writer(session).collections()]
    told: Tree = {
        "@context": _CONTEXT,
        "@graph": graph,
        OWN: {"sessions": [own_part(one) for one in sessions]},
    }
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "replace")


class _Writer:
    """Writes one session."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._name = f"urn:annotator:{quote(session.id, safe='')}"
        film = session.recordings[0] if session.recordings else None
        kept = members(film.extra.get(ID)).get("source") if film else None
        path = address_of_path(film.path) if film else ""
        self._source = kept if isinstance(kept, str) else path or self._name
        self._kind = "Sound" if film and film.video is None and film.audio else "Video"
        self._offset = film.offset if film else Micros(0)
        self._codes: dict[str, Code] = {one.id: one for one in session.codebook.codes}
        self._labels = {one.name or one.id: one.id for one in reversed(session.codebook.codes)}
        self._people = {one.id: one.label or one.id for one in session.participants}

    def collections(self) -> Iterator[Tree]:
        """Yield the collections of the session."""
        for number, one in enumerate(self._session.passes):
            mark: Tree = {"session": self._session.id, "pass": one.id}
            items = [self._of_tag(one, tag) for tag in one.tags]
            yield self._collection(f"pass-{number}", one.coder, mark, items) | {
                "creator": _person(one.coder)
            }
        for number, transcript in enumerate(self._session.transcripts):
            mark = {"session": self._session.id, "transcript": f"{number:04d}"}
            items = [self._of_cue(number, transcript, cue) for cue in transcript.cues]
            yield self._collection(f"transcript-{number}", "Transcript", mark, items)

    def _collection(self, key: str, label: str, mark: Tree, items: list[Tree]) -> Tree:
        name = f"{self._name}:{key}"
        return {
            "id": name,
            "type": "AnnotationCollection",
            "label": label,
            "total": len(items),
            OWN: mark,
            "first": {
                "id": f"{name}:page",
                "type": "AnnotationPage",
                "partOf": name,
                "startIndex": 0,
                "items": items,
            },
        }

    def _of_tag(self, one: CodingPass, tag: Tag) -> Tree:
        own: Tree = {}
        is_address = ":" in tag.id
        made: Tree = {
            "id": tag.id if is_address else f"{self._name}:{quote(tag.id, safe='')}",
            "type": "Annotation",
            "motivation": "tagging" if tag.is_named else "highlighting",
            "creator": _person(one.coder),
        }
        if is_address:
            own["id"] = tag.id
        made |= {"created": tag.created} if tag.created else {}
        made |= {"modified": tag.modified} if tag.modified else {}
        bodies = list(self._bodies(tag, own))
        made |= {"body": bodies} if bodies else {}
        made["target"] = self._target(tag.start, tag.end, own)
        if tag.participant:
            own["participant"] = tag.participant
        if tag.attributes:
            own["attributes"] = dict(tag.attributes)
        if tag.origin is not Origin.IMPORT:
            own["origin"] = tag.origin.value
        own |= {"sources": list(tag.sources)} if tag.sources else {}
        own |= {"extra": tag.extra} if tag.extra else {}
        return made | ({OWN: own} if own else {})

    def _bodies(self, tag: Tag, own: Tree) -> Iterator[Tree]:
        code = self._codes.get(tag.code) or Code(tag.code, tag.code)
        if tag.is_named:
            label = code.name or code.id
            if self._labels.get(label) != code.id:
                own["code"] = code.id
            yield _text("tagging", label)
        if tag.participant:
            yield _text("identifying", self._people.get(tag.participant, tag.participant))
        for key, choice in tag.attributes.items():
            told = next((one for one in code.attributes if one.id == key), None)
            shown = next((one.name for one in told.choices if one.id == choice), "") if told else ""
            yield _text("classifying", f"{told.name if told else key}: {shown or choice}")
        if tag.note:
            yield _text("commenting", tag.note)

    def _of_cue(self, number: int, transcript: Transcript, cue: Cue) -> Tree:
        own: Tree = {}
        body = _text("transcribing", cue.text)
        bodies = [body | ({"language": transcript.language} if transcript.language else {})]
        shown = self._people.get(cue.participant, "") or cue.speaker
        if shown:
            bodies.append(_text("identifying", shown))
        target = self._target(cue.start, cue.end, own)
        own |= {"speaker": cue.speaker} if cue.speaker else {}
        own |= {"participant": cue.participant} if cue.participant else {}
        made: Tree = {
            "id": f"{self._name}:transcript-{number}:{quote(cue.id, safe='')}",
            "type": "Annotation",
            "motivation": "transcribing",
            "body": bodies,
            "target": target,
        }
        return made | ({OWN: own} if own else {})

    def _target(self, start: Micros, end: Micros, own: Tree) -> Tree:
        """Give what an annotation is about; what begins before the film is told beside, exactly."""
        first = Micros(max(0, start - self._offset))
        last = Micros(max(first + 1, end - self._offset))  # a valid part is never empty
        selector: Tree = {
            "type": "FragmentSelector",
            "conformsTo": _FRAGMENTS,
            "value": f"t={to_seconds_text(first)},{to_seconds_text(last)}",
        }
        if start == end:
            selector["refinedBy"] = {"type": "PointSelector", "t": first / _MILLION}
        if start < self._offset:
            own["start"], own["end"] = start, end
        return {"source": self._source, "type": self._kind, "selector": selector}


def _person(coder: str) -> Tree:
    return {"type": "Person", "nickname": coder}


def _text(purpose: str, value: str) -> Tree:
    return {"type": "TextualBody", "purpose": purpose, "value": value}
