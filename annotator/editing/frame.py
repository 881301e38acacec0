"""Edits of what frames the coding: title, region and excluded spans."""

from __future__ import annotations

from annotator.editing.edit import Edit, index_in
from annotator.errors import EditError
from annotator.model.change import FieldChange, Member, MemberChange
from annotator.model.session import ExcludedSpan, Session
from annotator.model.time import ZERO, Interval


def set_title(session: Session, title: str) -> Edit:
    """Give the session another title."""
    return Edit("rename session", (FieldChange(session.title, title),))


def set_region(session: Session, region: Interval) -> Edit:
    """Choose the part of the session that is coded.

    Raises EditError where it is empty or starts before the session does.
    """
    if region.length == 0 or region.start < ZERO:
        raise EditError("The region must be a stretch of the recording.", "Choose a later end.")
    return Edit("set region", (FieldChange(session.region, region),))


def add_excluded(session: Session, span: ExcludedSpan) -> Edit:
    """Exclude a span; raises EditError where it is empty."""
    if span.interval.length == 0:
        raise EditError("An excluded span must be a stretch of time.", "Choose a later end.")
    index = sum(1 for one in session.excluded if one <= span)
    return Edit("exclude span", (MemberChange(Member.EXCLUDED, index, None, span),))


def replace_excluded(session: Session, old: ExcludedSpan, new: ExcludedSpan) -> Edit:
    """Change where an excluded span lies or why; the list stays in order of time."""
    removed = remove_excluded(session, old)
    added = add_excluded(removed.apply(session), new)
    return Edit("change excluded span", removed.changes + added.changes)


def remove_excluded(session: Session, span: ExcludedSpan) -> Edit:
    """Let an excluded span count again."""
    index = index_in(session.excluded, span)
    return Edit("include span", (MemberChange(Member.EXCLUDED, index, span, None),))
