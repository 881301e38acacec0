"""What each tier of an ELAN document is: as the file tells it, or as we wrote it ourselves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from annotator.model.time import Micros
from annotator.storage.interchange.drafting import NO_EXTRA
from annotator.storage.interchange.elan_document import Document
from annotator.storage.interchange.elan_frame import Frame, TierRole
from annotator.storage.interchange.elan_marks import Mark, RawTier
from annotator.storage.interchange.elan_names import (
    CHOICE_TYPE,
    CODE_TYPE,
    MOMENT_TYPE,
    SPEECH_TYPE,
    is_own,
)
from annotator.storage.interchange.elan_vocabularies import Vocabulary
from annotator.storage.interchange.interface import TierUse, Wishes
from annotator.storage.interchange.lanes import read_name
from annotator.storage.interchange.report import Notes, excerpt
from annotator.storage.interchange.tiers import Tier, use_of

CHOICE = "choice"
MOMENT = Micros(1000)
"""How long a moment lasts in a file that knows only stretches."""

_BY_TYPE = {
    CODE_TYPE: TierUse.CODE,
    MOMENT_TYPE: TierUse.CODE,
    SPEECH_TYPE: TierUse.TRANSCRIPT,
}
_MOST_ENTRIES = 500


class Roles:
    """Tells what tiers are, with the vocabularies of a document and the frame that we kept."""

    def __init__(
        self,
        document: Document,
        vocabularies: Mapping[str, Vocabulary],
        frame: Frame | None,
        wishes: Wishes,
    ) -> None:
        self._types, self._vocabularies = document.types, vocabularies
        self._frame, self._wishes = frame, wishes
        passes = frame.session.passes if frame else ()
        self._passes = {one.id: one.coder for one in passes}
        self._words = frame.words() if frame else {}
        self._first_of = {one.coder: one.id for one in reversed(passes)}

    def attribute_of(self, raw: RawTier) -> str:
        """Give the name of the attribute whose choices stand on a tier; empty for other tiers."""
        begin = f"{CHOICE_TYPE}: "
        if not raw.type.startswith(begin) or not raw.parent:
            return ""
        role = self._role(raw)
        return role.word if role and role.use == CHOICE else raw.type.removeprefix(begin)

    def tier(self, raw: RawTier, notes: Notes) -> Tier:
        """Give a tier as it is to be taken, with those of its marks that have times."""
        tier = Tier(raw.id)
        vocabulary = self._vocabulary(raw)
        self._settle(tier, raw)
        tier.annotations += [mark for mark in raw.marks if mark.is_timed]
        if raw.type == MOMENT_TYPE:
            _shorten(raw.marks)
        for mark in raw.marks:
            if mark.more and mark.is_timed:
                _resolve(mark, vocabulary, notes)
        tier.vocabulary = vocabulary.codes(_wanted(tier, vocabulary))
        if tier.use is None and self._wishes.tiers is None and self._listed(raw):
            tier.use = TierUse.VALUES  # even where the list itself is not at hand
        tier.use = use_of(tier, self._wishes)
        _keep(tier, raw)
        if self._words and tier.use is TierUse.VALUES:
            self._name(tier)
        return tier

    def _name(self, tier: Tier) -> None:
        """Give values the words by which their codes are known."""
        words = self._words
        vocabulary = tier.vocabulary.items()
        tier.vocabulary = {value: code for value, code in vocabulary if value not in words}
        for one in tier.annotations:
            one.value = words.get(one.value.strip(), one.value)

    def _role(self, raw: RawTier) -> TierRole | None:
        return self._frame.roles.get(raw.id) if self._frame else None

    def _vocabulary(self, raw: RawTier) -> Vocabulary:
        return self._vocabularies.get(self._listed(raw)) or Vocabulary()

    def _listed(self, raw: RawTier) -> str:
        """Give the id of the vocabulary of a tier's type; empty for none."""
        return self._types.get(raw.type, {}).get("CONTROLLED_VOCABULARY_REF", "")

    def _settle(self, tier: Tier, raw: RawTier) -> None:
        """Find out who coded a tier, whom it is about and what it was written for."""
        coder = raw.attributes.get("ANNOTATOR", "").strip()
        person = raw.attributes.get("PARTICIPANT", "").strip()
        role = self._role(raw)
        if role is None:
            told = read_name(raw.id) if is_own(raw.type) else None
            tier.use = _BY_TYPE.get(raw.type)
            tier.word = told.word if told else ""
            tier.coder = coder or (told.coder if told else "")
            tier.participant = person
        else:
            tier.use = TierUse(role.use) if role.use in set(TierUse) else None
            tier.word, tier.coder, tier.participant = role.word, role.coding_pass, role.person
            tier.speaker = role.speaker if tier.use is TierUse.TRANSCRIPT else None
        if self._frame is not None:
            self._place(tier, coder, person)

    def _place(self, tier: Tier, coder: str, person: str) -> None:
        """Put the ids of a pass and of a person that we know in place of their names."""
        frame = self._frame
        if frame is None:
            return
        known = self._passes.get(tier.coder)
        if known is None or (coder and coder != known.strip()):
            coder = coder or self._wishes.coder
            tier.coder = self._first_of.get(coder, coder)
        written = frame.label_of(tier.participant) or (tier.speaker or "").strip()
        if person and (tier.participant == person or person != written):
            tier.participant = frame.person_of(person)
            tier.speaker = tier.speaker if person == written else None


def _shorten(marks: Iterable[Mark]) -> None:
    """Make moments of marks that last as long as we write them."""
    for mark in marks:
        if mark.end - mark.start == MOMENT:
            mark.end = mark.start


def _wanted(tier: Tier, vocabulary: Vocabulary) -> set[str] | None:
    """Give those of very many entries that stand on a tier; None for all."""
    if len(vocabulary.meanings) <= _MOST_ENTRIES:
        return None
    return {one.value.strip() for one in tier.annotations}


def _resolve(mark: Mark, vocabulary: Vocabulary, notes: Notes) -> None:
    """Give a mark the value that its vocabulary has for it."""
    told = vocabulary.by_id.get(mark.more.get("CVE_REF", ""), "")
    if not told or told == mark.value:
        return
    if mark.value.strip():
        notes.repaired(
            f"the value was {excerpt(mark.value)}, but its vocabulary says {excerpt(told)}",
            mark.place,
        )
    mark.value = told


def _keep(tier: Tier, raw: RawTier) -> None:
    """Keep with each mark what is wanted when it is written again."""
    is_own_tier, is_speech = is_own(raw.type), tier.use is TierUse.TRANSCRIPT
    usual = NO_EXTRA if is_own_tier else {"elan": {"tier": raw.id}}
    for mark in raw.marks:
        if not (is_speech or mark.more or mark.parent) or (is_own_tier and not is_speech):
            mark.extra = usual
            continue
        kept: dict[str, object] = {"tier": raw.id}
        if is_speech:
            kept["id"] = mark.tag_id
        if is_own_tier:
            kept["own"] = True
        if mark.parent:
            kept["parent"] = mark.parent
        if mark.more:
            kept |= mark.more
            kept["value"] = mark.value
        mark.extra = {"elan": kept}
