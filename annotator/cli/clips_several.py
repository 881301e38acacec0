"""`annotator clips` of several sessions: each by its own consents, all into one folder and pack."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import click

from annotator.cli.clips_options import ALL_KEPT, FAILED, REFUSED, ClipsOptions, view_in
from annotator.cli.clips_planning import (
    Found,
    found_at,
    pack_wish_of,
    planned_of,
    require_own_folder,
)
from annotator.cli.clips_telling import tell, tell_hindered, tell_sureness, tree
from annotator.cli.progress import shown_progress
from annotator.cli.records import write_json
from annotator.errors import AnnotatorError
from annotator.jobs.clip_bare import together, unseen_words
from annotator.jobs.clip_hindrances import hindrance_of, why_not
from annotator.jobs.clip_overrides import unused_words
from annotator.jobs.clip_packs import make_pack, require_pack
from annotator.jobs.clip_planning import foreseen
from annotator.jobs.clip_sessions import require_told_apart, shared_plans
from annotator.jobs.clip_sureness import sound_told
from annotator.jobs.clip_warnings import names_of, warnings_of
from annotator.jobs.clip_wishes import MadeClip, SessionClips
from annotator.jobs.clips import make_clips
from annotator.jobs.progress import CancelledError, Part, Progress
from annotator.model.telling import session_code

_SHARE_OF_CLIPS = 0.95
"""So much of the time goes into clips where a pack is made of them too."""


@dataclass(slots=True)
class _Order:
    """What is asked of one session, and what came of it; `failure` says why there is not all."""

    path: Path
    found: Found | None = None
    clips: SessionClips | None = None
    failure: str = ""


@dataclass(frozen=True, slots=True)
class _Packed:
    """The pack that came of all; `failure` says why none did."""

    files: tuple[Path, ...] = ()
    failure: str = ""


def run_several(options: ClipsOptions) -> int:
    """Make clips of several sessions, and one pack of all; gives the exit code.

    What goes wrong with one is told, and the others go on. Raises UsageError where what is asked
    for can be of one session alone, and AnnotatorError where nothing can be made of any.
    """
    _require_for_several(options)
    orders = [_Order(path) for path in options["sessions"]]
    _plan(orders, options)
    packed = _Packed()
    if clips := _clips(orders):
        if options["pack"] is not None:
            require_own_folder(options)
            require_pack(clips, pack_wish_of(options))
        _warn(clips)
        if options["dry"]:
            _foresee(orders)
        else:
            packed = _made(orders, options)
    _tell(orders, packed, options)
    return _code(orders, packed)


def _require_for_several(options: ClipsOptions) -> None:
    """Raise UsageError where something is asked for that can be of one session alone."""
    told = ""
    if len({path.resolve() for path in options["sessions"]}) < len(options["sessions"]):
        told = "A session is named twice."
    elif options["reel"] is not None:
        told = "A reel is made of clips of one session: leave out --reel, or name one."
    elif options["listed"] is not None:
        told = "--list holds times of one session: name one."
    elif options["kept"] and set(options["kept"]) != {ALL_KEPT}:
        told = "--kept CLIP names a clip of one session: give --kept alone for all, or name one."
    if told:
        raise click.UsageError(told)
    require_told_apart(options["names"])


@contextmanager
def _tried(one: _Order) -> Iterator[None]:
    """Keep what goes wrong with one session, so that the others go on."""
    try:
        yield
    except CancelledError:
        raise
    except AnnotatorError as error:
        one.failure = str(error)


def _clips(orders: Sequence[_Order]) -> list[SessionClips]:
    """Give the clips of all sessions of which any could be planned."""
    return [one.clips for one in orders if one.clips is not None]


def _plan(orders: Sequence[_Order], options: ClipsOptions) -> None:
    """Read all sessions, and plan the clips of each; no two are called alike."""
    for one in orders:
        with _tried(one):
            one.found = found_at(one.path)
    found = [one.found for one in orders if one.found is not None]
    among, taken = [one.session for one in found], frozenset[str]()
    pairs = [(one.session, one.path) for one in found]
    shared = shared_plans(pairs, view_in(options), options["mask_plans"])
    plans = {one.path: files for one, files in zip(found, shared, strict=True)}
    for one in orders:
        if one.found is None:
            continue
        with _tried(one):
            own: ClipsOptions = {**options, "mask_plans": plans[one.path]}
            wish, planned = planned_of(one.found, own, among, taken)
            made = tuple(map(MadeClip, planned))
            one.clips = SessionClips(one.found.session, one.path, wish, made)
            taken |= {each.name for each in planned}


def _warn(clips: Sequence[SessionClips]) -> None:
    for one in clips:
        unseen = unseen_words(together(each.bare for each in one.planned), names_of(one.session))
        known = warnings_of(one.session, one.path, one.planned, one.wish)
        for warning in (*known, *unseen):
            click.echo(f"{one.path}: {warning}", err=True)


def _foresee(orders: Sequence[_Order]) -> None:
    """Judge all as it is judged when it is made, and write nothing."""
    for one in orders:
        if (clips := one.clips) is not None:
            seen = clips.planned
            with _tried(one):
                seen = foreseen(clips.session, clips.path, seen, clips.wish)
            whys = [why_not(each, clips.wish) or one.failure for each in seen]
            pairs = zip(seen, whys, strict=True)
            made = tuple(MadeClip(each, failure=why) for each, why in pairs)
            one.clips = replace(clips, made=made)


def _made(orders: Sequence[_Order], options: ClipsOptions) -> _Packed:
    share = 1.0 if options["pack"] is None else _SHARE_OF_CLIPS
    count, done = sum(len(one.made) for one in _clips(orders)), 0
    for clips in _clips(orders):
        tell_hindered(clips.planned, clips.wish, of=f"{clips.path}: ")
    with shown_progress() as watcher:
        for one in orders:
            if one.clips is not None:
                end = done + len(one.clips.made)
                part = Part(watcher, share * done / count, share * end / count)
                one.clips, done = _cut(one, one.clips, part), end
        return _pack(orders, options, Part(watcher, share, 1.0))


def _cut(one: _Order, clips: SessionClips, watcher: Progress) -> SessionClips:
    """Make the clips of one session; gives what became of each, in the order of the plan."""
    made: dict[str, MadeClip] = {}
    with _tried(one):
        for each in make_clips(clips.session, clips.path, clips.planned, clips.wish, watcher):
            made[each.planned.name] = each
    why = one.failure
    every = (
        made.get(each.name, MadeClip(each, failure=each.refusal or why)) for each in clips.planned
    )
    return replace(clips, made=tuple(every))


def _pack(orders: Sequence[_Order], options: ClipsOptions, watcher: Progress) -> _Packed:
    """Make the pack that is wished for, if any clip came of it; the clips are there anyway."""
    clips = [one for one in _clips(orders) if one.done]
    if options["pack"] is None or not clips:
        return _Packed()
    try:
        return _Packed(make_pack(clips, pack_wish_of(options), watcher))
    except CancelledError:
        raise
    except AnnotatorError as error:
        return _Packed(failure=str(error))


def _tell(orders: Sequence[_Order], packed: _Packed, options: ClipsOptions) -> None:
    for one in orders:
        if one.failure and one.clips is None:  # else it is told of the clips
            click.echo(f"{one.path}: {one.failure}", err=True)
    if packed.failure:
        click.echo(f"The pack was not made. {packed.failure}", err=True)
    clips = _clips(orders)
    permits = [each.planned.allowed for one in clips for each in one.made]
    if clips and (unused := unused_words(clips[0].wish, permits)):
        click.echo(unused, err=True)
    if options["as_json"]:
        pack = {"files": [str(path) for path in packed.files], "failure": packed.failure}
        write_json({"sessions": [_session_tree(one) for one in orders], "pack": pack})
        return
    for part in clips:
        _tell_session(part, dry=options["dry"])
    for written in packed.files:
        click.echo(f"Wrote {written}")


def _tell_session(one: SessionClips, *, dry: bool) -> None:
    of = f"{one.path}: "
    told = [each for each in one.made if dry or not hindrance_of(each.planned, one.wish)]
    tell(told, dry=dry, of=of)  # what cannot be made was told before
    if sure := sound_told(one.session, one.planned, one.wish):
        click.echo(of.rstrip())
        tell_sureness(sure)


def _session_tree(one: _Order) -> dict[str, object]:
    """Give what became of the clips of a session, as JSON tells it."""
    clips = one.clips
    return {
        "session": str(one.path),
        "code": "" if one.found is None else session_code(one.found.session),
        "failure": one.failure,
        "clips": [] if clips is None else [tree(each, clips.wish) for each in clips.made],
    }


def _code(orders: Sequence[_Order], packed: _Packed) -> int:
    made = [each for one in _clips(orders) for each in one.made]
    failed = any(each.failure and not each.planned.refusal for each in made)
    if failed or packed.failure or any(one.failure for one in orders):
        return FAILED
    return REFUSED if any(each.planned.refusal for each in made) else 0
