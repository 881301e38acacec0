"""Edits that answer bins: one code for each, or a tick for each code that holds."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from annotator.editing.edit import Edit
from annotator.editing.hand import Hand
from annotator.editing.tags import delete_tags
from annotator.errors import EditError
from annotator.model.bins import Bin, answer_to
from annotator.model.change import Change
from annotator.model.coding import Tag


def set_bin(hand: Hand, one: Bin, code_id: str, codes: Collection[str] = ()) -> Edit:
    """Let one code hold in a bin and no other of `codes`; of any code where that is empty.

    An empty code id clears the bin. The edit has no changes where that is so already. Raises
    EditError where the code takes no tags or the pass is finished.
    """
    there = _answers(hand, one, codes)
    if [tag.code for tag in there] == ([code_id] if code_id else []):
        return Edit("", ())
    kept = next((tag for tag in there if tag.code == code_id), None)
    changes = _deleted(hand, [tag for tag in there if tag is not kept])
    if code_id and kept is None:
        changes += _added(hand, one, code_id)
    name = hand.name_of(code_id) if code_id else "nothing"
    return Edit(f"{name} in bin {one.number + 1}", changes)


def tick(hand: Hand, one: Bin, code_id: str) -> Edit:
    """Let a code hold in a bin beside others, or no longer; raises EditError as `set_bin` does."""
    there = [tag for tag in _answers(hand, one, ()) if tag.code == code_id]
    changes = _deleted(hand, there) if there else _added(hand, one, code_id)
    verb = "untick" if there else "tick"
    return Edit(f"{verb} {hand.name_of(code_id)} in bin {one.number + 1}", changes)


def _answers(hand: Hand, one: Bin, codes: Collection[str]) -> list[Tag]:
    return [
        tag
        for tag in hand.tags_at(one.cell)
        if one.is_filled_by(tag) and (not codes or tag.code in codes)
    ]


def _deleted(hand: Hand, tags: Sequence[Tag]) -> tuple[Change, ...]:
    return delete_tags(hand.session, hand.pass_id, tags).changes if tags else ()


def _added(hand: Hand, one: Bin, code_id: str) -> tuple[Change, ...]:
    code = hand.code(code_id)
    if code is None:
        raise EditError(f'The codebook has no code "{code_id}".')
    tag = hand.fresh_tag(code, one.interval, hand.usual_participant(code))
    return hand.adding((answer_to(one, tag),))
