"""What the bar of proposals says, in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from annotator.gui.proposal_list import Decision, Proposal, ProposalList
from annotator.model.codebook import Code, Codebook, CodeKind
from annotator.model.time import Micros

if TYPE_CHECKING:
    from annotator.jobs.silences import HeardTrack

SILENCE = "silence"
_SIDES = {"left": "the left channel", "right": "the right channel"}
_TENTH = 100_000


def brief_clock(time: Micros) -> str:
    """Write as `0:34.2` or `1:02:03.4`, rounded to a tenth of a second, halves up."""
    sign, tenths = "-" if time < 0 else "", (abs(time) + _TENTH // 2) // _TENTH
    minutes, tenths = divmod(tenths, 600)
    hours, minutes = divmod(minutes, 60)
    seconds = f"{tenths // 10:02d}.{tenths % 10}"
    return f"{sign}{hours}:{minutes:02d}:{seconds}" if hours else f"{sign}{minutes}:{seconds}"


def place_words(listed: ProposalList) -> str:
    """Tell which of how many is looked at; empty where none is."""
    return f"{listed.number} of {len(listed.shown)}" if listed.number else ""


def proposal_words(one: Proposal) -> str:
    """Tell a proposal's times, its length, who spoke around it and what became of it."""
    length = f"{(one.end - one.start) / 1_000_000:.1f} s"
    words = [f"{brief_clock(one.start)}–{brief_clock(one.end)} ({length})"]
    told = (("after", one.found.before), ("before", one.found.after))
    people = ", ".join(f"{word} {_SIDES.get(name, name)}" for word, name in told if name)
    words += [people] if people else []
    if one.interval != one.found.interval and one.decision is Decision.OPEN:
        words.append("moved by you")
    if one.decision in {Decision.ACCEPTED, Decision.REJECTED}:
        words.append(one.decision.value)
    return " · ".join(words)


def count_words(listed: ProposalList) -> str:
    """Tell how many were found, and what became of them."""
    known = len(listed.with_decision(Decision.KNOWN))
    if not listed.shown:
        return f"{_silences(known)}, tagged already" if known else _silences(0)
    words = [_silences(len(listed.shown))]
    for decision in (Decision.ACCEPTED, Decision.REJECTED):
        number = len(listed.with_decision(decision))
        words += [f"{number} {decision.value}"] if number else []
    words += [f"{known} tagged already"] if known else []
    return " · ".join(words)


def nothing_words(listed: ProposalList) -> str:
    """Tell why there is nothing to decide."""
    if listed.shown:
        return "All are decided. Done closes this bar; Previous goes back to one."
    if listed.items:
        return "Nothing is left to decide. A shorter time finds more."
    return "Nobody is silent for so long here. Try a shorter time or a higher limit."


def keys_words(book: Codebook | None, keys: Sequence[str]) -> str:
    """Tell which codes lend their keys to the bar; empty where none does."""
    wanted = {key.casefold() for key in keys}
    codes = [code for code in book.codes if code.key.casefold() in wanted] if book else []
    if not codes:
        return ""
    lent = " and ".join(f"{code.key.upper()} ({code.name})" for code in codes)
    many = len(codes) > 1
    return f"{lent} tag{'' if many else 's'} again once this bar is closed"


def limit_words(tracks: Sequence[HeardTrack]) -> str:
    """Tell up to which loudness the recording's own noise floor says that it is quiet."""
    told = [
        f"{f'{one.name}: ' if one.name else ''}automatic is up to {one.loudness.level:.0f} dBFS"
        f" (noise {one.loudness.floor:.0f}, voices {one.loudness.voice:.0f})"
        for one in tracks
        if one.loudness is not None
    ]
    return "\n".join(told)


def span_codes(book: Codebook) -> tuple[Code, ...]:
    """List the codes that a silence can be tagged with, in the order of the book."""
    return tuple(code for code in book.codes if code.kind is CodeKind.SPAN)


def usual_code(book: Codebook) -> str:
    """Give the id of the code for silences: the book's own, or the only one there is; or empty."""
    ids = [code.id for code in span_codes(book)]
    if SILENCE in ids:
        return SILENCE
    return ids[0] if len(ids) == 1 else ""


def _silences(count: int) -> str:
    if not count:
        return "No silence found"
    return f"{count} silence{'' if count == 1 else 's'} found"
