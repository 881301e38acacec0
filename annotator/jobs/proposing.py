"""Puts silences that were found into a coder's pass, each as a tag marked as a proposal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from annotator import editing
from annotator.editing import Edit
from annotator.errors import EditError
from annotator.media.silences import SilenceProposal
from annotator.model import CodingPass, Interval, Micros, Origin, Session, Tag
from annotator.model.spans import shared, without
from annotator.model.stamps import new_id

SILENCE = "silence"


@dataclass(frozen=True, slots=True)
class Proposed:
    """What adding proposals comes to: the tags, and one edit that adds them all.

    `known` counts the silences left out because the coder has tagged one there already. The
    edit has no changes where there is nothing to add.
    """

    edit: Edit
    tags: tuple[Tag, ...]
    known: int


def within(
    session: Session, proposals: Sequence[SilenceProposal], minimum: Micros
) -> tuple[SilenceProposal, ...]:
    """Keep what lies in the session's region and outside its excluded spans.

    A silence is cut at their edges, and a part that is then shorter than the minimum is left
    out. Who spoke is kept only for an end that was not cut.
    """
    excluded = [one.interval for one in session.excluded]
    pieces = [
        (whole, piece)
        for whole in proposals
        for piece in without(shared([whole.interval], [session.region]), excluded)
    ]
    return tuple(
        _part(whole, piece)
        for whole, piece in pieces
        if piece == whole.interval or piece.length >= minimum
    )


def propose(
    session: Session, coder: str, code: str, proposals: Sequence[SilenceProposal], now: str
) -> Proposed:
    """Make tags of proposals in a coder's pass, which is begun where there is none.

    None is added where the pass has a tag of that code that shares a moment with it, so that
    doing it twice adds nothing. `now` is ISO 8601 in UTC. Raises EditError where the codebook
    has no such code.
    """
    require_code(session, code)
    own = session.pass_of(coder)
    there = [tag.interval for tag in own.tags if tag.code == code] if own else []
    new = [one for one in proposals if not any(one.interval.overlaps(old) for old in there)]
    tags = tuple(tag_of(one, code, now) for one in new)
    known = len(proposals) - len(tags)
    label = f"propose {len(tags)} silence{'' if len(tags) == 1 else 's'}"
    if not tags:
        return Proposed(editing.joined(label), (), known)
    began = own or CodingPass(new_id(), coder, editing.usual_purpose(session), now)
    edits = [] if own else [editing.add_pass(session, began)]
    edits += [editing.add_tag(session, began.id, tag) for tag in tags]
    return Proposed(editing.joined(label, *edits), tags, known)


def tag_of(silence: SilenceProposal, code: str, now: str) -> Tag:
    """Make the tag that a proposal becomes; its note says who spoke before and after."""
    told = (("after", silence.before), ("before", silence.after))
    note = ", ".join(f"{word} {name}" for word, name in told if name)
    return Tag(
        id=new_id(),
        code=code,
        start=silence.start,
        end=silence.end,
        note=note,
        origin=Origin.PROPOSAL,
        created=now,
        modified=now,
    )


def require_code(session: Session, code: str) -> None:
    """Raise EditError where the codebook lacks the code for silences."""
    if session.codebook.code(code) is None:
        known = ", ".join(one.id for one in session.codebook.codes)
        raise EditError(f'The codebook has no code "{code}".', f"It has: {known}.")


def _part(whole: SilenceProposal, piece: Interval) -> SilenceProposal:
    before = whole.before if piece.start == whole.start else ""
    after = whole.after if piece.end == whole.end else ""
    return replace(whole, start=piece.start, end=piece.end, before=before, after=after)
