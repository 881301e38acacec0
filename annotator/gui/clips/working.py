"""Works out and makes clips, in the background: of what was asked to what became of each."""

from __future__ import annotations

import getpass
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from annotator.errors import AnnotatorError, MediaError
from annotator.gui.clips.choices import Asked, PackChoice, Source, Writes
from annotator.gui.clips.elsewhere import asked_of, others_of
from annotator.gui.clips.list import ClipLine
from annotator.gui.clips.where_tab import pack_folder
from annotator.gui.tasks import Watcher
from annotator.jobs.clip_ends import EndsAsk
from annotator.jobs.clip_hindrances import hindrance_of
from annotator.jobs.clip_lists import read_clip_list
from annotator.jobs.clip_overrides import unused_words
from annotator.jobs.clip_packs import PackWish, make_pack, require_pack, require_unnamed
from annotator.jobs.clip_planning import foreseen, plan_clips
from annotator.jobs.clip_sessions import own_masks, require_told_apart
from annotator.jobs.clip_warnings import warnings_of
from annotator.jobs.clip_wishes import ClipsWish, MadeClip, PlannedClip, SessionClips
from annotator.jobs.clips import make_clips
from annotator.jobs.progress import CancelledError, Part
from annotator.jobs.reels import MadeReel, ReelAsk, make_reel, require_reel
from annotator.jobs.session_watch import SessionWatch
from annotator.media.clips.wishes import Form
from annotator.model.clipping import Stretch, chosen_tags, kept_stretches, stretches_of
from annotator.model.naming import numbered
from annotator.model.spans import shared
from annotator.model.stamps import now, today
from annotator.model.telling import session_code
from annotator.model.time import to_clock

_SEVERAL = 2
SHARE_OF_CLIPS = 0.95
"""So much of the time goes into clips where a pack is made of them too."""

NO_PACK = AnnotatorError(
    "A pack is made of films or of sound, not of GIFs or stills.",
    "Choose another kind of file, or leave the pack out.",
)
NOTHING = "There is nothing to cut."
NO_LIST = AnnotatorError("No list is chosen.", "Choose a CSV file with start and end.")


@dataclass(frozen=True, slots=True)
class Order:
    """The clips that are asked for of one session, and how they are wished for."""

    asked: Asked
    wish: ClipsWish
    clips: tuple[PlannedClip, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """The clips that were worked out, and what is known to stand in their way.

    `hindrances` say of each clip why it cannot be made, empty where it can or is refused, and
    `sources` of which session each is.
    """

    clips: tuple[PlannedClip, ...]
    warnings: tuple[str, ...]
    hindrances: tuple[str, ...]
    sources: tuple[Asked, ...]

    @property
    def lines(self) -> list[ClipLine]:
        """The clips in words."""
        codes = _codes(zip(self.clips, self.sources, strict=True))
        pairs = zip(self.clips, self.hindrances, strict=True)
        lines = ((planned_line(one, codes, trouble=why), why) for one, why in pairs)
        return [replace(line, is_refused=not why) for line, why in lines]


@dataclass(slots=True)
class Making:
    """Clips on their way, with those that are done, and the pack where one was made.

    `told` hears of each that is done, in the background. `codes` gives by the name of each clip
    the code of its session, where there are several, and `troubles` say what went wrong with one.
    """

    asked: Asked
    watcher: Watcher
    told: Callable[[MadeClip], None]
    planned: Sequence[PlannedClip] = ()
    codes: Mapping[str, str] = field(default_factory=dict)
    troubles: list[str] = field(default_factory=list)
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
        looked_at=own_masks(asked.session, asked.path, asked.looked_at),
        fills=whom.fills,
    )


