"""Clips as H5P Interactive Videos: one package a clip, its questions stopping the film."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from html import escape
from pathlib import PurePosixPath

from annotator.errors import AnnotatorError
from annotator.reports.packs.pack import Pack, PackClip, PackFile
from annotator.reports.packs.views import FILMS, ClipView, PackView, view_of
from annotator.reports.packs.words import UNDETERMINED, as_vtt

INTERACTIVE_VIDEO = ("H5P.InteractiveVideo", 1, 28)
_TEXT = ("H5P.Text", 1, 1)
_SUMMARY = ("H5P.Summary", 1, 10)
LIBRARIES = (
    INTERACTIVE_VIDEO,
    ("H5P.Video", 1, 6),
    ("H5P.DragNBar", 1, 5),
    ("H5P.Components", 1, 0),
    ("FontAwesome", 4, 5),
    ("jQuery.ui", 1, 10),
    _TEXT,
    _SUMMARY,
)
"""The libraries that a site must have, with major and minor version; a package brings none."""

_STAYS = 0.1
"""Seconds of film over which a question stays once the film goes on; the player adds one."""

_BEFORE_THE_END = 0.3
"""Seconds before the end at which the question after the film is asked: at the end none is."""

_PLACE = {"x": 8, "y": 12, "width": 33.6, "height": 13}
"""Where a question lies: per cent from the left and top, then em of which a film is 40 wide."""

_IDS = uuid.UUID("6f0f54f2-3d1c-4c39-9a50-8a8c0b8c8f57")


@dataclass(frozen=True, slots=True)
class H5pPackage:
    """The files of one clip's package, for a zip of that name."""

    name: str
    files: tuple[PackFile, ...]


def h5p_packages(pack: Pack) -> tuple[H5pPackage, ...]:
    """Give a package for each clip of a pack.

    Raises AnnotatorError where a clip is sound only, which Interactive Video cannot show.
    """
    view = view_of(pack)
    return tuple(
        H5pPackage(f"clip-{shown.number:02d}.h5p", _files(one, shown, view))
        for one, shown in zip(pack.clips, view.clips, strict=True)
    )


def _files(one: PackClip, shown: ClipView, view: PackView) -> tuple[PackFile, ...]:
    if one.media.suffix.lower() not in FILMS:
        raise AnnotatorError(
            f"Clip {shown.number} is sound only, which H5P Interactive Video cannot show.",
            "Leave it out, or make a folder instead.",
        )
    files = [
        PackFile("h5p.json", _json(_about(shown, view))),
        PackFile("content/content.json", _json(_content(shown, view))),
        PackFile(f"content/{_inside('videos', shown.media)}", one.media),
    ]
    if one.poster:
        files.append(PackFile(f"content/{_inside('images', shown.poster)}", one.poster))
    if shown.vtt:
        files.append(PackFile(f"content/{_inside('files', shown.vtt)}", as_vtt(shown.captions)))
    return tuple(files)


def _inside(folder: str, name: str) -> str:
    return f"{folder}/{PurePosixPath(name).name}"


def _json(tree: object) -> bytes:
    return (json.dumps(tree, indent=1, allow_nan=False) + "\n").encode("ascii")


def _about(shown: ClipView, view: PackView) -> dict[str, object]:
    about: dict[str, object] = {
        "title": shown.title,
        "language": view.language.split("-", maxsplit=1)[0],
        "mainLibrary": INTERACTIVE_VIDEO[0],
        "embedTypes": ["iframe"],
        "license": "U",
        "preloadedDependencies": [
            {"machineName": name, "majorVersion": major, "minorVersion": minor}
            for name, major, minor in LIBRARIES
        ],
    }
    lasting = f"Delete by {view.delete_by}." if view.delete_by else ""
    scope = f"For {view.level} only." if view.level else ""
    extras = "\n".join(filter(None, (scope, lasting)))
    return {**about, "licenseExtras": extras[:5000]} if extras else about


