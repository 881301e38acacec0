"""The JSON shape of the clips that a session keeps."""

from __future__ import annotations

from annotator.model.clip import Clip, Pause
from annotator.model.rules import Problem
from annotator.storage.codec_text import joined
from annotator.storage.codec_values import ID, TEXT, TIME, Field, Kind, Problems, Shape, list_of

_PAUSE = Shape(Pause, (Field("time", TIME, required=True), Field("question", TEXT)))
_CLIP = Shape(
    Clip,
    (
        Field("id", ID, required=True),
        Field("start", TIME, required=True),
        Field("end", TIME, required=True),
        Field("title", TEXT),
        Field("notes", TEXT),
        Field("aim", TEXT),
        Field("question_before", TEXT),
        Field("question_after", TEXT),
        Field("pauses", list_of(_PAUSE.kind)),
        Field("warning", TEXT),
        Field("tags", list_of(ID)),
    ),
)


def read_clip(raw: object, path: str, problems: Problems) -> Clip | None:
    """Read a clip, noting each problem with its path; None where there was any."""
    before = len(problems)
    if isinstance(raw, dict) and raw.get("start") is not None and raw.get("end") is not None:
        seen: Problems = []
        start, end = (TIME.read(raw[key], joined(path, key), seen) for key in ("start", "end"))
        if not seen and isinstance(start, int) and isinstance(end, int) and end <= start:
            problems.append(Problem(joined(path, "end"), "this is not after the start"))
    return _CLIP.read(raw, path, problems) if len(problems) == before else None


CLIP = Kind(read_clip, _CLIP.write)
