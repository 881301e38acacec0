"""Holds the files of clips, their manifests and the log of exports against one another."""

from __future__ import annotations

import json
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from annotator.jobs.clip_wishes import MadeClip
from annotator.media import open_video
from annotator.storage.export_log import read_log

MANIFEST = ".manifest.json"


def digest(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()


def clips_in(folder: Path) -> list[Path]:
    """List the clips of a folder, which may not be there at all."""
    every = [*folder.iterdir()] if folder.is_dir() else []
    return sorted(one for one in every if one.suffix not in (".json", ".vtt"))


def require_truth(folder: Path, session: Path, made: Iterable[MadeClip]) -> None:
    """See to it that nothing is half done, and that what was told of it is so.

    Each clip that is there is whole, has its manifest and its line in the log by the same hash;
    each line that was not taken back has its clip; nothing else is in the folder.
    """
    there = clips_in(folder)
    names = {one.name for one in there}
    hidden = [one for one in names if one.startswith(".")]
    assert not hidden
    if folder.is_dir():
        manifests = {one.name.removesuffix(MANIFEST) for one in folder.glob(f"*{MANIFEST}")}
        assert manifests == names
    logged = read_log(session)
    assert not logged.faults
    kept = {one.record.results[0].name: one for one in logged.exports if not one.given_up}
    assert set(kept) == names
    for path in there:
        manifest = json.loads(path.with_name(path.name + MANIFEST).read_text(encoding="utf-8"))
        assert manifest["id"] == kept[path.name].record.id
        assert manifest["results"][0]["sha256"] == digest(path)
        assert kept[path.name].record.results[0].sha256 == digest(path)
    _require_told(names, made)


def _require_told(names: set[str], made: Iterable[MadeClip]) -> None:
    for one in made:
        assert bool(one.files) == (not one.failure)
        assert (one.planned.name in names) == bool(one.files)
        for path in one.files:
            assert path.exists()


def require_whole(path: Path, frames: int) -> None:
    """See to it that a clip has so many frames, all of which can be decoded."""
    with open_video(path) as video:
        assert len(video.frame_times) == frames
        for at in range(frames):
            assert not video.frame(at).is_damaged
