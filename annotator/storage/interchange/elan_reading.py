"""Reads ELAN documents and templates."""

from __future__ import annotations

from annotator.storage.interchange.drafting import SessionDraft
from annotator.storage.interchange.elan_choices import take_choices
from annotator.storage.interchange.elan_document import read_document
from annotator.storage.interchange.elan_frame import begin, finish, read_frame
from annotator.storage.interchange.elan_kept import kept_of
from annotator.storage.interchange.elan_media import take_media
from annotator.storage.interchange.elan_roles import Roles
from annotator.storage.interchange.elan_times import find_times
from annotator.storage.interchange.elan_vocabularies import vocabularies_of
from annotator.storage.interchange.interface import Found, Wishes
from annotator.storage.interchange.report import Notes
from annotator.storage.interchange.source import Source
from annotator.storage.interchange.tiers import take_tiers

TEMPLATE = ".etf"


def read_elan(source: Source, wishes: Wishes, notes: Notes) -> Found:
    """Read the one session of a document, or the codebook of a template."""
    document = read_document(source, notes)
    find_times(document, notes)
    frame = read_frame(document.properties, notes)
    draft = SessionDraft(source.stem, source.stem, notes, wishes.now)
    if frame is not None:
        begin(draft, frame)
    begun = list(draft.passes)
    take_media(draft, document, notes)
    roles = Roles(document, vocabularies_of(document, source, notes), frame, wishes)
    tiers = [roles.tier(raw, notes) for raw in document.tiers if not roles.attribute_of(raw)]
    choices = take_choices(document, roles, tiers, notes)
    for raw in document.tiers:
        raw.marks.clear()  # those that are wanted stand on tiers, which let go of them
    taken = take_tiers(draft, tiers, wishes)
    kept = kept_of(document, tiers, draft, notes)
    if kept:
        draft.extra["elan"] = kept
    coders = {wishes.coder, *(tier.coder for tier in tiers)} - {""}
    told = {one.id for one in begun}
    draft.passes = [
        one for one in draft.passes if one.tags or one.coder in coders or one.id in told
    ]
    session = draft.session()
    session = finish(session, frame) if frame is not None else session
    carried = taken.carried + choices
    return Found((session,), document.counted, carried, "annotations", taken.facts)