def ends_of(plan: Plan, row: int) -> EndsAsk:
    """Give what is asked where the ends of a clip are to be shown."""
    asked = plan.sources[row]
    return EndsAsk(asked.session, asked.path, plan.clips[row], wish_of(asked))


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
    how, pack = asked.choice.how, asked.choice.where.pack
    if pack is not None and how.form in (Form.GIF, Form.SHEET):
        raise NO_PACK
    orders, warnings = _orders(asked)
    if pack is not None and (parts := _parts(orders)):
        require_unnamed(parts, _pack_wish(asked, pack))
    own = orders[0]
    if own.clips and (reel := reel_of(asked)) is not None:
        require_reel(asked.session, own.clips, own.wish, reel)
    judged = [_foreseen(one) for one in orders]
    for one in judged:
        known = warnings_of(one.asked.session, one.asked.path, one.clips, one.wish)
        of = f"{one.asked.path.name}: " if others_of(asked) else ""
        warnings += (f"{of}{told}" for told in known)
    clips = [(clip, one) for one in judged for clip in one.clips]
    return Plan(
        tuple(clip for clip, _ in clips),
        tuple(warnings),
        tuple(hindrance_of(clip, one.wish) for clip, one in clips),
        tuple(one.asked for _, one in clips),
    )


def _orders(asked: Asked, watch: SessionWatch | None = None) -> tuple[list[Order], list[str]]:
    """Plan the clips of the open session first, then of those that come along.

    Gives also what is wrong with one of these, which leaves it out; raises AnnotatorError where
    the clips of the open session cannot be planned.
    """
    wish, others = replace(wish_of(asked), watch=watch), others_of(asked)
    if others:
        require_told_apart(wish.template)
    orders = [Order(asked, wish, plan_clips(asked.session, stretches(asked), wish))]
    troubles: list[str] = []
    for path in others:
        taken = frozenset(clip.name for one in orders for clip in one.clips)
        try:
            other, seen = asked_of(path, asked)
            wish = replace(wish_of(other), watch=seen, taken=taken)
            clips = plan_clips(other.session, stretches(other), wish)
        except AnnotatorError as error:
            troubles.append(f"{path.name}: {error}")
            continue
        if clips:
            orders.append(Order(other, wish, clips))
        else:
            troubles.append(f"{path.name}: {NOTHING}")
    return orders, troubles


def _foreseen(one: Order) -> Order:
    """Judge clips by what will be in them."""
    with suppress(MediaError):  # where the film is gone, that is said beside its first frame
        session, path = one.asked.session, one.asked.path
        return replace(one, clips=foreseen(session, path, one.clips, one.wish))
    return one


def _parts(orders: Sequence[Order], made: Sequence[MadeClip] = ()) -> list[SessionClips]:
    """Give what goes into a pack, in its order: the clips that were made, or else as planned."""
    done = {one.planned.name: one for one in made}
    return [
        SessionClips(
            one.asked.session,
            one.asked.path,
            one.wish,
            tuple(done.get(clip.name, MadeClip(clip)) for clip in one.clips),
        )
        for one in orders
        if one.clips
    ]


def _codes(clips: Iterable[tuple[PlannedClip, Asked]]) -> dict[str, str]:
    """Give the code of the session of each clip, by its name; none where there is one session."""
    pairs = list(clips)
    if len({one.path for _, one in pairs}) < _SEVERAL:
        return {}
    codes = {one.path: session_code(one.session) for _, one in pairs}
    return {clip.name: codes[one.path] for clip, one in pairs}


