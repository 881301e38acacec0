"""Puts packages of a pack in their place: logged and hashed, their manifest beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from annotator.jobs.clip_keeping import Finished, Share, keep_shared
from annotator.jobs.clip_planning import permit_together
from annotator.jobs.clip_wishes import SessionClips
from annotator.jobs.packing import keep_zip
from annotator.jobs.progress import Progress
from annotator.model.disclosure import Permit
from annotator.reports.packs.pack import PackFile
from annotator.storage.leftovers import staging_folder


class Package(StrEnum):
    """What a pack can be made as beside its folder."""

    ZIP = "zip"
    H5P = "h5p"
    SCORM = "scorm"


@dataclass(frozen=True, slots=True)
class PackageKeeper:
    """Writes packages of clips that were made, by what each of their sessions says now."""

    parts: Sequence[SessionClips]

    def kept(
        self, files: Sequence[PackFile], place: Path, package: Package, watcher: Progress
    ) -> Path:
        """Write a package, log it for each session and put it in its place; gives that.

        Raises StorageError where that cannot be, RefusedError, and CancelledError; nothing is
        left there then.
        """
        permits = [permit_together(one.session, one.planned, one.wish) for one in self.parts]
        with staging_folder(place.absolute().parent) as hidden:
            made = keep_zip(files, hidden / place.name, watcher)
            shares = [
                Share(
                    one.session,
                    one.path,
                    one.wish,
                    _finished(one, (made, place), allowed, package),
                )
                for one, allowed in zip(self.parts, permits, strict=True)
            ]
            return keep_shared(shares)[0]


def _finished(
    one: SessionClips, paths: tuple[Path, Path], allowed: Permit, package: Package
) -> Finished:
    """Give what a package shows of a session; `paths` are where it was made and where it goes."""
    sources = {file.name: file for each in one.made for file in each.sources}
    made, place = paths
    return Finished(
        made,
        place,
        allowed,
        tuple(each.stretch.interval for each in one.planned),
        None,
        {"form": package.value, "clips": str(len(one.made))},
        tuple(sources.values()),
        tuple(each.seen for each in one.planned),
    )
