"""Whether those who are to get an export are the researchers whom consents name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from annotator.model.consent_rules import Ground, Refusal, called
from annotator.model.participant import ConsentScope, Participant

_PARTED = re.compile(r"[,;/&\n]|\band\b", re.IGNORECASE)
_WORD = re.compile(r"\w+")

NOBODY_NAMED = (
    "Consent at this level is for named researchers alone, and nobody is named. "
    "Say who gets it: --recipient, or “Given to” in the window."
)


def recipient_refusals(
    people: Iterable[Participant], level: ConsentScope, recipient: str
) -> Iterator[Refusal]:
    """Yield what speaks against giving an export to somebody, where it is for named researchers.

    Several recipients are parted by commas, semicolons or “and”; each must be one whom every
    consent that names researchers names, by all or some of the words that stand there.
    """
    if level is not ConsentScope.AUTHORIZED:
        return
    given = _names(recipient)
    if not given:
        yield Refusal(Ground.RECIPIENT, NOBODY_NAMED)
    for one in people:
        named = _names(one.consent.researchers)
        if named and not all(any(who <= name for name in named) for who in given):
            researchers = " ".join(one.consent.researchers.split())
            told = (
                f"{called(one)}'s consent names as researchers “{researchers}”, "
                f"and “{' '.join(recipient.split())}” is not among them."
            )
            yield Refusal(Ground.RECIPIENT, told, one.id)


def _names(text: str) -> list[frozenset[str]]:
    """Give the words of each who is named in a text."""
    parts = (frozenset(_WORD.findall(part.casefold())) for part in _PARTED.split(text))
    return [part for part in parts if part]
