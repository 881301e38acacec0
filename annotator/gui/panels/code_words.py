"""What a code's button says to those who look closer or listen."""

from __future__ import annotations

from html import escape

from annotator.model.codebook import Code, CodeKind, Speaker
from annotator.model.time import SECOND, Micros

KIND_WORDS = {
    CodeKind.POINT: "Marks a moment: press once.",
    CodeKind.SPAN: "Marks a stretch: press at its start and again at its end.",
}
SPEAKER_WORDS = {
    Speaker.THERAPIST: "Of the therapist.",
    Speaker.CLIENT: "Of the client.",
    Speaker.DYAD: "Of both together.",
    Speaker.NONE: "",
}


def elapsed_text(start: Micros, position: Micros) -> str:
    """Write how long a stretch has run, as `0:04.2`, rounded down; the order does not matter."""
    minutes, rest = divmod(abs(position - start), 60 * SECOND)
    seconds, micros = divmod(rest, SECOND)
    return f"{minutes}:{seconds:02d}.{micros // 100_000}"


def code_tip(code: Code) -> str:
    """Write a code's full meaning, with its name and key, as rich text of a readable width."""
    rows = _rows([f"<b>{escape(code.name)}</b>{_key_part(code)}"]) + code_meaning(code)
    return f"<table width='320'><tr><td>{rows}</td></tr></table>"


def code_meaning(code: Code) -> str:
    """Write what a code means as rich text: definition, examples, what it marks and of whom."""
    lines = [escape(text) for text in (code.definition,) if text]
    lines += [f"<i>{head}:</i> {escape(text)}" for head, text in _examples(code)]
    return _rows([*lines, escape(_kind_and_speaker(code))])


def code_description(code: Code) -> str:
    """Write a code's full meaning as plain text, for screen readers."""
    parts = [code.definition, *(f"{head}: {text}" for head, text in _examples(code))]
    key = f"Key {code.key}." if code.key else "No key."
    return " ".join(part for part in (*parts, _kind_and_speaker(code), key) if part)


def code_spoken(code: Code, count: int, running: str) -> str:
    """Say what a button shows: name, running time (empty where it does not run) and count."""
    tags = "1 tag" if count == 1 else f"{count} tags"
    return ", ".join(part for part in (code.name, running, tags) if part)


def _rows(lines: list[str]) -> str:
    return "".join(f"<p style='margin:0 0 6px 0'>{line}</p>" for line in lines)


def _examples(code: Code) -> list[tuple[str, str]]:
    pairs = (("Example", code.example), ("Not", code.counter_example))
    return [(head, text) for head, text in pairs if text]


def _key_part(code: Code) -> str:
    abbreviation = f" · {escape(code.abbreviation)}" if code.abbreviation else ""
    return abbreviation + (f" · key {escape(code.key)}" if code.key else " · no key")


def _kind_and_speaker(code: Code) -> str:
    return " ".join(filter(None, (KIND_WORDS[code.kind], SPEAKER_WORDS[code.speaker])))
