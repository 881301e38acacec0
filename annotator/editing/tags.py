"""Edits of tags: add, delete, move in time, give another code, participant or note."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from annotator.editing.edit import Edit
from annotator.editing.evidence import without_evidence
from annotator.editing.guarding import require_open
from annotator.editing.ways import code_of
from annotator.errors import EditError
from annotator.model.change import TagChange
from annotator.model.codebook import CodeKind
from annotator.model.coding import Tag
from annotator.model.session import Session
from annotator.model.time import Micros


def add_tag(session: Session, pass_id: str, tag: Tag) -> Edit:
    """Add a tag to a pass.

    Raises EditError where the codebook lacks the code or has retired it, where a stretch is
    wanted and the tag is an instant, where the participant is not part of the session, or where
    the pass is finished.
    """
    require_open(session, pass_id)
    _require_valid(session, tag)
    _require_in_use(session, tag.code)
    return Edit(f"add {_code_name(session, tag)}", (TagChange(pass_id, None, tag),))


def delete_tags(session: Session, pass_id: str, tags: Sequence[Tag]) -> Edit:
    """Delete tags of a pass; they are no longer the evidence of any rating.

    Raises EditError where the pass is finished.
    """
    require_open(session, pass_id)
    if len(tags) == 1:
        label = f"delete {_code_name(session, tags[0])}"
    else:
        label = f"delete {len(tags)} tags"
    links = without_evidence(session, pass_id, {tag.id for tag in tags})
    return Edit(label, (*links, *(TagChange(pass_id, tag, None) for tag in tags)))


def replace_tag(session: Session, pass_id: str, old: Tag, new: Tag, label: str = "") -> Edit:
    """Put a changed tag in the place of an old one; raises EditError as `add_tag` does."""
    require_open(session, pass_id)
    _require_valid(session, new)
    name = label or f"change {_code_name(session, old)}"
    return Edit(name, (TagChange(pass_id, old, new),))


def retime_tag(
    session: Session, pass_id: str, tag: Tag, start: Micros, end: Micros, modified: str
) -> Edit:
    """Move a tag's start and end; raises EditError where the end would lie before the start."""
    if end < start:
        raise EditError("A tag cannot end before it starts.", "Choose a later end.")
    new = replace(tag, start=start, end=end, modified=modified)
    return replace_tag(session, pass_id, tag, new, f"move {_code_name(session, tag)}")


def recode_tag(session: Session, pass_id: str, tag: Tag, code: str, modified: str) -> Edit:
    """Give a tag another code; what attributes it had goes with the old code."""
    _require_in_use(session, code)
    new = replace(tag, code=code, attributes={}, modified=modified)
    return replace_tag(session, pass_id, tag, new, f"recode {_code_name(session, tag)}")


def assign_tag(session: Session, pass_id: str, tag: Tag, participant: str, modified: str) -> Edit:
    """Give a tag to a participant, or to nobody where `participant` is empty."""
    new = replace(tag, participant=participant, modified=modified)
    return replace_tag(session, pass_id, tag, new)


def annotate_tag(session: Session, pass_id: str, tag: Tag, note: str, modified: str) -> Edit:
    """Write a tag's note."""
    label = f"note on {_code_name(session, tag)}"
    return replace_tag(session, pass_id, tag, replace(tag, note=note, modified=modified), label)


def _code_name(session: Session, tag: Tag) -> str:
    code = code_of(session.codebook, tag.code)
    return code.name if code else tag.code


def _require_in_use(session: Session, code_id: str) -> None:
    code = session.codebook.code(code_id)
    if code is not None and code.retired:
        raise EditError(
            f'"{code.name}" is retired: it is kept for the tags that have it.',
            "Choose another code.",
        )


def _require_valid(session: Session, tag: Tag) -> None:
    code = code_of(session.codebook, tag.code)
    if code is None:
        known = ", ".join(one.id for one in session.codebook.codes)
        raise EditError(f'The codebook has no code "{tag.code}".', f"It has: {known}.")
    if tag.end < tag.start:
        raise EditError("A tag cannot end before it starts.", "Choose a later end.")
    if code.kind is CodeKind.SPAN and tag.is_instant:
        raise EditError(
            f'"{code.name}" marks a stretch of time, so it needs an end after its start.',
            "Give an end as well.",
        )
    if tag.participant and session.participant(tag.participant) is None:
        known = ", ".join(one.id for one in session.participants) or "none yet"
        raise EditError(f'The session has no participant "{tag.participant}".', f"It has: {known}.")
