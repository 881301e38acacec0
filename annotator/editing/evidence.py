"""Which tags speak for which rating, kept true when tags go."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from annotator.model.change import Member, MemberChange
from annotator.model.session import Session


def without_evidence(
    session: Session, pass_id: str, tag_ids: Collection[str]
) -> tuple[MemberChange, ...]:
    """Give the changes that take tags out of the evidence of a pass's ratings."""
    coding_pass = session.coding_pass(pass_id)
    changes: list[MemberChange] = []
    for index, rating in enumerate(coding_pass.ratings if coding_pass else ()):
        left = tuple(one for one in rating.evidence if one not in tag_ids)
        if left != rating.evidence:
            new = replace(rating, evidence=left)
            changes.append(MemberChange(Member.RATING, index, rating, new, pass_id))
    return tuple(changes)
