"""What of an ELAN document belongs to no tag, kept for the day it is written again."""

from __future__ import annotations

from collections.abc import Sequence

from annotator.storage.interchange.drafting import SessionDraft
from annotator.storage.interchange.elan_document import KEPT, Document
from annotator.storage.interchange.elan_frame import OWN_PROPERTIES
from annotator.storage.interchange.elan_names import is_own
from annotator.storage.interchange.elan_packed import packed
from annotator.storage.interchange.interface import TierUse
from annotator.storage.interchange.report import Notes
from annotator.storage.interchange.tiers import Tier

_NAMED_BY = {"LINGUISTIC_TYPE": "LINGUISTIC_TYPE_ID", "CONTROLLED_VOCABULARY": "CV_ID"}
COUNTED, URN = "lastUsedAnnotationId", "URN"
_USUAL = ("AUTHOR", "DATE", "FORMAT", "VERSION")


def kept_of(
    document: Document, tiers: Sequence[Tier], draft: SessionDraft, notes: Notes
) -> dict[str, object]:
    """Give what is kept of a document; nothing where all of it is ours."""
    parts = {name: found for name in KEPT if (found := _part(document, name, notes))}
    others = [one for one in document.properties if one[0] not in OWN_PROPERTIES]
    linked = [dict(one.attrib) for one in document.header.iterfind("LINKED_FILE_DESCRIPTOR")]
    roles = {tier.name: tier for tier in tiers}
    foreign = [raw for raw in document.tiers if not is_own(raw.type)]
    is_ours = len(others) < len(document.properties)
    plain = {"LANGUAGE", "LOCALE"} >= set(parts) and {name for name, _ in others} <= {COUNTED, URN}
    if is_ours and not foreign and not linked and plain:
        return {}
    kept: dict[str, object] = {
        "document": {key: document.attributes.get(key, "") for key in _USUAL},
        "tiers": [
            {"attributes": dict(raw.attributes), **_role(roles.get(raw.id), draft)}
            for raw in foreign
        ],
    }
    if others:
        kept["properties"] = [[name, text] for name, text in others]
    if linked:
        kept["linked"] = linked
    return kept | {"parts": parts} if parts else kept


def _part(document: Document, name: str, notes: Notes) -> list[object]:
    by = _NAMED_BY.get(name, "")
    found = document.part(name)
    return [packed(one, notes) for one in found if not (by and is_own(one.get(by, "")))]


def _role(tier: Tier | None, draft: SessionDraft) -> dict[str, object]:
    """Tell what a tier was taken for, and for which code."""
    if tier is None or tier.use is None or tier.use is TierUse.LEAVE:
        return {}
    told: dict[str, object] = {"use": tier.use.value}
    if tier.use is TierUse.CODE:
        told["code"] = draft.code(tier.word or tier.name)
    return told
