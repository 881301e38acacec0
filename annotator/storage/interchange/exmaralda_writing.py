"""Writes basic transcriptions of EXMARaLDA, by the rules of its document type."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from annotator.model.codebook import Attribute, Code
from annotator.model.coding import Tag
from annotator.model.session import Session
from annotator.model.time import Micros, to_seconds_text
from annotator.model.transcript import Cue, tidy
from annotator.storage.interchange.exmaralda_people import ID, Speakers, speakers_of
from annotator.storage.interchange.exmaralda_reading import (
    OUR_CODE,
    OUR_CODER,
    OUR_MOMENTS,
    OUR_SPEAKER,
    use_of_type,
)
from annotator.storage.interchange.exmaralda_xml import (
    element,
    empty,
    in_quotes,
    in_text,
    informations,
    pairs_written,
)
from annotator.storage.interchange.interface import TierUse, Wishes
from annotator.storage.interchange.json_reading import items, members
from annotator.storage.interchange.laid_tiers import (
    KeptTier,
    LaidMark,
    LaidTier,
    Reading,
    lay_tiers,
    word_of_attribute,
)
from annotator.storage.interchange.report import Notes
from annotator.storage.interchange.tiers import Tier

_SHORTEST = 1000  # an event must not end where it begins
_NAME = re.compile(r"[A-Za-z_][\w.-]{0,60}", re.ASCII)
_MEDIA = ("aud", "vid", "img", "txt", "oth")
_TYPES = ("t", "d", "a", "l", "u")
_USES = (TierUse.CODE, TierUse.VALUES, TierUse.TRANSCRIPT)

Kept = Mapping[str, object]


def write_exmaralda(sessions: Sequence[Session], wishes: Wishes, _notes: Notes) -> bytes:
    """Write a session: a tier for each lane of its tags, and for each speaker."""
    session = sessions[0]
    kept = members(session.extra.get(ID))
    old = {str(one.get("name")): one for one in _list(kept.get("tiers"))}
    laid = lay_tiers(session, wishes, _kept_tiers(session, old), _reading(old))
    tiers = [(tier, _spans(tier)) for tier in laid]
    speakers = speakers_of(session, (tier.speaker for tier in laid))
    writer = _Writer(session, kept, old, speakers)
    lines = chain(
        ['<?xml version="1.0" encoding="UTF-8"?>', _root(kept)],
        writer.head(),
        ["<basic-body>"],
        writer.timeline(tiers),
        chain.from_iterable(writer.tier(tier, spans) for tier, spans in tiers),
        ["</basic-body>", "</basic-transcription>", ""],
    )
    return "\n".join(lines).encode()


def _list(value: object) -> list[Kept]:
    return [members(one) for one in items(value)]


def _root(kept: Kept) -> str:
    name = kept.get("id")
    return (
        f'<basic-transcription Id="{in_quotes(name)}">'
        if isinstance(name, str)
        else "<basic-transcription>"
    )


def _kept_tiers(session: Session, old: Mapping[str, Kept]) -> Iterator[KeptTier]:
    """Yield the tiers of the transcription that a session came from."""
    people = {one.label: one.id for one in session.participants}
    for name, more in old.items():
        if more.get("use") not in _USES:
            continue
        label = str(more.get("participant", ""))
        word = str(more.get("category") or name)
        yield KeptTier(
            name, TierUse(str(more["use"])), word, people.get(label, ""), label, has_blanks=True
        )


def _reading(old: Mapping[str, Kept]) -> Reading:
    def reading(kept: KeptTier, tier: Tier) -> TierUse:
        return use_of_type(str(old[kept.name].get("type", "")), tier)

    return reading


def _spans(tier: LaidTier) -> list[tuple[int, int]]:
    """Tell from when to when each mark is to last; moments are as short as can be seen."""
    if not tier.are_moments:
        return [(mark.start, mark.end) for mark in tier.marks]
    starts = [mark.start for mark in tier.marks]
    following = [*starts[1:], max(starts, default=0) + 2 * _SHORTEST]
    return [
        (start, min(start + _SHORTEST, after))
        for start, after in zip(starts, following, strict=True)
    ]


class _Writer:
    """Writes the parts of a transcription."""

    def __init__(
        self, session: Session, kept: Kept, old: Mapping[str, Kept], speakers: Speakers
    ) -> None:
        self.session, self.kept, self.old, self.speakers = session, kept, old, speakers
        self.codes = {code.id: code for code in session.codebook.codes}
        self._moments: dict[int, str] = {}
        self._ids: set[str] = set()

    def head(self) -> Iterator[str]:
        """Yield what stands above the timeline."""
        yield "<head>"
        yield "<meta-information>"
        yield element("project-name", self._text("project"))
        yield element("transcription-name", self.session.title)
        yield from self._recordings()
        yield from pairs_written("ud-meta-information", self.kept.get("more"))
        yield element("comment", self._text("comment"))
        yield element("transcription-convention", self._text("convention"))
        yield "</meta-information>"
        yield "<speakertable>"
        yield from self.speakers.lines
        yield "</speakertable>"
        yield "</head>"

    def _text(self, key: str) -> str:
        found = self.kept.get(key)
        return found if isinstance(found, str) else ""

    def _recordings(self) -> Iterator[str]:
        for one in self.session.recordings:
            url = members(one.extra.get(ID)).get("url")
            yield empty("referenced-file", url=url if isinstance(url, str) else one.path)
        if not self.session.recordings:
            yield empty("referenced-file", url="")

    def timeline(self, tiers: Sequence[tuple[LaidTier, list[tuple[int, int]]]]) -> Iterator[str]:
        """Yield the moments at which anything begins or ends, and those of the session."""
        times = {time for _, spans in tiers for span in spans for time in span}
        bookmarks = self._bookmarks()
        times |= {min([0, *times]), max([self.session.duration, self.session.region.end])}
        times |= set(bookmarks)
        guessed = set(items(self.kept.get("guessed")))
        self._moments = {time: f"T{number}" for number, time in enumerate(sorted(times))}
        yield "<common-timeline>"
        for time, name in self._moments.items():
            more = ' type="intp"' if time in guessed else ""
            if time in bookmarks:
                more += f' bookmark="{in_quotes(bookmarks[time])}"'
            yield f'<tli id="{name}" time="{to_seconds_text(Micros(time))}"{more}/>'
        yield "</common-timeline>"

    def _bookmarks(self) -> dict[int, str]:
        found: dict[int, str] = {}
        for pair in items(self.kept.get("bookmarks")):
            if isinstance(pair, list) and [type(one) for one in pair] == [int, str]:
                found[pair[0]] = pair[1]
        return found

    def tier(self, tier: LaidTier, spans: Sequence[tuple[int, int]]) -> Iterator[str]:
        """Yield a tier with its events."""
        old = self.old.get(tier.kept.name, {}) if tier.kept else None
        yield self._begun(tier, old)
        if old is None:
            yield from pairs_written("ud-tier-information", None, _ours(tier))
        elif old.get("more"):
            yield from pairs_written("ud-tier-information", old.get("more"))
        for mark, (start, end) in zip(tier.marks, spans, strict=True):
            yield self._event(
                tier, mark, f'start="{self._moments[start]}" end="{self._moments[end]}"'
            )
        yield "</tier>"

    def _begun(self, tier: LaidTier, old: Kept | None) -> str:
        kind = "t" if tier.use is TierUse.TRANSCRIPT else "a"
        told: Kept = old or {"category": tier.word or "v", "type": kind, "display-name": tier.name}
        attributes = [("id", self._id(told.get("id")))]
        speaker = self.speakers.by_participant.get(tier.participant, "")
        speaker = speaker or self.speakers.by_label.get(tier.speaker, "")
        if speaker:
            attributes.append(("speaker", speaker))
        attributes.append(("category", str(told.get("category", ""))))
        found = str(told.get("type", ""))
        attributes.append(("type", found if found in _TYPES else kind))
        if "display-name" in told:
            attributes.append(("display-name", str(told["display-name"])))
        inner = "".join(f' {key}="{in_quotes(value)}"' for key, value in attributes)
        return f"<tier{inner}>"

    def _id(self, wanted: object) -> str:
        name = wanted if isinstance(wanted, str) and _NAME.fullmatch(wanted) else ""
        number = len(self._ids)
        taken = self._ids | set(self.speakers.by_participant.values())
        while not name or name in taken or _is_moment(name):
            name = f"TIE{number}"
            number += 1
        self._ids.add(name)
        return name

    def _event(self, tier: LaidTier, mark: LaidMark, attributes: str) -> str:
        kept = members(mark.of.extra.get(ID))
        for key in ("medium", "url"):
            value = kept.get(key)
            if isinstance(value, str) and (key == "url" or value in _MEDIA):
                attributes += f' {key}="{in_quotes(value)}"'
        text = mark.text if tier.kept or mark.text.strip() else tier.word
        inner = in_text(_as_it_was(mark.of, text, kept))
        if tier.kept is None:
            inner += self._attributes(mark.of)
        elif isinstance(kept.get("more"), dict):
            inner += informations(members(kept["more"]).items())
        return f"<event {attributes}>{inner}</event>"

    def _attributes(self, of: Tag | Cue) -> str:
        if not isinstance(of, Tag) or not of.attributes:
            return ""
        return informations(_named(of.attributes, self.codes.get(of.code)).items())


def _is_moment(name: str) -> bool:
    return name[0] == "T" and name[1:].isdecimal()


def _named(chosen: Mapping[str, str], code: Code | None) -> dict[str, str]:
    """Call attributes by the words that are read as their ids, and choices by their ids."""
    attributes = {one.id: one for one in code.attributes} if code else {}
    return {
        word_of_attribute(attributes.get(key, Attribute(key, key))): value
        for key, value in chosen.items()
    }


def _as_it_was(of: Tag | Cue, text: str, kept: Kept) -> str:
    """Give what was said with the blanks that it had in the file."""
    whole, after = kept.get("text"), kept.get("after")
    if isinstance(of, Cue) and isinstance(whole, str) and tidy(whole) == text:
        return whole
    is_blank = isinstance(after, str) and not after.strip()
    return f"{text}{after}" if is_blank else text


def _ours(tier: LaidTier) -> list[tuple[str, str]]:
    """Give what makes a tier of ours known again."""
    if tier.use is TierUse.TRANSCRIPT:
        return [(OUR_SPEAKER, tier.speaker)]
    told = [(OUR_CODE, tier.word), (OUR_CODER, tier.coder)]
    return [*told, (OUR_MOMENTS, "yes")] if tier.are_moments else told
