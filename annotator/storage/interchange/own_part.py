"""What a format has no place for, kept in it as a part of our own that its programs pass over."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace

from annotator.errors import StorageError
from annotator.model.codebook import Code
from annotator.model.coding import CodingPass, Origin
from annotator.model.participant import Consent
from annotator.model.session import Session
from annotator.storage.codec import SESSION_FORMAT, encode_session, session_from
from annotator.storage.interchange.drafting import FoundTag, PassDraft, SessionDraft, word_of
from annotator.storage.interchange.json_reading import items, members, word
from annotator.storage.interchange.report import Notes

OWN = "annotator"
"""The key under which our own part stands in the JSON of other programs."""

_ORIGINS = frozenset(Origin)


def own_part(session: Session, *, with_speech: bool = False) -> dict[str, object]:
    """Give what is to stand beside the tags and cues of a session: all of it but these.

    With speech the transcripts are part of it, where a format has no other place for them. What
    participants consented to is left out, since such files go to others.
    """
    bare = replace(
        session,
        participants=tuple(replace(one, consent=Consent()) for one in session.participants),
        passes=tuple(replace(one, tags=()) for one in session.passes),
        transcripts=session.transcripts if with_speech else (),
    )
    part: dict[str, object] = json.loads(encode_session(bare))
    del part["format"]  # so that nothing takes the whole for a session file
    return part


def read_own(part: object, notes: Notes) -> Session | None:
    """Read such a part; None where there is none, or, which is noted, where it is broken."""
    if not isinstance(part, dict):
        return None
    try:
        return session_from({"format": SESSION_FORMAT} | part).session
    except StorageError:
        notes.noticed("what this program had kept in the file is broken and was passed over")
        return None


def take_origin(found: FoundTag, own: Mapping[str, object]) -> None:
    """Give a tag what our own part of it tells of where it came from, and its `extra`."""
    origin = word(own.get("origin"))
    found.origin = Origin(origin) if origin in _ORIGINS else Origin.IMPORT
    found.sources = tuple(word(one) for one in items(own.get("sources")))
    if own.get("extra"):
        found.extra = members(own["extra"])


def begun_from(own: Session, notes: Notes, now: str) -> SessionDraft:
    """Begin a session with what such a part tells, so that its words for codes are known."""
    draft = SessionDraft(own.id, own.title, notes, now)
    draft.book = replace(own.codebook, groups=(), codes=())
    draft.extra = dict(own.extra)
    draft.recordings = list(own.recordings)
    draft.groups = {one.id: one for one in own.codebook.groups}
    draft.participants = {one.id: one for one in own.participants}
    for code in own.codebook.codes:
        draft.code(word_of(code), code, code.kind)
    draft.passes = [
        PassDraft(one.id, one.coder, one.purpose, one.started, one.extra, [], list(one.ratings))
        for one in own.passes
    ]
    return draft


def finished_with(draft: SessionDraft, own: Session) -> Session:
    """Make the session, with what such a part tells and no draft knows."""
    made = draft.session()
    codes = {one.id: one for one in own.codebook.codes}
    book = replace(
        made.codebook, codes=tuple(_as_it_was(one, codes) for one in made.codebook.codes)
    )
    passes = {one.id: one for one in own.passes}
    return replace(
        made,
        codebook=book,
        region=own.region,
        excluded=own.excluded,
        passes=tuple(_with_history(one, passes.get(one.id)) for one in made.passes),
        unblindings=own.unblindings,
        transcripts=made.transcripts or own.transcripts,
    )


def _as_it_was(code: Code, codes: Mapping[str, Code]) -> Code:
    """Give a code as it was, but for its kind and the attributes that were met since."""
    own = codes.get(code.id)
    if own is None:
        return code
    return replace(own, kind=code.kind, attributes=code.attributes)


def _with_history(one: CodingPass, own: CodingPass | None) -> CodingPass:
    if own is None:
        return one
    return replace(one, history=own.history, consensus=own.consensus, decisions=own.decisions)
