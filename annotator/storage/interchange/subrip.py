"""SubRip (SRT), which nobody has described and everybody writes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from annotator.model.transcript import Cue, Transcript
from annotator.storage.interchange.clock import Timing, read_timing, to_stamp
from annotator.storage.interchange.cue_blocks import Block, blocks, is_number
from annotator.storage.interchange.cue_making import Draft, Line, make_cues
from annotator.storage.interchange.interface import ReadCues, TranscriptFormat
from annotator.storage.interchange.json_reading import members
from annotator.storage.interchange.nothing import NO_EXTRA
from annotator.storage.interchange.report import Notes, excerpt
from annotator.storage.interchange.speakers import Labels

_ID, _MARK = "subrip", ","
_STYLE = re.compile(r"</?(?:i|b|u|s|font)(?:\s[^<>\n]*)?>|\{\\[^{}\n]*\}", re.IGNORECASE)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_ENTITY = re.compile(r"&(amp|lt|gt|nbsp|quot|#39|#123);")
_MEANT = {
    "amp": "&",
    "lt": "<",
    "gt": ">",
    "nbsp": "\N{NO-BREAK SPACE}",
    "quot": '"',
    "#39": "'",
    "#123": "{",
}


def _claims(lines: Sequence[str]) -> bool:
    filled = [line for line in lines[:50] if line.strip()][:3]
    return bool(filled) and any(_timing(line) for line in filled[:2])


def _timing(line: str) -> Timing | None:
    return read_timing(line, _MARK, hours=True)


def _read(lines: Sequence[str], notes: Notes) -> ReadCues:
    drafts = list(drafts_of(lines, notes))
    return ReadCues(make_cues(drafts, notes), len(drafts))


def drafts_of(lines: Sequence[str], notes: Notes) -> Iterator[Draft]:
    """Read the cues of a file as they stand in it, with nobody told apart from what is said."""
    last: Block | None = None
    number: Block | None = None
    for block in blocks(lines, _timing, notes):
        if block.timing is None:
            _take_text(number, last, notes)
            number = block
            continue
        if number is not None and not block.label and _is_bare_number(number):
            notes.repaired("there was an empty line below the number of a cue", number.line)
            number = None
        _take_text(number, last, notes)
        number = None
        if last is not None:
            yield _draft(last, notes)
        last = block
    _take_text(number, last, notes)
    if last is not None:
        yield _draft(last, notes)


def _is_bare_number(block: Block) -> bool:
    return len(block.texts) == 1 and is_number(block.texts[0])


def _take_text(block: Block | None, above: Block | None, notes: Notes) -> None:
    """Add text that stands below an empty line to the cue above."""
    if block is None:
        return
    if above is not None:
        notes.repaired("text below an empty line was added to the cue above", block.line)
        above.texts += block.texts
    else:
        told = f"there is text above the first cue: {excerpt(' '.join(block.texts))}"
        notes.not_carried(told, block.line)


def _draft(block: Block, notes: Notes) -> Draft:
    payload = "\n".join(block.texts)
    timing = block.timing or Timing(None, None, "")
    kept: dict[str, object] = {"position": timing.rest} if timing.rest else {}
    if block.label and not is_number(block.label):
        kept["label"] = block.label
    if _STYLE.search(payload):
        kept["payload"] = payload
        notes.noticed("styles are kept for writing SRT again, and not shown", block.line)
    return Draft(block.line, timing, _lines(payload), {_ID: kept} if kept else NO_EXTRA)


def _lines(payload: str) -> list[Line]:
    plain = _STYLE.sub("", _BREAK.sub("\n", payload))
    meant = _ENTITY.sub(lambda match: _MEANT[match[1]], plain)
    return [Line(line) for line in meant.split("\n")]


def _write(transcript: Transcript, notes: Notes) -> str:
    labelled = [_payload(cue, "{}: ") for cue in transcript.cues]
    labels = Labels.found_in(line for text in labelled for line in text.split("\n"))
    written = [
        _written(number, cue, _text(cue, labels, notes))
        for number, cue in enumerate(transcript.cues, 1)
    ]
    return "\n\n".join(written) + "\n"


def _text(cue: Cue, labels: Labels, notes: Notes) -> str:
    payload = members(cue.extra.get(_ID)).get("payload")
    if isinstance(payload, str):
        bare = make_cues([Draft(1, Timing(cue.start, cue.end, ""), _lines(payload))], Notes())
        if [(one.speaker, one.text) for one in bare] == [(cue.speaker, cue.text)]:
            return payload
        notes.not_carried("styles of a changed cue", f"cue at {to_stamp(cue.start, _MARK)}")
    is_known = cue.speaker in labels.known
    return _payload(cue, "{}: " if is_known else "[{}]: ")


def _payload(cue: Cue, label: str) -> str:
    text = (label.format(cue.speaker) if cue.speaker else "") + cue.text
    return "\n".join(_escaped(line) for line in text.split("\n"))


def _escaped(line: str) -> str:
    """Write a line so that nothing in it is taken for a tag, an entity or a line of times."""
    line = _ENTITY.sub(lambda match: f"&amp;{match[0][1:]}", line)
    line = _STYLE.sub(_without_head, _BREAK.sub(_without_head, line))
    return line.replace(">", "&gt;") if _timing(line) else line


def _without_head(match: re.Match[str]) -> str:
    head = "&lt;" if match[0].startswith("<") else "&#123;"
    return head + match[0][1:]


def _written(number: int, cue: Cue, text: str) -> str:
    position = " ".join(str(members(cue.extra.get(_ID)).get("position", "")).split())
    times = f"{to_stamp(cue.start, _MARK)} --> {to_stamp(cue.end, _MARK)} {position}".rstrip()
    return f"{number}\n{times}\n{text}"


SUBRIP = TranscriptFormat(
    id=_ID,
    title="SubRip (SRT)",
    suffixes=(".srt",),
    claims=_claims,
    read=_read,
    write=_write,
    loses=(
        "which participant speaks; the label of the speaker is written before a colon",
        "the times of single words",
        "times below a millisecond",
        "the language",
    ),
)
