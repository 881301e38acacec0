"""Puts packages of a pack in their place: logged and hashed, their manifest beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from annotator.jobs.clip_keeping import Finished, keep
from annotator.jobs.clip_planning import permit_together
from annotator.jobs.clip_wishes import ClipsWish, MadeClip
from annotator.jobs.packing import keep_zip
from annotator.jobs.progress import Progress
from annotator.model import Session
from annotator.reports.packs.pack import PackFile
from annotator.storage.leftovers import staging_folder


class Package(StrEnum):
    """What a pack can be made as beside its folder."""

    ZIP = "zip"
    H5P = "h5p"
    SCORM = "scorm"


@dataclass(frozen=True, slots=True)
class PackageKeeper:
    """Writes packages of clips that were made, by what the session says now."""

    session: Session
    session_path: Path
    wish: ClipsWish
    made: Sequence[MadeClip]

    def kept(
        self, files: Sequence[PackFile], place: Path, package: Package, watcher: Progress
    ) -> Path:
        """Write a package, log it and put it in its place; gives that.

        Raises StorageError where that cannot be, RefusedError, and CancelledError; nothing is
        left there then.
        """
        clips = [one.planned for one in self.made]
        allowed = permit_together(self.session, clips, self.wish)
        sources = {file.name: file for one in self.made for file in one.sources}
        with staging_folder(place.absolute().parent) as hidden:
            finished = Finished(
                keep_zip(files, hidden / place.name, watcher),
                place,
                allowed,
                tuple(one.stretch.interval for one in clips),
                None,
                {"form": package.value, "clips": str(len(clips))},
                tuple(sources.values()),
                tuple(one.seen for one in clips),
            )
            return keep(self.session, self.session_path, self.wish, finished)[0]
