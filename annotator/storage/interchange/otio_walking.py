"""Walks through a timeline: where its markers and its films stand on the time of the whole."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from annotator.model.time import Micros
from annotator.storage.interchange.addresses import path_of_address
from annotator.storage.interchange.json_reading import items, members, word
from annotator.storage.interchange.otio_tree import (
    Lengths,
    Node,
    children_of,
    kind_of,
    media_of,
    to_micros,
)
from annotator.storage.interchange.report import Notes, excerpt

_DEEPEST = 50
_WHOLES = frozenset({"Stack", "Track"})
_WARPS = frozenset({"LinearTimeWarp", "FreezeFrame", "TimeEffect"})


@dataclass(frozen=True, slots=True)
class FoundMarker:
    """A marker, where it stands on the time of the whole, and on which track."""

    raw: Node
    start: Micros
    end: Micros
    track: str
    place: str


@dataclass(frozen=True, slots=True)
class FoundFilm:
    """A film: `start` is the second of the whole at which its own first picture would stand."""

    path: str
    start: Fraction
    length: Fraction
    is_sound: bool


@dataclass(slots=True)
class Walk:
    """What was found on the way through one timeline; `counted` markers there were."""

    notes: Notes
    markers: list[FoundMarker] = field(default_factory=list)
    films: list[FoundFilm] = field(default_factory=list)
    counted: int = 0
    lengths: Lengths = field(default_factory=Lengths)

    def through(self, root: Node) -> None:
        """Walk through a timeline, or a part of one that stands alone."""
        if kind_of(root) == "Timeline":
            self._mark(root, Fraction(0), "")
            self._item(members(root.get("tracks")), Fraction(0), "", 0)
            return
        shift = Fraction(0) if kind_of(root) in _WHOLES else -self.lengths.of(root).start
        self._item(root, shift, "", 0)

    def _item(self, node: Node, shift: Fraction, track: str, depth: int) -> None:
        """Look at an object whose own time is the whole's after adding `shift`."""
        if depth > _DEEPEST:
            self.notes.noticed("a part of the timeline is nested too deeply and was not looked at")
            return
        kind, name = kind_of(node), word(node.get("name"))
        if kind == "Track":
            track = name or word(node.get("kind")) or track
        self._mark(node, shift, track)
        self._remark(node, f"{kind.lower() or 'something'} “{name}”")
        if kind == "Clip":
            self._film(node, shift, is_sound="audio" in track.lower())
        elif kind in _WHOLES:
            self._parts(node, shift, track, depth)

    def _parts(self, node: Node, shift: Fraction, track: str, depth: int) -> None:
        """Look at the parts of a whole: beside each other on a track, else above each other."""
        is_row = kind_of(node) == "Track"
        if is_row and "audio" in word(node.get("kind")).lower() and "audio" not in track.lower():
            track = f"{track} (audio)"
        here = Fraction(0)
        for one in children_of(node):
            if kind_of(one) == "Transition":
                continue  # it lies over its neighbours and takes no time of its own
            shown = self.lengths.of(one)
            self._item(one, shift + here - shown.start, track, depth + 1)
            here += shown.length if is_row else 0

    def _mark(self, node: Node, shift: Fraction, track: str) -> None:
        shown = self.lengths.of(node) if kind_of(node) == "Clip" else None
        for one in self.notes.through(items(node.get("markers"))):
            raw = members(one)
            self.counted += 1
            place = f"marker {self.counted} {excerpt(word(raw.get('name')))}"
            times = self.lengths.times.within(raw.get("marked_range"), shift)
            if times is None:
                self.notes.not_carried("a marker has no time that can be read", place)
                continue
            if shown is not None and shown.length:
                first, last = to_micros(shift + shown.start), to_micros(shift + shown.end)
                if not first <= min(times) <= max(times) <= last:
                    told = "a marker stands on a part of its clip that is not shown"
                    self.notes.noticed(told, place)
            self.markers.append(FoundMarker(raw, *times, track, place))

    def _remark(self, node: Node, place: str) -> None:
        effects = {kind_of(members(one)) for one in items(node.get("effects"))}
        if effects & _WARPS:
            told = "it is played at another speed, which was not taken into account"
            self.notes.noticed(told, place)
        if node.get("enabled") is False and list(items(node.get("markers"))):
            self.notes.noticed("it is switched off; its markers were taken all the same", place)

    def _film(self, clip: Node, shift: Fraction, *, is_sound: bool) -> None:
        media = media_of(clip)
        if kind_of(media) == "ImageSequenceReference":
            self.notes.noticed(
                "a film that is a row of pictures was left out", word(clip.get("name"))
            )
        path = path_of_address(word(media.get("target_url")))
        if not path:
            return
        whole = self.lengths.times.span_of(media.get("available_range"))
        shown = self.lengths.of(clip)
        if whole is not None and (shown.start, shown.length) != (whole.start, whole.length):
            self.notes.noticed("a clip shows a part of its film; the whole is a recording", path)
        start = shift + (whole.start if whole else Fraction(0))
        length = whole.length if whole else Fraction(0)
        self.films.append(FoundFilm(path, start, length, is_sound))
