"""Works out and makes clips, in the background: of what was asked to what became of each."""

from __future__ import annotations

import getpass
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from annotator.errors import AnnotatorError, MediaError
from annotator.gui.clips.choices import ClipsChoice, Source, Writes
from annotator.gui.clips.list import ClipLine
from annotator.gui.clips.where_tab import pack_folder
from annotator.gui.tasks import Watcher
from annotator.jobs.clip_ends import EndsAsk
from annotator.jobs.clip_hindrances import hindrance_of
from annotator.jobs.clip_lists import read_clip_list
from annotator.jobs.clip_masking import FilmMasks
from annotator.jobs.clip_overrides import unused_words
from annotator.jobs.clip_packs import PackWish, make_pack
from annotator.jobs.clip_planning import foreseen, plan_clips
from annotator.jobs.clip_warnings import warnings_of
from annotator.jobs.clip_wishes import ClipsWish, MadeClip, PlannedClip
from annotator.jobs.clips import make_clips
from annotator.jobs.progress import Part
from annotator.jobs.reels import MadeReel, ReelAsk, make_reel, require_reel
from annotator.jobs.session_watch import SessionWatch
from annotator.media.clips.wishes import Form
from annotator.model.clipping import Stretch, chosen_tags, kept_stretches, stretches_of
from annotator.model.coding import CodingPass
from annotator.model.naming import numbered
from annotator.model.session import Session
from annotator.model.spans import shared
from annotator.model.stamps import now, today
from annotator.model.time import Interval, to_clock

SHARE_OF_CLIPS = 0.95
"""So much of the time goes into clips where a pack is made of them too."""

NO_PACK = AnnotatorError(
    "A pack is made of films or of sound, not of GIFs or stills.",
    "Choose another kind of file, or leave the pack out.",
)
NO_LIST = AnnotatorError("No list is chosen.", "Choose a CSV file with start and end.")


