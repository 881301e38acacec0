"""Reads TextGrids of Praat."""

from __future__ import annotations

from dataclasses import replace

from annotator.model.session import Session
from annotator.model.time import Interval, Micros
from annotator.storage.interchange.drafting import SessionDraft
from annotator.storage.interchange.interface import Found, TierFacts, TierUse, Wishes
from annotator.storage.interchange.laid_tiers import speaker_in
from annotator.storage.interchange.lanes import read_name
from annotator.storage.interchange.old_encodings import old_encoding
from annotator.storage.interchange.praat_grid import Grid, GridTier, read_grids
from annotator.storage.interchange.report import ForeignFileError, Notes
from annotator.storage.interchange.source import Source
from annotator.storage.interchange.tiers import Tier, take_tiers

ID = "praat"
BINARY = b"ooBinaryFile"


def read_praat(source: Source, wishes: Wishes, notes: Notes) -> Found:
    """Read a TextGrid, or the several of a collection, each as a session."""
    if source.data.startswith(BINARY):
        raise ForeignFileError(
            f"“{source.name}” is a binary file of Praat.",
            "Open it in Praat and save it as a text file: Save, Save as text file.",
        )
    encoding = wishes.encoding or old_encoding(source.data, notes)
    grids = read_grids(source.text(notes, encoding).text, source.name, notes)
    sessions: list[Session] = []
    facts: list[TierFacts] = []
    carried = 0
    for number, grid in enumerate(grids, 1):
        name = source.stem if len(grids) == 1 else f"{source.stem}-{number}"
        draft = SessionDraft(name, grid.name or name, notes, wishes.now)
        taken = take_tiers(draft, [_tier(one, wishes) for one in grid.tiers], wishes)
        _keep(draft, taken.facts)
        sessions.append(_within(draft.session(), grid))
        facts += taken.facts
        carried += taken.carried
    counted = sum(grid.counted for grid in grids)
    return Found(tuple(sessions), counted, carried, "labels", tuple(facts))


def _tier(grid: GridTier, wishes: Wishes) -> Tier:
    """Give a tier, known again where it is one that we have written."""
    tier = Tier(grid.name, grid.labels)
    if wishes.tiers is not None:
        return tier
    lane, speaker = read_name(grid.name), speaker_in(grid.name)
    if speaker is not None:
        tier.use, tier.speaker = TierUse.TRANSCRIPT, speaker
    elif lane is not None:
        tier.use = TierUse.CODE
        tier.word, tier.coder, tier.participant = lane.word, lane.coder, lane.participant
        tier.annotations = [
            replace(one, value="") if one.value == lane.word else one for one in grid.labels
        ]
    return tier


def _keep(draft: SessionDraft, facts: tuple[TierFacts, ...]) -> None:
    """Keep what tiers there were that are not ours, so that they are written as they stood."""
    kept: list[object] = [
        [one.name, one.use.value]
        for one in facts
        if one.use is not TierUse.LEAVE and not is_ours(one.name)
    ]
    if kept:
        draft.extra[ID] = {"tiers": kept}


def is_ours(name: str) -> bool:
    """Tell whether a tier of that name would be taken for one that we have written."""
    return read_name(name) is not None or speaker_in(name) is not None


def _within(session: Session, grid: Grid) -> Session:
    """Let what is coded be what the grid spans, and more where labels lie beyond."""
    start = min(max(grid.start, 0), grid.end)
    region = Interval(Micros(start), Micros(max(grid.end, session.region.end, start)))
    return replace(session, region=region)
