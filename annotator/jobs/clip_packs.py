"""From clips that were made to a pack to teach from: pages, captions and packages."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.errors import MediaError
from annotator.jobs.clip_keeping import manifest_places
from annotator.jobs.clip_pack_keeping import Package, PackageKeeper
from annotator.jobs.clip_rejudging import still_allowed
from annotator.jobs.clip_wishes import MadeClip, PlannedClip, SessionClips
from annotator.jobs.clip_words import pack_texts
from annotator.jobs.clips import found_captions
from annotator.jobs.packing import keep_folder
from annotator.jobs.progress import Part, Progress
from annotator.media.png import encode_png
from annotator.media.video import open_video
from annotator.model import Session
from annotator.model.clip import Clip
from annotator.model.clipping import Stretch
from annotator.model.consent_rules import NARROWEST
from annotator.model.participant import ConsentScope, Mask, ParticipantRole
from annotator.model.telling import is_name, require_nameless, session_code
from annotator.model.time import Micros
from annotator.storage.placing import require_free

if TYPE_CHECKING:
    from annotator.reports.packs.pack import Mark, Pack, PackClip, PackFile, Row


_ROLES = {"", *(role.value for role in ParticipantRole)}
_ENDINGS = {Package.ZIP: ".zip", Package.SCORM: "-scorm.zip"}


@dataclass(frozen=True, slots=True)
class PackWish:
    """What is said about all clips of a pack, and what it is made as beside its folder."""

    title: str
    level: ConsentScope
    made: str
    packages: frozenset[Package] = frozenset()


def make_pack(
    parts: Sequence[SessionClips], pack_wish: PackWish, watcher: Progress
) -> tuple[Path, ...]:
    """Make the pack that is wished for of clips that were made; gives folder and packages.

    Clips of several sessions come in their order. Each package is hashed, stands in the export log
    of each session and has its manifests beside it. Nothing that is there is written over. Raises
    StorageError where something cannot be written, AnnotatorError where a package cannot hold a
    clip, RefusedError where what is written about the clips tells a name or where a session does
    not allow them any more, and CancelledError; what was finished by then is whole.
    """
    folder = parts[0].wish.pack
    if folder is None:
        return ()
    require_pack(parts, pack_wish)
    done = [one for one in parts if one.done]
    now = [still_allowed(one) for one in done]
    pairs = zip(now, done, strict=True)  # told as it was when it was checked for names
    pack = _pack([replace(one, session=before.session) for one, before in pairs], pack_wish)
    keeper = PackageKeeper(now)
    written: list[Path] = []
    count = 1 + len(pack_wish.packages)
    folders = import_module("annotator.reports.packs.folder")  # jinja2 loads with it
    files = folders.pack_files(pack)
    written.append(keep_folder(files, folder, Part(watcher, 0, 1 / count)))
    for number, package in enumerate(sorted(pack_wish.packages), 1):
        part = Part(watcher, number / count, (number + 1) / count)
        for place, files in _packages(pack, package, folder):
            written.append(keeper.kept(files, place, package, part))
    return tuple(written)


def require_pack(parts: Sequence[SessionClips], wish: PackWish) -> None:
    """See to it before clips are made that a pack can be made of them.

    Raises StorageError where something is there already, and RefusedError where what is written
    about the clips tells a name.
    """
    require_unnamed(parts, wish)
    folder = parts[0].wish.pack
    if folder is None:
        return
    require_free(folder)
    for package, ending in _ENDINGS.items():
        if package in wish.packages:
            place = folder.with_name(folder.name + ending)
            require_free(place)
            for one in manifest_places(place, [part.session for part in parts]):
                require_free(one)


def require_unnamed(parts: Sequence[SessionClips], wish: PackWish) -> None:
    """See to it that nothing which is written about clips tells a name.

    That of the clips of one session may not tell a name of another either. Raises RefusedError.
    """
    folder = parts[0].wish.pack
    told = [wish.title, *([] if folder is None else [folder.name])]
    for part in parts:
        told += pack_texts(part.session, (one.stretch for one in part.planned))
    masked = {name for part in parts for one in part.planned for name in one.sound.names.wish.said}
    for part in parts:
        require_nameless(part.session, wish.level, told, sorted(masked))


def _packages(
    pack: Pack, package: Package, folder: Path
) -> Iterator[tuple[Path, Sequence[PackFile]]]:
    """Yield where each file of a package goes, and what it holds."""
    place = folder.with_name(folder.name + _ENDINGS.get(package, ""))
    if package is Package.ZIP:
        yield place, import_module("annotator.reports.packs.folder").pack_files(pack)
    elif package is Package.SCORM:
        yield place, import_module("annotator.reports.packs.scorm").scorm_files(pack)
    else:
        for one in import_module("annotator.reports.packs.h5p").h5p_packages(pack):
            yield folder.with_name(f"{folder.name}-{one.name}"), one.files


def _pack(parts: Sequence[SessionClips], wish: PackWish) -> Pack:
    packs = import_module("annotator.reports.packs.pack")
    made = [(part.session, one) for part in parts for one in part.done]
    ends = [one.planned.judgement.delete_by for _, one in made]
    spoken = {one.transcripts[-1].language for one, _ in made if one.transcripts}
    pack: Pack = packs.Pack(
        wish.title,
        tuple(_clip(session, one, number, wish) for number, (session, one) in enumerate(made, 1)),
        language=spoken.pop() if len(spoken) == 1 else "",
        made=wish.made,
        level=wish.level.told,
        delete_by=min(filter(None, ends), default=""),
    )
    return pack


def _clip(session: Session, one: MadeClip, number: int, wish: PackWish) -> PackClip:
    packs = import_module("annotator.reports.packs.pack")
    marks = tuple(_marks(session, one.planned.stretch.tags))
    rows = tuple(_rows(session, one))
    code, label = _therapist(session)
    made: PackClip = packs.PackClip(
        _told(one.planned.stretch, marks, number),
        one.files[0],
        poster=_poster(one.files[0]),
        captions=rows,
        transcript=rows,
        marks=marks,
        session_code=session_code(session),
        therapist=code,
        level=wish.level.told,
        expiry=one.planned.judgement.delete_by,
        masked=_masked(one.planned),
        therapist_name=label if wish.level is NARROWEST else "",
    )
    return made


def _masked(one: PlannedClip) -> str:
    """Say what is masked without saying whose."""
    words = {Mask.FACES: f"{Mask.FACES.value}{one.bare.told}"}
    return ", ".join(words.get(mask, mask.value) for mask in sorted(one.masks))


def _therapist(session: Session) -> tuple[str, str]:
    """Give the code of the one therapist, never a name nor no more than the role, and the label.

    Both are empty where there is none, or more than one.
    """
    therapists = [one for one in session.participants if one.role is ParticipantRole.THERAPIST]
    if len(therapists) != 1:
        return "", ""
    told = (therapists[0].label, therapists[0].id)
    codes = (one for one in told if not is_name(one) and one.casefold() not in _ROLES)
    return next(codes, ""), therapists[0].label


def _told(stretch: Stretch, marks: Sequence[Mark], number: int) -> Clip:
    """Give a clip as its pack tells it, with the bounds to which it was cut."""
    span = stretch.interval
    labels = ", ".join(dict.fromkeys(mark.label for mark in marks))
    kept = stretch.clip or Clip("", span.start, span.end)
    title = kept.title or labels or f"Clip {number}"
    return replace(kept, id=f"clip-{number}", start=span.start, end=span.end, title=title)


def _marks(session: Session, wanted: Collection[str]) -> Iterator[Mark]:
    packs = import_module("annotator.reports.packs.pack")
    names = {code.id: code.name for code in session.codebook.codes}
    tags = (tag for one in session.passes for tag in one.tags if tag.id in wanted)
    seen: set[tuple[Micros, str]] = set()
    for tag in sorted(tags, key=lambda tag: (tag.start, tag.id)):
        label = names.get(tag.code, tag.code)
        if (tag.start, label) not in seen:  # two coders say the same
            seen.add((tag.start, label))
            yield packs.Mark(tag.start, label)


def _rows(session: Session, one: MadeClip) -> Iterator[Row]:
    packs = import_module("annotator.reports.packs.pack")
    start = one.planned.stretch.interval.start
    for caption in found_captions(session, one.planned):
        ends = Micros(start + caption.start), Micros(start + caption.end)
        yield packs.Row(*ends, caption.speaker, caption.text)


def _poster(path: Path) -> bytes | None:
    """Take the first picture of a clip as it was written, masks and all; None for sound."""
    try:
        with open_video(path) as video:
            return encode_png(video.frame(0).to_rgb())
    except MediaError:
        return None