@dataclass(frozen=True, slots=True)
class Asked:
    """Which clips are asked for: of the passes that are `seen`, judged by the whole session.

    `selected` are the ids of the tags that are selected, `stretch` the time that is, and `kept`
    the ids of the clips in the tray that may be seen. `looked_at` are masks that were.
    """

    session: Session
    path: Path
    seen: tuple[CodingPass, ...]
    choice: ClipsChoice
    coder: str
    selected: frozenset[str] = frozenset()
    stretch: Interval | None = None
    kept: frozenset[str] = frozenset()
    looked_at: tuple[FilmMasks, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """The clips that were worked out, and what is known to stand in their way.

    `hindrances` say of each clip why it cannot be made, empty where it can or is refused.
    """

    clips: tuple[PlannedClip, ...]
    warnings: tuple[str, ...]
    hindrances: tuple[str, ...]

    @property
    def lines(self) -> list[ClipLine]:
        """The clips in words."""
        pairs = zip(self.clips, self.hindrances, strict=True)
        return [replace(planned_line(one, trouble=why), is_refused=not why) for one, why in pairs]


@dataclass(slots=True)
class Making:
    """Clips on their way, with those that are done, and the pack where one was made.

    `told` hears of each that is done, in the background.
    """

    asked: Asked
    watcher: Watcher
    told: Callable[[MadeClip], None]
    planned: Sequence[PlannedClip] = ()
    made: list[MadeClip] = field(default_factory=list)
    reel: MadeReel | None = None
    packed: tuple[Path, ...] = ()
    pack_trouble: str = ""


def stretches(asked: Asked) -> list[Stretch]:
    """Give what is to be cut; raises AnnotatorError where a list cannot be read."""
    what, region = asked.choice.what, asked.session.region
    if what.source is Source.KEPT:
        return kept_stretches(asked.session, asked.kept)
    if what.source is Source.LIST:
        if what.listed is None:
            raise NO_LIST
        return read_clip_list(what.listed, region)
    if what.source is Source.STRETCH:
        return _selected_time(asked)
    seen = replace(asked.session, passes=asked.seen)
    if what.source is Source.SELECTED:
        tags = [tag for one in asked.seen for tag in one.tags if tag.id in asked.selected]
    else:
        tags = chosen_tags(seen, what.tags)
    return stretches_of(tags, what.room, region)


def _selected_time(asked: Asked) -> list[Stretch]:
    span, region = asked.stretch, asked.session.region
    if span is None:
        return []
    return [Stretch(one) for one in shared([span], [region])]


def wish_of(asked: Asked) -> ClipsWish:
    """Give the wish that comes of what is chosen, as of now."""
    choice = asked.choice
    how, whom, where = choice.how, choice.whom, choice.where
    return ClipsWish(
        choice.level,
        where.folder,
        asked.coder or getpass.getuser(),
        now(),
        today(),
        whom.masks,
        _reel_form(how.form) if where.writes is Writes.REEL else how.form,
        how.size,
        how.fades,
        where.template,
        how.captions,
        whom.override,
        whom.recipient,
        None if where.pack is None else pack_folder(where.folder, where.pack),
        view=how.view,
        words=how.words,
        mode=how.mode,
        sound=whom.sound,
        looked_at=asked.looked_at,
        fills=whom.fills,
    )


def ends_of(asked: Asked, planned: PlannedClip) -> EndsAsk:
    """Give what is asked where the ends of a clip are to be shown."""
    return EndsAsk(asked.session, asked.path, planned, wish_of(asked))


def reel_of(asked: Asked) -> ReelAsk | None:
    """Give the reel that is wanted, under a name that no file has; None where none is."""
    where, how = asked.choice.where, asked.choice.how
    if where.writes is Writes.EACH:
        return None
    form = _reel_form(how.form)
    places = (where.folder / one for one in numbered("reel", ending=f".{form}"))
    return ReelAsk(next(one for one in places if not one.exists()), where.cards)


def _reel_form(form: Form) -> Form:
    """Give the kind of film that a reel becomes beside clips of a kind."""
    return form if form.has_picture and form.has_sound else Form.MP4


def work_out(asked: Asked) -> Plan:
    """Work out the clips; raises AnnotatorError where there can be none."""
    wish = wish_of(asked)
    if wish.pack is not None and wish.form in (Form.GIF, Form.SHEET):
        raise NO_PACK
    planned = plan_clips(asked.session, stretches(asked), wish)
    if planned and (reel := reel_of(asked)) is not None:
        require_reel(asked.session, planned, wish, reel)
    with suppress(MediaError):  # where the film is gone, that is said beside its first frame
        planned = foreseen(asked.session, asked.path, planned, wish)
    hindrances = tuple(hindrance_of(one, wish) for one in planned)
    return Plan(planned, warnings_of(asked.session, asked.path, planned, wish), hindrances)


def make(making: Making) -> None:
    """Make clips, named anew by what lies in the folder; keeps each as it is done.

    Raises AnnotatorError as `make_clips` does; a pack that fails leaves the clips as they are.
    """
    asked = making.asked
    watch, pack, reel = SessionWatch.begun(asked.path), asked.choice.where.pack, reel_of(asked)
    wish = replace(wish_of(asked), watch=watch)
    making.planned = plan_clips(asked.session, stretches(asked), wish)
    share = 1.0 if pack is None else SHARE_OF_CLIPS
    for_clips = _share_of_clips(asked) * share
    if for_clips:
        watcher = Part(making.watcher, 0.0, for_clips)
        for one in make_clips(asked.session, asked.path, making.planned, wish, watcher):
            making.made.append(one)
            making.told(one)
    if reel is not None:
        watcher = Part(making.watcher, for_clips, share)
        planned = making.planned
        making.reel = make_reel(asked.session, asked.path, planned, wish, reel, watcher)
    if pack is not None and any(one.files for one in making.made):
        try:
            making.packed = _pack(making, wish, Part(making.watcher, share, 1.0))
        except AnnotatorError as error:
            making.pack_trouble = f"The pack was not made. {error}"


def _share_of_clips(asked: Asked) -> float:
    """Tell how much of the time goes into clips, where the rest goes into a reel."""
    return {Writes.EACH: 1.0, Writes.REEL: 0.0, Writes.BOTH: 0.5}[asked.choice.where.writes]


def _pack(making: Making, asked_for: ClipsWish, watcher: Part) -> tuple[Path, ...]:
    asked = making.asked
    pack = asked.choice.where.pack
    if pack is None:
        return ()
    order = {one.name: place for place, one in enumerate(making.planned)}
    ordered = sorted(making.made, key=lambda one: order.get(one.planned.name, 0))
    wish = PackWish(
        pack.title,
        asked.choice.level,
        today().isoformat(),
        pack.packages,
    )
    return make_pack(asked.session, asked.path, ordered, asked_for, wish, watcher)


def planned_line(one: PlannedClip, told: str = "Will be made", trouble: str = "") -> ClipLine:
    """Put a clip into words."""
    span = one.stretch.interval
    when = f"{to_clock(span.start)} – {to_clock(span.end)}"
    is_forced = one.allowed is not None and bool(one.allowed.override)
    forced = f"{told}, though refused" if is_forced and not trouble else told
    return ClipLine(when, one.name, one.masked, forced, trouble or one.refusal)


def made_line(one: PlannedClip, making: Making) -> ClipLine:
    """Say what became of a clip; it may have been judged anew, by what is in it to the frame."""
    done = next((each for each in making.made if each.planned.name == one.name), None)
    if done is None and making.reel is not None and not one.refusal:
        return _in_reel(one, making.reel)
    if done is None:
        return planned_line(one, trouble=one.refusal or "Not made.")
    return done_line(done)


def done_line(done: MadeClip) -> ClipLine:
    """Say what became of a clip that was made or failed."""
    note = done.result.note if done.result is not None else ""
    return planned_line(done.planned, f"Made. {note}" if note else "Made", done.failure)


def _in_reel(one: PlannedClip, reel: MadeReel) -> ClipLine:
    left_out = next((each for each in reel.left_out if each.name == one.name), None)
    if left_out is not None:
        return planned_line(left_out, trouble=left_out.refusal or reel.refused or "Left out.")
    return planned_line(one, "In the reel", reel.refused or reel.failure)


def made_words(making: Making, *, is_stopped: bool) -> str:
    """Say how many clips were made and where."""
    made = sum(not one.failure for one in making.made)
    folder = making.asked.choice.where.folder
    reel = making.reel
    told = "" if making.asked.choice.where.writes is Writes.REEL else "No clip was made."
    if made:
        many = "1 clip was made; it is" if made == 1 else f"{made:,} clips were made; they are"
        told = f"{many} in {folder}."
    if reel is not None:
        told = f"{told} {_reel_words(reel)}".strip()
    if making.packed:
        told = f"{told} The pack is {making.packed[0]}."
    permits = [*(one.planned.allowed for one in making.made), reel.allowed if reel else None]
    told = f"{told} {unused_words(wish_of(making.asked), permits)}".rstrip()
    return f"Making clips was stopped, as you asked. {told}" if is_stopped else told


def _reel_words(reel: MadeReel) -> str:
    return f"The reel is {reel.files[0]}." if reel.files else "No reel was made."


def failed_words(making: Making) -> str:
    """Say how many clips were not made, and why no reel was; empty where all went well."""
    made, told = making.made, []
    if failed := sum(bool(one.failure) for one in made):
        were = "was" if failed == 1 else "were"
        told.append(f"{failed:,} of {len(made):,} {were} not made; the table says why.")
    if making.reel is not None:
        told += [making.reel.refused, making.reel.failure]
    return " ".join(filter(None, (*told, making.pack_trouble)))
