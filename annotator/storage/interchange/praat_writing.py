"""Writes TextGrids of Praat, in their long form."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from annotator.model.session import Session
from annotator.model.time import Micros, to_seconds_text
from annotator.storage.interchange.interface import TierUse, Wishes
from annotator.storage.interchange.json_reading import items, members
from annotator.storage.interchange.laid_tiers import KeptTier, LaidTier, lay_tiers
from annotator.storage.interchange.praat_grid import MOMENTS, STRETCHES
from annotator.storage.interchange.praat_reading import ID, is_ours
from annotator.storage.interchange.report import Notes
from annotator.storage.interchange.tiers import Tier, use_of

_SHORTEST = 1000
_NAMELESS = "(no name)"  # what the code of a tier without a name is called
_USES = (TierUse.CODE, TierUse.VALUES, TierUse.TRANSCRIPT)


def write_praat(sessions: Sequence[Session], wishes: Wishes, _notes: Notes) -> bytes:
    """Write a session as a TextGrid: a tier for each lane of its tags, and for each speaker."""
    session = sessions[0]
    tiers = lay_tiers(session, wishes, _kept(session), _reading)
    times = [(one.start, one.end) for tier in tiers for one in tier.marks]
    start = min([0, *(first for first, _ in times)])
    end = max(
        [session.duration, session.region.end, start + _SHORTEST, *(last for _, last in times)]
    )
    head = [
        'File type = "ooTextFile"',
        'Object class = "TextGrid"',
        "",
        *_span("", start, end),
        "tiers? <exists> ",
        f"size = {len(tiers)} ",
        "item []: ",
    ]
    for number, tier in enumerate(tiers, 1):
        head.append(f"    item [{number}]:")
        head += _moments(tier, start, end) if tier.are_moments else _stretches(tier, start, end)
    return ("\n".join(head) + "\n").encode("utf-8", "replace")


def _reading(_kept_tier: KeptTier, tier: Tier) -> TierUse:
    """Tell what a tier would be taken for by a reader who is told nothing."""
    return use_of(tier, Wishes())


def _kept(session: Session) -> Iterator[KeptTier]:
    """Yield the tiers of the TextGrid that a session came from."""
    for pair in items(members(session.extra.get(ID)).get("tiers")):
        match pair:
            case [str(name), str(use)] if not is_ours(name) and use in _USES:
                yield KeptTier(name, TierUse(use), name or _NAMELESS, speaker=name)


def _span(indent: str, start: int, end: int) -> list[str]:
    return [f"{indent}xmin = {_seconds(start)} ", f"{indent}xmax = {_seconds(end)} "]


def _seconds(time: int) -> str:
    return to_seconds_text(Micros(time)).removesuffix(".0")


def _quoted(text: str) -> str:
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    return '"' + plain.replace('"', '""') + '"'


def _label(tier: LaidTier, text: str) -> str:
    """Give a label, which must not be empty, for that is how Praat marks a gap."""
    return _quoted(text if text.strip() else tier.word)


def _head(tier: LaidTier, start: int, end: int) -> list[str]:
    kind = MOMENTS if tier.are_moments else STRETCHES
    indent = " " * 8
    return [
        f'{indent}class = "{kind}" ',
        f"{indent}name = {_quoted(tier.name)} ",
        *_span(indent, start, end),
    ]


def _moments(tier: LaidTier, start: int, end: int) -> Iterator[str]:
    yield from _head(tier, start, end)
    yield f"        points: size = {len(tier.marks)} "
    for number, mark in enumerate(tier.marks, 1):
        yield f"        points [{number}]:"
        yield f"            number = {_seconds(mark.start)} "
        yield f"            mark = {_label(tier, mark.text)} "


def _stretches(tier: LaidTier, start: int, end: int) -> Iterator[str]:
    yield from _head(tier, start, end)
    intervals = list(_filled(tier, start, end))
    yield f"        intervals: size = {len(intervals)} "
    for number, (first, last, label) in enumerate(intervals, 1):
        yield f"        intervals [{number}]:"
        yield f"            xmin = {_seconds(first)} "
        yield f"            xmax = {_seconds(last)} "
        yield f"            text = {label} "


def _filled(tier: LaidTier, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """Yield the marks of a tier and the gaps between, which together leave no time out."""
    free = start
    for mark in tier.marks:
        if mark.start > free:
            yield free, mark.start, '""'
        yield mark.start, mark.end, _label(tier, mark.text)
        free = mark.end
    if free < end:
        yield free, end, '""'
