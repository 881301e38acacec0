"""The lines of an export log: what they say, and whether each follows from the one before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from hashlib import sha256

from annotator.model.export_record import ExportRecord, Logged
from annotator.storage.codec_export import RECORD
from annotator.storage.codec_text import read_json, to_bytes, write_compact
from annotator.storage.faults import FormatError

_HEAD, _SUM = b'{"hash":"', 64
_LEAST_HASH = 8  # signs of a hash that are enough to find a file by
_REMEMBERED = 4096  # lines that are not taken apart again


@dataclass(frozen=True, slots=True)
class ExportLog:
    """What a log holds: exports in order of writing, and what is wrong with it, a line each.

    `last_hash` is the hash of the last line, empty where there is none; `hashes` are those of all
    lines, empty for one that cannot be read. `notes` tell where the log came from, `elsewhere`
    which logs of other names were read along, a sentence or two each.
    """

    exports: tuple[Logged, ...] = ()
    faults: tuple[str, ...] = ()
    last_hash: str = ""
    hashes: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()

    def find(self, text: str) -> tuple[Logged, ...]:
        """Find exports by their id, a file's name, or the first eight signs or more of its hash."""
        wanted = text.casefold()
        is_hash = len(wanted) >= _LEAST_HASH
        return tuple(
            one
            for one in self.exports
            if one.record.id == text
            or any(
                file.name.casefold() == wanted or (is_hash and file.sha256.startswith(wanted))
                for file in one.record.results
            )
        )

    def code_of(self, who: str) -> str:
        """Give the code that stands for a person in manifests, a new one for somebody new."""
        codes = {one.record.who: one.code for one in reversed(self.exports)}
        taken = {one.code for one in self.exports}
        number = len(codes) + 1
        while f"E{number}" in taken:
            number += 1
        return codes.get(who) or f"E{number}"


@dataclass(frozen=True, slots=True)
class _Said:
    """What a line says, and the export that it tells of where it tells of one."""

    found: Mapping[str, object]
    record: ExportRecord | None


class _Reading:
    """A log that is being read, line by line."""

    def __init__(self) -> None:
        self.exports: list[Logged] = []
        self.faults: list[str] = []
        self.notes: list[str] = []
        self.hashes: list[str] = []
        self.last = ""

    def take(self, line: bytes, number: int, *, is_last: bool) -> None:
        """Read one line, noting what is wrong with it."""
        said = _said(line)
        if said is None:
            what = "was never finished" if is_last else "cannot be read"
            self.faults.append(f"Line {number} {what}; what it was to say is lost.")
            self.hashes.append("")
            return
        own = line[len(_HEAD) : len(_HEAD) + _SUM].decode("ascii", "replace")
        if own != _chained(self.last, line[len(_HEAD) + _SUM :]):
            self.faults.append(
                f"Line {number} does not follow from the one before it: "
                "the log was changed after it was written."
            )
        self.last = own
        self.hashes.append(own)
        if not self._heed(said, number):
            self.faults.append(f"Line {number} says something that this program does not know.")

    def _heed(self, said: _Said, number: int) -> bool:
        match said.found:
            case {"event": "exported", "code": str() as code, "export": dict()}:
                if said.record is None:
                    return False
                self.exports.append(Logged(said.record, code, number))
            case {"event": "given_up", "export": str() as export_id, "when": str() as when}:
                self._change(export_id, given_up=when)
            case {"event": "recalled", "export": str() as export_id, "when": str() as when}:
                self._change(export_id, recalled=when)
            case {"event": "copied", "from": str() as source, "when": str() as when}:
                self.notes.append(_copied(source, when, said.found.get("aside")))
            case {"event": "noticed", "what": str() as what}:
                self.faults.append(what)
            case _:
                return False
        return True

    def _change(self, export_id: str, *, given_up: str = "", recalled: str = "") -> None:
        for index, one in enumerate(self.exports):
            if one.record.id == export_id:
                self.exports[index] = replace(
                    one, given_up=given_up or one.given_up, recalled=recalled or one.recalled
                )


def parse_log(data: bytes) -> ExportLog:
    """Read the bytes of a log; what cannot be read is told among its faults."""
    *lines, rest = data.split(b"\n")
    reading = _Reading()
    for number, line in enumerate(lines, 1):
        reading.take(line, number, is_last=False)
    if rest:
        reading.take(rest, len(lines) + 1, is_last=True)
    return ExportLog(
        tuple(reading.exports),
        tuple(reading.faults),
        reading.last,
        tuple(reading.hashes),
        tuple(reading.notes),
    )


def _copied(source: str, when: str, aside: object) -> str:
    """Say that a log went along when its session was saved elsewhere."""
    told = (
        f"This log went along from {source} on {when[:10]}, when the session was saved here. "
        "What is exported at the old place since stands in the log there."
    )
    return f"{told} The log that was here before is kept as {aside}." if aside else told


@lru_cache(maxsize=_REMEMBERED)
def _said(line: bytes) -> _Said | None:
    """Take a line apart; None where it is no whole line of ours.

    Each export reads the whole log, whose lines never change: what one said is remembered.
    """
    found = _payload(line)
    if found is None:
        return None
    match found:
        case {"event": "exported", "export": dict() as raw}:
            return _Said(found, RECORD.read(raw, "export", []))
    return _Said(found, None)


def _payload(line: bytes) -> Mapping[str, object] | None:
    """Give the object of a line; None where it is no whole line of ours."""
    if not line.startswith(_HEAD):
        return None
    try:
        found = read_json(line)
    except FormatError:
        return None
    return found if isinstance(found, dict) else None


def _chained(previous: str, rest: bytes) -> str:
    return sha256(previous.encode() + b"\n" + rest).hexdigest()


def log_line(previous: str, payload: Mapping[str, object]) -> bytes:
    """Write a line that follows the one of that hash, empty for the first; ends with a break."""
    rest = b'",' + to_bytes(write_compact(payload))[1:]
    return _HEAD + _chained(previous, rest).encode() + rest + b"\n"
