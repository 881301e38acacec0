"""Reads basic transcriptions of EXMARaLDA."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from annotator.model.naming import unused_name
from annotator.model.recording import RecordingRole
from annotator.model.time import Interval, Micros
from annotator.model.transcript import tidy
from annotator.storage.interchange.drafting import NO_EXTRA, NOTHING, SessionDraft
from annotator.storage.interchange.exmaralda_people import ID, take_speakers
from annotator.storage.interchange.exmaralda_times import Timeline, TimelineReader
from annotator.storage.interchange.exmaralda_xml import pairs_of
from annotator.storage.interchange.interface import Found, TierUse, Wishes
from annotator.storage.interchange.report import ForeignFileError, Notes, excerpt
from annotator.storage.interchange.source import Source
from annotator.storage.interchange.spending import spent
from annotator.storage.interchange.tiers import Annotation, Tier, take_tiers, use_of
from annotator.storage.interchange.xml_reading import text_of
from annotator.storage.interchange.xml_streaming import Branches, Strand, stream_xml

ROOT = "basic-transcription"
OUR_CODE, OUR_CODER = "annotator:code", "annotator:coder"
OUR_MOMENTS, OUR_SPEAKER = "annotator:moments", "annotator:speaker"

_BODY, _MOMENT, _TIER, _EVENT = "basic-body", "tli", "tier", "event"
_OTHER_ROOTS = ("segmented-transcription", "list-transcription", "interlinear-text")
_SPEECH, _TYPES = "t", ("t", "d", "a", "l", "u")
_SOUND = (".wav", ".mp3", ".ogg", ".flac", ".m4a", ".aif", ".aiff")
_MOST_TIERS = 2000
_ENDS = frozenset({"start", "end"})
_OURS = (OUR_CODE, OUR_CODER, OUR_MOMENTS, OUR_SPEAKER)
_OF_TIER = ("id", "category", "type", "display-name")
_HEAD = (
    ("project", "project-name"),
    ("comment", "comment"),
    ("convention", "transcription-convention"),
)


def read_exmaralda(source: Source, wishes: Wishes, notes: Notes) -> Found:
    """Read a basic transcription as a session."""
    root, line, elements = _opened(source, notes)
    title = text_of(root, "head/meta-information/transcription-name") or source.stem
    draft = SessionDraft(source.stem, title, notes, wishes.now)
    _take_recordings(draft, root, line)
    labels = take_speakers(draft, root, notes)
    reader = _TierReader(line, labels, wishes, notes)
    if len(elements) > _MOST_TIERS:
        raise ForeignFileError(
            f"“{source.name}” was not read: it has more than {_MOST_TIERS:,} tiers.",
            "No program of the field writes such a file; ask where it comes from.",
        )
    tiers = [reader.read(*one) for one in spent(elements)]
    taken = take_tiers(draft, [one for one, _ in tiers], wishes)
    uses = {one.name: one.use for one in taken.facts}
    kept = [more | {"use": uses[tier.name].value} for tier, more in tiers if more]
    draft.extra[ID] = _kept(root, line, kept)
    if root.find("tierformat-table") is not None:
        notes.noticed("how the tiers looked (fonts and colours) was left out")
    session = draft.session()
    start, end = max(0, line.start), max(line.end, session.region.end, 0)
    session = replace(session, region=Interval(Micros(min(start, end)), Micros(end)))
    return Found((session,), reader.counted, taken.carried, "events", taken.facts)


_Event = tuple[str, str, str] | Element
"""From which moment to which, and a text; as it stands where it has more than these."""

_Events = tuple[Element, list[_Event]]
"""A tier without its events, and these."""


def _opened(source: Source, notes: Notes) -> tuple[Element, Timeline, list[_Events]]:
    """Read a file; gives its root without a body, the timeline, and the tiers."""
    moments = TimelineReader(notes)
    tiers: list[_Events] = []
    events: list[_Event] = []

    def take(element: Element) -> None:
        if element.tag == _EVENT:
            events.append(_packed(element))
        elif element.tag == _MOMENT:
            moments.take(element)
        else:
            tiers.append((element, events.copy()))
            events.clear()

    def begin(name: str, _attributes: dict[str, str]) -> Strand | None:
        return Branches((_MOMENT, _EVENT, _TIER), take) if name == _BODY else None

    root = stream_xml(source, begin)
    if root.tag != ROOT:
        raise _not_basic(source, str(root.tag))
    return root, moments.finish(), tiers


def _packed(event: Element) -> _Event:
    if len(event) or not event.attrib.keys() <= _ENDS:
        return event
    return _plain(event)


def _not_basic(source: Source, root: str) -> ForeignFileError:
    if root in _OTHER_ROOTS:
        return ForeignFileError(
            f"“{source.name}” is a {root.replace('-', ' ')} of EXMARaLDA, which is made of others.",
            "Open the basic transcription (.exb) from which it was made.",
        )
    return ForeignFileError(
        f"“{source.name}” is no transcription of EXMARaLDA: it begins with {excerpt(root)}.",
        "Choose the .exb file of the transcription.",
    )


def _take_recordings(draft: SessionDraft, root: Element, line: Timeline) -> None:
    length = Micros(max(0, line.end))  # at least so long it must be
    for one in root.iterfind("head/meta-information/referenced-file"):
        url = one.get("url", "").strip()
        path = _path_of(url)
        role = RecordingRole.SOUND if path.lower().endswith(_SOUND) else RecordingRole.ROOM
        extra = {ID: {"url": url}} if path != url else NO_EXTRA
        draft.recording(path, duration=length, role=role, extra=extra)


def _path_of(url: str) -> str:
    if not url.lower().startswith("file:"):
        return url.replace("\\", "/")
    path = "/" + unquote(url[5:]).replace("\\", "/").lstrip("/")
    has_drive = path[2:3] == ":"
    return path[1:] if has_drive else path


def _kept(root: Element, line: Timeline, tiers: list[dict[str, object]]) -> dict[str, object]:
    """Give what there is no place for, so that it is written as it stood."""
    head = root.find("head/meta-information")
    found: dict[str, object] = {"id": root.get("Id", ""), "tiers": tiers, "guessed": line.guessed}
    if head is not None:
        found |= {key: (head.findtext(path) or "").strip() for key, path in _HEAD}
        found["more"] = [list(one) for one in pairs_of(head.find("ud-meta-information"))]
    found["bookmarks"] = [list(one) for one in line.bookmarks]
    return {key: value for key, value in found.items() if value}


@dataclass(slots=True)
class _TierReader:
    """Reads tiers, and counts their events."""

    line: Timeline
    labels: Mapping[str, str]
    wishes: Wishes
    notes: Notes
    counted: int = 0
    _names: set[str] = field(default_factory=set)
    _blanks: dict[str, Mapping[str, object]] = field(default_factory=dict)

    def read(self, element: Element, events: list[_Event]) -> tuple[Tier, dict[str, object]]:
        """Read a tier, and what is kept of it: nothing where it is one that we have written."""
        told = pairs_of(element.find("ud-tier-information"))
        ours = {key: value for key, value in told if key in _OURS}
        told = [pair for pair in told if pair[0] not in _OURS]
        if self.wishes.tiers is not None:
            ours = {key: value for key, value in ours.items() if key == OUR_MOMENTS}
        attributes = dict(element.attrib)
        category, kind = element.get("category", ""), element.get("type", "")
        speaker = element.get("speaker", "")
        tier = Tier(self._name(element, category), participant=self.labels.get(speaker, ""))
        if speaker and speaker not in self.labels:
            self.notes.repaired(
                "a tier's speaker is not in the list of speakers", f"tier “{tier.name}”"
            )
            tier.participant = speaker
        tier.word = ours.get(OUR_CODE) or category
        tier.coder = ours.get(OUR_CODER, "")
        is_ours = OUR_CODE in ours
        self._read_events(events, tier, ours, is_speech=kind == _SPEECH)
        if is_ours:
            tier.use = TierUse.CODE
        elif self.wishes.tiers is None:
            tier.use = use_of_type(kind, tier)
        if kind not in _TYPES:
            self.notes.noticed(f"its type is {excerpt(kind)}, not known", f"tier “{tier.name}”")
        if OUR_SPEAKER in ours:
            tier.speaker = ours[OUR_SPEAKER]
        if is_ours or OUR_SPEAKER in ours:
            return tier, {}
        return tier, _kept_tier(attributes, tier, told)

    def _name(self, element: Element, category: str) -> str:
        label = self.labels.get(element.get("speaker", ""), "")
        name = element.get("display-name", "").strip()
        name = name or (f"{label} [{category}]" if label else category) or element.get("id", "")
        made = unused_name(name, self._names, " ({})")
        if made != name:
            told = f"two tiers are called “{name}”; the later was given a number"
            self.notes.repaired(told, f"tier {element.get('id', '')}")
        self._names.add(made)
        return made

    def _read_events(
        self, events: list[_Event], tier: Tier, ours: Mapping[str, str], *, is_speech: bool
    ) -> None:
        times = self.line.times
        tier.places = f"tier “{tier.name}”, event"
        for number, event in enumerate(self.notes.through(spent(events)), 1):
            self.counted += 1
            first, last, text = event if isinstance(event, tuple) else _plain(event)
            start, end = times.get(first), times.get(last)
            if start is None or end is None:
                told = "its moment is not on the timeline"
                self.notes.not_carried(told, f"{tier.places} {number}")
                continue
            made = Annotation(start, start if OUR_MOMENTS in ours else end, text, number)
            if not isinstance(event, tuple):
                made = _with_more(made, event, is_ours=OUR_CODE in ours, is_speech=is_speech)
            elif is_speech and text != tidy(text):
                made = replace(made, extra=self._blank(text))
            if OUR_CODE in ours and made.value == tier.word:
                made = replace(made, value="")
            tier.annotations.append(made)

    def _blank(self, text: str) -> Mapping[str, object]:
        """Keep what is trimmed of what was said, by which EXMARaLDA knows the ends of words."""
        bare = text.rstrip()
        if bare != tidy(text):
            return {ID: {"text": text}}
        blank = text[len(bare) :]
        return self._blanks.setdefault(blank, {ID: {"after": blank}})


def _plain(event: Element) -> tuple[str, str, str]:
    return event.get("start", ""), event.get("end", ""), event.text or ""


def use_of_type(kind: str, tier: Tier) -> TierUse:
    """Tell what a tier of that type is taken for, if nobody says: speech is of type t alone."""
    if kind == _SPEECH:
        return TierUse.TRANSCRIPT
    guess = use_of(tier, Wishes())
    return TierUse.CODE if guess is TierUse.TRANSCRIPT else guess


def _with_more(made: Annotation, event: Element, *, is_ours: bool, is_speech: bool) -> Annotation:
    """Add what an event has beside its text: attributes where it is ours, else kept as it is."""
    text = made.value + "".join(child.tail or "" for child in event)
    told = {name: value for name, value in pairs_of(event) if name}
    if is_ours:
        return replace(made, value=text, attributes=told or NOTHING)
    more: dict[str, object] = {
        key: event.get(key, "") for key in ("medium", "url") if key in event.attrib
    }
    if told:
        more["more"] = told
    if is_speech and text != tidy(text):
        more["text"] = text
    return replace(made, value=text, extra={ID: more} if more else NO_EXTRA)


def _kept_tier(
    attributes: Mapping[str, str], tier: Tier, told: list[tuple[str, str]]
) -> dict[str, object]:
    found: dict[str, object] = {
        "name": tier.name,
        "participant": tier.participant,
        "more": [list(one) for one in told],
    }
    found |= {key: attributes[key] for key in _OF_TIER if key in attributes}
    return {key: value for key, value in found.items() if value}
