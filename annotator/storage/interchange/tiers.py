"""Tiers of foreign files, as ELAN, Praat and their like have them, taken for what they are."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from annotator.model.codebook import Code
from annotator.model.coding import UNNAMED
from annotator.model.transcript import CueInMaking, tidy
from annotator.storage.interchange.drafting import NO_EXTRA, NOTHING, FoundTag, SessionDraft
from annotator.storage.interchange.interface import TierFacts, TierUse, Wishes
from annotator.storage.interchange.spending import spent

_SHOWN_VALUES = 8
_MOST_CODES, _LONGEST_CODE = 60, 40
_WORDS_OF_SPEECH = 2.5


@dataclass(slots=True)
class Annotation:
    """What stands on a tier: from when to when in microseconds, what, and where in the file.

    `attributes` hold names of attributes and of their choices; `extra` is kept on what is made
    of it.
    """

    start: int
    end: int
    value: str
    place: str | int = ""
    tag_id: str = ""
    attributes: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    extra: Mapping[str, object] = field(default_factory=lambda: NO_EXTRA)


@dataclass(slots=True)
class Tier:
    """A tier of a foreign file.

    `coder` and `participant` are empty where the file does not tell; `word` is what its code is
    called where that is not the name; `vocabulary` tells of each value that is a code by the
    file's own word; `code` is what is known of the code that the tier itself is; `use` is set
    where the file tells for certain; `speaker` is the label of who speaks, None where that is the
    participant or the name. `places` is what the annotations are called that tell their places by
    numbers, "event".
    """

    name: str
    annotations: list[Annotation] = field(default_factory=list)
    coder: str = ""
    participant: str = ""
    word: str = ""
    vocabulary: Mapping[str, Code] = field(default_factory=dict)
    code: Code | None = None
    use: TierUse | None = None
    speaker: str | None = None
    places: str = ""

    def place(self, one: Annotation) -> str | int:
        """Tell where an annotation of the tier stands."""
        return f"{self.places} {one.place}" if self.places else one.place


_Known = dict[tuple[str, int], tuple[Mapping[str, str], Mapping[str, str]]]
"""Attributes of a code by their names, with the ids that these became."""


@dataclass(frozen=True, slots=True)
class TakenTiers:
    """What became of tiers: facts for each, and how many annotations are in the session."""

    facts: tuple[TierFacts, ...]
    carried: int


def take_tiers(draft: SessionDraft, tiers: Sequence[Tier], wishes: Wishes) -> TakenTiers:
    """Put tiers into a session as a person wishes, or as they seem to be.

    Their annotations are let go of one by one, so that no tier has any afterwards.
    """
    facts: list[TierFacts] = []
    spoken: list[CueInMaking] = []
    carried = 0
    for tier in tiers:
        values = [value for one in tier.annotations if (value := one.value.strip())]
        different = dict.fromkeys(values)
        use = _wished(tier, wishes) or _guessed(tier, values, different)
        shown = tuple(islice(different, _SHOWN_VALUES))
        facts.append(TierFacts(tier.name, len(tier.annotations), shown, use))
        if use is TierUse.LEAVE:
            for one in tier.annotations:
                draft.notes.not_carried(f"the tier “{tier.name}” was left out", tier.place(one))
        elif use is TierUse.TRANSCRIPT:
            carried += _take_speech(draft, tier, spoken)
        else:
            carried += _take_tags(draft, tier, use, wishes)
    draft.speech(spoken, source=draft.title)
    return TakenTiers(tuple(facts), carried)


def use_of(tier: Tier, wishes: Wishes) -> TierUse:
    """Tell what a tier is to be taken for: by wish, by the file's word, else by a guess."""
    values = [value for one in tier.annotations if (value := one.value.strip())]
    return _wished(tier, wishes) or _guessed(tier, values, dict.fromkeys(values))


def _wished(tier: Tier, wishes: Wishes) -> TierUse | None:
    return wishes.tier_uses.get(tier.name) or tier.use or wishes.tiers


def _guessed(tier: Tier, values: Sequence[str], different: Collection[str]) -> TierUse:
    """Guess: few short values that recur are codes, many words are speech, all else are notes."""
    if tier.vocabulary:
        return TierUse.VALUES
    if not values:
        return TierUse.CODE
    is_short = max(len(value) for value in different) <= _LONGEST_CODE
    if is_short and len(different) <= _MOST_CODES and 3 * len(different) <= 2 * len(values):
        return TierUse.VALUES
    words = sum(len(value.split()) for value in values) / len(values)
    is_speech = words >= _WORDS_OF_SPEECH or len(different) > _MOST_CODES
    return TierUse.TRANSCRIPT if is_speech else TierUse.CODE


def _take_speech(draft: SessionDraft, tier: Tier, spoken: list[CueInMaking]) -> int:
    """Take a tier for what its participant said; gives how many annotations became cues."""
    speaker = tier.participant or tier.name if tier.speaker is None else tier.speaker
    person = draft.participant(tier.participant) if tier.participant else ""
    carried = 0
    for one in spent(tier.annotations):
        text = tidy(one.value)
        if not text:
            draft.notes.not_carried("something was said, and there is no text", tier.place(one))
            continue
        start, end = one.start, one.end
        if end < start:
            told = "the end lay before the start; the two were exchanged"
            draft.notes.repaired(told, tier.place(one))
            start, end = end, start
        spoken.append(CueInMaking(start, end, text, speaker, person, (), one.extra))
        carried += 1
    return carried


def _take_tags(draft: SessionDraft, tier: Tier, use: TierUse, wishes: Wishes) -> int:
    coder = tier.coder or wishes.coder
    is_code = use is TierUse.CODE
    coding_pass = draft.coding_pass(coder if is_code else coder or tier.name)
    person = draft.participant(tier.participant)
    own = _code_of(draft, tier) if is_code else ""
    for value, details in () if is_code else tier.vocabulary.items():
        draft.code(value, details)
    known: _Known = {}
    count = len(tier.annotations)
    ids: dict[str, str] = {}
    for one in spent(tier.annotations):
        note, code_id = one.value, own
        if not is_code:
            note, word = "", one.value.strip()
            code_id = ids.get(word, "") or ids.setdefault(word, _id_of(draft, word))
            if not word:
                draft.notes.noticed("a mark has no value; it waits for a code", tier.place(one))
        found = FoundTag(code_id, one.start, one.end, person, note, tier.place(one))
        found.id, found.extra = one.tag_id, one.extra
        if one.attributes:
            found.attributes = _chosen(draft, code_id, one.attributes, known)
        draft.tag(coding_pass, found)
    return count


def _id_of(draft: SessionDraft, word: str) -> str:
    return draft.code(word) if word else UNNAMED


def _code_of(draft: SessionDraft, tier: Tier) -> str:
    word = tier.word or tier.name
    return UNNAMED if word == UNNAMED else draft.code(word, tier.code)


def _chosen(
    draft: SessionDraft,
    code_id: str,
    named: Mapping[str, str],
    known: _Known,
) -> Mapping[str, str]:
    """Give ids for names; annotations that share their attributes give tags that share them."""
    if code_id == UNNAMED:
        return NOTHING
    key = (code_id, id(named))  # which `known` keeps alive
    if key not in known:
        found = dict(draft.choice(code_id, name, choice) for name, choice in named.items())
        known[key] = (named, found)
    return known[key][1]
