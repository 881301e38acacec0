"""Writes sessions as a VIA project: attributes of codes for each pass, and others beside."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from annotator.model.codebook import Attribute
from annotator.model.coding import UNNAMED, CodingPass, Origin, Tag
from annotator.model.recording import Recording
from annotator.model.session import Session
from annotator.model.transcript import Cue
from annotator.storage.interchange.interface import Wishes
from annotator.storage.interchange.json_reading import members
from annotator.storage.interchange.own_part import OWN, own_part
from annotator.storage.interchange.report import Notes
from annotator.storage.interchange.via_fields import ID, Role

_MILLION = 1_000_000
_TYPED, _CHOSEN = 1, 4
_VIDEO, _SOUND = 4, 8
_BY_NAME, _BY_PATH = 1, 3

Tree = dict[str, object]


def write_via(sessions: Sequence[Session], wishes: Wishes, _notes: Notes) -> bytes:
    """Write sessions as one project, each as a view with its films."""
    made = _Project(sessions[0].title if sessions else "", wishes.now)
    for number, session in enumerate(sessions, 1):
        made.add(str(number), session)
    text = json.dumps(made.tree(), ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "replace")


class _Project:
    """A project in the making."""

    def __init__(self, name: str, now: str) -> None:
        self._name, self._now = name, now
        self._attributes: dict[str, Tree] = {}
        self._roles: dict[str, Tree] = {}
        self._aids: dict[tuple[str, str], str] = {}
        self._files: dict[str, Tree] = {}
        self._views: dict[str, Tree] = {}
        self._metadata: dict[str, Tree] = {}
        self._parts: dict[str, Tree] = {}

    def tree(self) -> Tree:
        """Give the whole, with the keys that VIA asks for."""
        return {
            "project": {
                "pid": "__VIA_PROJECT_ID__",
                "rev": "__VIA_PROJECT_REV_ID__",
                "rev_timestamp": "__VIA_PROJECT_REV_TIMESTAMP__",
                "pname": self._name,
                "creator": "annotator",
                "created": _epoch_millis(self._now),
                "data_format_version": "3.1.1",
                "vid_list": list(self._views),
            },
            "config": {
                "file": {"loc_prefix": {"1": "", "2": "", "3": "", "4": ""}},
                "ui": {
                    "file_content_align": "center",
                    "file_metadata_editor_visible": True,
                    "spatial_metadata_editor_visible": True,
                    "temporal_segment_metadata_editor_visible": True,
                    "spatial_region_label_attribute_id": "",
                    "gtimeline_visible_row_count": "4",
                },
            },
            "attribute": self._attributes,
            "file": self._files,
            "metadata": self._metadata,
            "view": self._views,
            OWN: {"attributes": self._roles, "sessions": self._parts},
        }

    def add(self, vid: str, session: Session) -> None:
        """Add a session as the view of that id."""
        self._views[vid] = {"fid_list": [self._file(one) for one in session.recordings]}
        self._parts[vid] = {
            "session": own_part(session),
            "languages": [one.language for one in session.transcripts],
        }
        codes = {one.id: one.name or one.id for one in session.codebook.codes}
        attributes = {
            (code.id, one.id): one for code in session.codebook.codes for one in code.attributes
        }
        people = {one.id: one.label or one.id for one in session.participants}
        for one in session.passes:
            aid = self._attribute(Role.CODE, f"Code ({one.coder})", one.id)
            for code, name in codes.items():
                self._offer(aid, code, name)
            for tag in one.tags:
                self._tag(vid, one, tag, (codes, people, attributes))
        for number, transcript in enumerate(session.transcripts):
            for cue in transcript.cues:
                self._cue(vid, number, cue, people)
        whole = members(members(session.extra.get(ID)).get("of_whole"))
        for mid, values in whole.items():
            self._metadata.setdefault(mid, _entry(vid, [], dict(members(values))))

    def _file(self, recording: Recording) -> str:
        fid = str(len(self._files) + 1)
        name = recording.path.rpartition("/")[2]
        is_path = name != recording.path
        self._files[fid] = {
            "fid": fid,
            "fname": name,
            "type": _SOUND if recording.video is None and recording.audio else _VIDEO,
            "loc": _BY_PATH if is_path else _BY_NAME,
            "src": recording.path if is_path else "",
        }
        return fid

    def _attribute(self, role: Role, name: str, pass_id: str = "", field: str = "") -> str:
        """Give the id of an attribute, made when first met."""
        key = (role, pass_id or field)
        if key in self._aids:
            return self._aids[key]
        aid = self._aids[key] = str(len(self._aids) + 1)
        is_typed = role in {Role.NOTE, Role.SAID, Role.SPEAKER}
        self._attributes[aid] = {
            "aname": name,
            "anchor_id": "FILE1_Z2_XY0",
            "type": _TYPED if is_typed else _CHOSEN,
            "desc": "",
            "options": {},
            "default_option_id": "",
        }
        self._roles[aid] = {"role": role.value}
        if pass_id:
            self._roles[aid]["pass"] = pass_id
        if field:
            self._roles[aid]["name"] = field
        return aid

    def _offer(self, aid: str, option: str, label: str) -> str:
        """Make sure that an attribute has an option of that label; gives the option's id."""
        options = self._attributes[aid]["options"]
        if isinstance(options, dict):
            while options.setdefault(option, label) != label:
                option += "~"
        return option

    def _tag(
        self,
        vid: str,
        one: CodingPass,
        tag: Tag,
        words: tuple[Mapping[str, str], Mapping[str, str], Mapping[tuple[str, str], Attribute]],
    ) -> None:
        codes, people, attributes = words
        aid = self._attribute(Role.CODE, f"Code ({one.coder})", one.id)
        name = UNNAMED if not tag.is_named else codes.get(tag.code, tag.code)
        values: Tree = {aid: self._offer(aid, tag.code, name)}
        if tag.note:
            values[self._attribute(Role.NOTE, "Note")] = tag.note
        if tag.participant:
            values |= self._person(tag.participant, people)
        for key, choice in tag.attributes.items():
            told = attributes.get((tag.code, key)) or Attribute(key, key)
            shown = next((each.name for each in told.choices if each.id == choice), choice)
            of = self._attribute(Role.CHOICE, told.name, field=told.name)
            values[of] = self._offer(of, choice, shown)
        made = _entry(vid, [tag.start / _MILLION, tag.end / _MILLION], values)
        made[OWN] = own = _of_tag(tag)
        mid = tag.id if tag.id.startswith(f"{vid}_") else f"{vid}_{tag.id}"
        while mid in self._metadata:
            mid += "~"
        if mid != f"{vid}_{tag.id}":
            own["id"] = tag.id
        self._metadata[mid] = made

    def _person(self, participant: str, people: Mapping[str, str]) -> Tree:
        aid = self._attribute(Role.PERSON, "Participant")
        return {aid: self._offer(aid, participant, people.get(participant, participant))}

    def _cue(self, vid: str, number: int, cue: Cue, people: Mapping[str, str]) -> None:
        values: Tree = {self._attribute(Role.SAID, "Transcript"): cue.text}
        if cue.speaker:
            values[self._attribute(Role.SPEAKER, "Speaker")] = cue.speaker
        if cue.participant:
            values |= self._person(cue.participant, people)
        made = _entry(vid, [cue.start / _MILLION, cue.end / _MILLION], values)
        made[OWN] = {"transcript": f"{number:04d}"}
        self._metadata[f"{vid}_said-{number + 1}-{cue.id}"] = made


def _entry(vid: str, times: list[float], values: Tree) -> Tree:
    return {"vid": vid, "flg": 0, "z": times, "xy": [], "av": values}


def _of_tag(tag: Tag) -> Tree:
    """Give what a tag says and VIA has no place for."""
    made: Tree = {"created": tag.created}
    if tag.modified != tag.created:
        made["modified"] = tag.modified
    if tag.origin is not Origin.IMPORT:
        made["origin"] = tag.origin.value
    if tag.sources:
        made["sources"] = list(tag.sources)
    if tag.extra:
        made["extra"] = tag.extra
    return made


def _epoch_millis(now: str) -> int:
    try:
        return int(datetime.fromisoformat(now).timestamp() * 1000)
    except ValueError:
        return 0
