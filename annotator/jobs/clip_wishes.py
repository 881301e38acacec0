"""What is asked of clips, what is planned of them, and what became of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from annotator.jobs.clip_bare import NOTHING_BARE, Bared, together
from annotator.jobs.clip_masking import FilmMasks
from annotator.jobs.clip_view import USUAL_VIEW, ClipView
from annotator.jobs.clip_words import NO_WORDS, WordsWish
from annotator.jobs.session_watch import SessionWatch
from annotator.media.clips.wishes import CutResult, Fades, Form, Mode, Size
from annotator.media.face_masks import AS_PLANNED, Fills
from annotator.model import Interval, Micros, Session
from annotator.model.clipping import Stretch
from annotator.model.disclosure import Judgement, Permit
from annotator.model.export_names import USUAL_TEMPLATE
from annotator.model.export_record import HashedFile
from annotator.model.held import ALL_HELD, Held
from annotator.model.participant import ConsentScope, Mask
from annotator.model.sound_plans import ALL_VOICES, USUAL_SOUND, SoundPlan, SoundWish
from annotator.model.spans import union

_ANY_SIZE, _NO_FADES = Size(), Fades()


@dataclass(frozen=True, slots=True)
class ClipsWish:
    """How clips are to be made, for whom, and who answers for it.

    `masks` are applied beside those that the consents demand. `pack` is the folder of a pack that
    is made of them, None for none. `override` is the reason to make what is refused, None where
    nothing refused is made. `looked_at` are masks of faces that a person has looked at, by film;
    else they are looked for; `fills` says what covers them. `who` and `recipient` stay in the
    session's log; `now` is ISO 8601 in UTC. `taken` are names that no clip may have, beside
    those of files in the folder. `watch` tells whether the session was changed since it
    was read; where it is None, only since making began.
    """

    level: ConsentScope
    folder: Path
    who: str
    now: str
    today: date
    masks: frozenset[Mask] = frozenset()
    form: Form = Form.MP4
    size: Size = _ANY_SIZE
    fades: Fades = _NO_FADES
    template: str = USUAL_TEMPLATE
    captions: bool = True
    override: str | None = None
    recipient: str = ""
    pack: Path | None = None
    view: ClipView = USUAL_VIEW
    words: WordsWish = NO_WORDS
    mode: Mode = Mode.EXACT
    sound: SoundWish = USUAL_SOUND
    looked_at: tuple[FilmMasks, ...] = ()
    fills: Fills = AS_PLANNED
    watch: SessionWatch | None = None
    taken: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class PlannedClip:
    """A clip as it will be made: its name and masks; `refusal` says why it will not be.

    `sound` says whose voice is masked and where names are, where `masks` has voices or names;
    `bared` which found faces are shown, where faces are masked. `masks` are of what it `holds`
    alone; what `judgement` demands may be more. `first_frame` is when the picture came that is on
    screen at its start, None where that is not known to be earlier.
    """

    stretch: Stretch
    name: str
    judgement: Judgement
    masks: frozenset[Mask]
    allowed: Permit | None
    refusal: str = ""
    sound: SoundPlan = ALL_VOICES
    bared: Bared = NOTHING_BARE
    holds: frozenset[Held] = frozenset(ALL_HELD)
    first_frame: Micros | None = None

    @property
    def seen(self) -> Interval:
        """All that is seen of the session: from when its first picture came, out to its end."""
        span = self.stretch.interval
        return span if self.first_frame is None else Interval(self.first_frame, span.end)

    @property
    def bare(self) -> Bared:
        """What is shown although it was found; nothing where no faces are masked, or all is."""
        is_faces = Mask.FACES in self.masks and Mask.PICTURE not in self.masks
        return self.bared if is_faces else NOTHING_BARE

    @property
    def masked(self) -> str:
        """What is masked, in words such as “faces, voice of C07 in 3 stretches”; may be empty."""
        words = {Mask.VOICE: self.sound.voice.told, Mask.NAMES: self.sound.names.told}
        if Held.SOUND not in self.holds:
            words[Mask.NAMES] = "names in the captions"
        words[Mask.FACES] = f"{Mask.FACES.value}{self.bare.told}"
        return ", ".join(words.get(mask, mask.value) for mask in sorted(self.masks))


def as_one(clips: Sequence[PlannedClip]) -> PlannedClip:
    """Give clips that are masked alike as one, which says what is masked in all of them.

    Its stretch, name and judgement are those of the first.
    """
    voices = [(one.sound.voice, one.stretch.interval) for one in clips]
    voice = voices[0][0]
    if any(each.spans is not None for each, _ in voices):
        heard = ((clip,) if each.spans is None else each.spans for each, clip in voices)
        voice = replace(voice, spans=union(span for spans in heard for span in spans))
    names = [one.sound.names for one in clips]
    named = replace(
        names[0],
        spans=union(span for each in names for span in each.spans),
        guessed=sum(each.guessed for each in names),
    )
    bared = together(one.bared for one in clips)
    return replace(clips[0], sound=SoundPlan(voice, named), bared=bared)


@dataclass(frozen=True, slots=True)
class SessionClips:
    """Clips of one session, with how they are wished for, and what became of each if made."""

    session: Session
    path: Path
    wish: ClipsWish
    made: tuple[MadeClip, ...]

    @property
    def planned(self) -> tuple[PlannedClip, ...]:
        """The clips as they were judged last."""
        return tuple(one.planned for one in self.made)

    @property
    def done(self) -> tuple[MadeClip, ...]:
        """Those that were made."""
        return tuple(one for one in self.made if one.files)


@dataclass(frozen=True, slots=True)
class MadeClip:
    """What became of a planned clip: the files that were written, or words why there are none.

    `planned` is as it was judged last, and `sources` what it was cut from.
    """

    planned: PlannedClip
    files: tuple[Path, ...] = ()
    result: CutResult | None = None
    failure: str = ""
    sources: tuple[HashedFile, ...] = ()
