"""Takes the annotations that we have written ourselves, with all that they tell beside."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import unquote

from annotator.model.coding import UNNAMED
from annotator.model.session import Session
from annotator.model.time import Micros
from annotator.model.transcript import Cue, tidy
from annotator.storage.interchange.drafting import FoundTag, PassDraft, SessionDraft
from annotator.storage.interchange.json_reading import members, word
from annotator.storage.interchange.own_part import OWN, take_origin
from annotator.storage.interchange.web_parts import (
    OF_SPEECH,
    Node,
    bodies_of,
    name_of,
    targets_of,
)


def take_own(draft: SessionDraft, own: Session, found: Iterable[tuple[Node, Node]]) -> int:
    """Take annotations, each with the mark on its collection; gives how many were taken."""
    labels = {one.name or one.id: one.id for one in reversed(own.codebook.codes)}
    offset = own.recordings[0].offset if own.recordings else Micros(0)
    taker = _OwnTaker(draft, labels, offset)
    carried = sum(taker.take(node, mark, number) for number, (node, mark) in enumerate(found, 1))
    for transcript in sorted(taker.spoken):
        draft.transcript(
            taker.spoken[transcript],
            language=taker.languages.get(transcript, ""),
            source=draft.title,
        )
    return carried


class _OwnTaker:
    """Puts annotations of ours back into the session that they are of."""

    def __init__(self, draft: SessionDraft, labels: dict[str, str], offset: Micros) -> None:
        self._draft, self._labels, self._offset = draft, labels, offset
        self._passes = {one.id: one for one in draft.passes}
        self._people = {one: one for one in draft.participants}  # so that tags share their ids
        self.spoken: dict[str, list[Cue]] = {}
        self.languages: dict[str, str] = {}

    def take(self, node: Node, mark: Node, number: int) -> bool:
        """Take one annotation; False, which is noted, where it has no time."""
        place = word(node.get("id")) or f"annotation {number}"
        own = members(node.get(OWN))
        part = next((one.part for one in targets_of(node)), None)
        if part is None or part.fault:
            told = part.fault if part else "it is about nothing"
            self._draft.notes.not_carried(f"an annotation cannot be placed in time: {told}", place)
            return False
        start = part.start + self._offset
        end = start if part.end is None else part.end + self._offset
        exact = own.get("start"), own.get("end")
        if isinstance(exact[0], int) and isinstance(exact[1], int):
            start, end = Micros(exact[0]), Micros(exact[1])
        if "transcript" in mark:
            return self._said(node, word(mark.get("transcript")), start, end)
        self._tag(node, own, self._pass(node, mark), FoundTag("", start, end, place=place))
        return True

    def _pass(self, node: Node, mark: Node) -> PassDraft:
        known = self._passes.get(word(mark.get("pass")))
        return known or self._draft.coding_pass(name_of(node.get("creator")))

    def _said(self, node: Node, transcript: str, start: int, end: int) -> bool:
        own = members(node.get(OWN))
        person = word(own.get("participant"))
        bodies = [one for one in bodies_of(node) if one.purpose in OF_SPEECH]
        self.languages.setdefault(transcript, next((one.language for one in bodies), ""))
        start, end = sorted((start, end))
        made = Cue(
            "",
            Micros(start),
            Micros(end),
            tidy("\n".join(one.text for one in bodies)),
            word(own.get("speaker")),
            person if person in self._draft.participants else "",
        )
        self.spoken.setdefault(transcript, []).append(made)
        return True

    def _tag(self, node: Node, own: Node, coding_pass: PassDraft, found: FoundTag) -> None:
        label, note = "", []
        for body in bodies_of(node):
            if body.purpose == "tagging":
                label = body.text
            elif body.purpose == "commenting":
                note.append(body.text)
        found.code = self._code(label, word(own.get("code")))
        found.note = "\n".join(note)
        found.id = word(own.get("id")) or unquote(word(node.get("id")).rpartition(":")[2])
        found.participant = self._people.get(word(own.get("participant")), "")
        chosen = members(own.get("attributes"))
        if chosen:
            found.attributes = {key: word(one) for key, one in chosen.items()}
        found.created, found.modified = word(node.get("created")), word(node.get("modified"))
        take_origin(found, own)
        self._draft.tag(coding_pass, found)

    def _code(self, label: str, told: str) -> str:
        code = self._draft.codes.get(told)
        if code is not None:
            return code.id
        known = self._labels.get(label, "")
        if not label:
            return UNNAMED
        return known if known in self._draft.codes else self._draft.code(label)
