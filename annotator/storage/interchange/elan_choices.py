"""Choices of attributes, which stand on tiers of their own below those of tags."""

from __future__ import annotations

from collections.abc import Iterable

from annotator.model.coding import UNNAMED
from annotator.storage.interchange.drafting import NOTHING
from annotator.storage.interchange.elan_document import Document
from annotator.storage.interchange.elan_marks import Mark
from annotator.storage.interchange.elan_roles import Roles
from annotator.storage.interchange.interface import TierUse
from annotator.storage.interchange.report import Notes
from annotator.storage.interchange.tiers import Annotation, Tier


def take_choices(document: Document, roles: Roles, tiers: Iterable[Tier], notes: Notes) -> int:
    """Give the marks of tags their choices; tells how many there were."""
    carried = 0
    parents: dict[str, Annotation] | None = None
    for raw in document.tiers:
        attribute = roles.attribute_of(raw)
        if not attribute:
            continue
        if parents is None:
            parents = {one.tag_id: one for tier in tiers for one in _tags(tier)}
        for mark in raw.marks:
            carried += mark.is_timed and _take(mark, attribute, parents, notes)
    return carried


def _tags(tier: Tier) -> Iterable[Annotation]:
    """Give the marks of a tier that become tags with a code."""
    if tier.use is TierUse.CODE:
        return tier.annotations if tier.word != UNNAMED else ()
    if tier.use is TierUse.VALUES:
        return (one for one in tier.annotations if one.value.strip())
    return ()


def _take(mark: Mark, attribute: str, parents: dict[str, Annotation], notes: Notes) -> bool:
    parent = parents.get(mark.parent)
    if parent is None:
        notes.not_carried("an attribute belongs to something that is no tag", mark.place)
        return False
    if attribute in parent.attributes:
        notes.not_carried("an attribute stood twice for one tag", mark.place)
        return False
    if parent.attributes is NOTHING:
        parent.attributes = {}
    parent.attributes = {**parent.attributes, attribute: mark.value}
    return True
