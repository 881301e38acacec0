"""What a coded session is, as plain values; standard library only."""

from annotator.model.change import Change, FieldChange, Member, MemberChange, TagChange
from annotator.model.codebook import (
    Anchor,
    Attribute,
    Band,
    Choice,
    Code,
    Codebook,
    CodeKind,
    Group,
    RatingItem,
    Score,
    Speaker,
)
from annotator.model.coding import CodingPass, Origin, Purpose, Rating, Tag, tag_order
from annotator.model.participant import (
    Consent,
    ConsentScope,
    ConsentStatus,
    Participant,
    ParticipantRole,
)
from annotator.model.recording import (
    AudioFacts,
    Listening,
    Look,
    Recording,
    RecordingRole,
    VideoFacts,
)
from annotator.model.session import ExcludedSpan, Session
from annotator.model.time import SECOND, ZERO, Interval, Micros

__all__ = [
    "SECOND",
    "ZERO",
    "Anchor",
    "Attribute",
    "AudioFacts",
    "Band",
    "Change",
    "Choice",
    "Code",
    "CodeKind",
    "Codebook",
    "CodingPass",
    "Consent",
    "ConsentScope",
    "ConsentStatus",
    "ExcludedSpan",
    "FieldChange",
    "Group",
    "Interval",
    "Listening",
    "Look",
    "Member",
    "MemberChange",
    "Micros",
    "Origin",
    "Participant",
    "ParticipantRole",
    "Purpose",
    "Rating",
    "RatingItem",
    "Recording",
    "RecordingRole",
    "Score",
    "Session",
    "Speaker",
    "Tag",
    "TagChange",
    "VideoFacts",
    "tag_order",
]