def _content(shown: ClipView, view: PackView) -> dict[str, object]:
    return {
        "interactiveVideo": {
            "video": _video(shown, view),
            "assets": {
                "interactions": _interactions(shown, view),
                "bookmarks": [
                    {"time": mark.at, "label": escape(mark.text)} for mark in shown.marks
                ],
                "endscreens": [{"time": shown.length, "label": f"{shown.length_clock} End"}],
            },
            "summary": {"task": {"library": _library(_SUMMARY), "params": {}}, "displayAt": 3},
        },
        "override": {
            "autoplay": False,
            "loop": False,
            "hasNoAutoPause": False,
            "showBookmarksmenuOnLoad": bool(shown.marks),
            "showRewind10": True,
            "preventSkippingMode": "none",
            "deactivateSound": False,
        },
    }


def _video(shown: ClipView, view: PackView) -> dict[str, object]:
    opening: dict[str, object] = {"title": escape(shown.title), "hideStartTitle": False}
    if shown.aim:
        opening["shortStartDescription"] = escape(" ".join(shown.aim.split()))
    if shown.poster and not shown.warning:
        mime = "image/png" if shown.poster.endswith(".png") else "image/jpeg"
        opening["poster"] = {"path": _inside("images", shown.poster), "mime": mime}
    tracks = []
    if shown.vtt:
        language = "en" if view.language == UNDETERMINED else view.language
        file = {"path": _inside("files", shown.vtt), "mime": "text/vtt"}
        tracks = [{"label": "Captions", "kind": "captions", "srcLang": language, "track": file}]
    return {
        "files": [{"path": _inside("videos", shown.media), "mime": shown.mime}],
        "startScreenOptions": opening,
        "textTracks": {"videoTrack": tracks},
    }


def _interactions(shown: ClipView, view: PackView) -> list[dict[str, object]]:
    """Give what stops the film.

    What is said at one moment stands in one text, so that none hides, under a heading each.
    """
    end = max(0.0, shown.length - _BEFORE_THE_END)
    said = [(0.0, "May distress", shown.warning), (0.0, "Before you watch", shown.before)]
    said += [(stop.at, f"Stop at {stop.clock}", stop.text or "…") for stop in shown.stops]
    said += [(end, "After the film", shown.after)]
    moments: dict[float, list[tuple[str, str]]] = {}
    for at, head, text in said:
        if text:
            moments.setdefault(at, []).append((head, text))
    return [
        _interaction(at, texts, shown, f"{view.title}/{shown.number}/{at}")
        for at, texts in sorted(moments.items())
    ]


def _interaction(
    at: float, texts: list[tuple[str, str]], shown: ClipView, key: str
) -> dict[str, object]:
    said: dict[str, list[str]] = {}
    for head, text in texts:
        said.setdefault(head, [f"<p><strong>{escape(head)}</strong></p>\n"])
        said[head].append(f"<p>{_broken(text)}</p>\n")
    paragraphs = (one for each in said.values() for one in each)
    return {
        **_PLACE,
        "duration": {"from": at, "to": min(shown.length, round(at + _STAYS, 6))},
        "pause": True,
        "displayType": "poster",
        "buttonOnMobile": False,
        "libraryTitle": "Text",
        "label": "",
        "action": {
            "library": _library(_TEXT),
            "params": {"text": "".join(paragraphs)},
            "subContentId": str(uuid.uuid5(_IDS, key)),
            "metadata": {"contentType": "Text", "license": "U", "title": ", ".join(said)},
        },
        "visuals": {"backgroundColor": "rgb(255, 255, 255)", "boxShadow": True},
        "goto": {"visualize": False},
    }


def _broken(text: str) -> str:
    return "<br>".join(escape(line) for line in text.split("\n"))


def _library(one: tuple[str, int, int]) -> str:
    name, major, minor = one
    return f"{name} {major}.{minor}"