def make(making: Making) -> None:
    """Make clips, named anew by what lies in the folder; keeps each as it is done.

    Raises AnnotatorError as `make_clips` and `require_pack` do; a pack that fails afterwards leaves
    the clips as they are.
    """
    asked = making.asked
    watch, pack, reel = SessionWatch.begun(asked.path), asked.choice.where.pack, reel_of(asked)
    orders, making.troubles = _orders(asked, watch)
    clips = [(clip, one.asked) for one in orders for clip in one.clips]
    making.planned, making.codes = [clip for clip, _ in clips], _codes(clips)
    if pack is not None:
        require_pack(_parts(orders), _pack_wish(asked, pack))
    share = 1.0 if pack is None else SHARE_OF_CLIPS
    for_clips = _share_of_clips(asked) * share
    if for_clips:
        _make_each(making, orders, Part(making.watcher, 0.0, for_clips))
    if reel is not None:
        watcher, own = Part(making.watcher, for_clips, share), orders[0]
        making.reel = make_reel(asked.session, asked.path, own.clips, own.wish, reel, watcher)
    if pack is not None and any(one.files for one in making.made):
        parts, watcher = _parts(orders, making.made), Part(making.watcher, share, 1.0)
        try:
            making.packed = make_pack(parts, _pack_wish(asked, pack), watcher)
        except AnnotatorError as error:
            making.pack_trouble = f"The pack was not made. {error}"


def _make_each(making: Making, orders: Sequence[Order], watcher: Part) -> None:
    """Make the clips of each session; what goes wrong with one of several leaves the others be."""
    count, done = max(1, len(making.planned)), 0
    for one in orders:
        end = done + len(one.clips)
        part, done = Part(watcher, done / count, end / count), end
        try:
            for clip in make_clips(one.asked.session, one.asked.path, one.clips, one.wish, part):
                making.made.append(clip)
                making.told(clip)
        except CancelledError:
            raise
        except AnnotatorError as error:
            if not others_of(making.asked):
                raise
            making.troubles.append(f"{one.asked.path.name}: {error}")


def _share_of_clips(asked: Asked) -> float:
    """Tell how much of the time goes into clips, where the rest goes into a reel."""
    return {Writes.EACH: 1.0, Writes.REEL: 0.0, Writes.BOTH: 0.5}[asked.choice.where.writes]


def _pack_wish(asked: Asked, pack: PackChoice) -> PackWish:
    """Give what is said of a pack."""
    return PackWish(pack.title, asked.choice.level, today().isoformat(), pack.packages)


def planned_line(
    one: PlannedClip, codes: Mapping[str, str], told: str = "Will be made", trouble: str = ""
) -> ClipLine:
    """Put a clip into words; `codes` gives by its name the code of its session, or nothing."""
    span, code = one.stretch.interval, codes.get(one.name, "")
    when = f"{to_clock(span.start)} – {to_clock(span.end)}"
    when = f"{code} · {when}" if code else when
    is_forced = one.allowed is not None and bool(one.allowed.override)
    forced = f"{told}, though refused" if is_forced and not trouble else told
    return ClipLine(when, one.name, one.masked, forced, trouble or one.refusal)


def made_line(one: PlannedClip, making: Making) -> ClipLine:
    """Say what became of a clip; it may have been judged anew, by what is in it to the frame."""
    done = next((each for each in making.made if each.planned.name == one.name), None)
    if done is None and making.reel is not None and not one.refusal:
        return _in_reel(one, making.reel)
    if done is None:
        return planned_line(one, making.codes, trouble=one.refusal or "Not made.")
    return done_line(done, making)


def done_line(done: MadeClip, making: Making) -> ClipLine:
    """Say what became of a clip that was made or failed."""
    note = done.result.note if done.result is not None else ""
    told = f"Made. {note}" if note else "Made"
    return planned_line(done.planned, making.codes, told, done.failure)


def _in_reel(one: PlannedClip, reel: MadeReel) -> ClipLine:
    left_out = next((each for each in reel.left_out if each.name == one.name), None)
    if left_out is not None:
        why = left_out.refusal or reel.refused or "Left out."
        return planned_line(left_out, {}, trouble=why)
    joined = next((each for each in reel.clips if each.name == one.name), one)
    return planned_line(joined, {}, "In the reel", reel.refused or reel.failure)


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
    return " ".join(filter(None, (*told, *making.troubles, making.pack_trouble)))
