"""Which pictures of a clip are copies, by which a clip is known to hold what it should."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b

_DIGEST_BYTES = 16
_BEHIND = 50
"""So many copied pictures are decoded behind a join: what leans on it wrongly shows at once."""


@dataclass(frozen=True, slots=True)
class Copies:
    """Pictures that need not be decoded: copied, and with nothing encoded anew near them.

    `known` numbers them in the order of decoding; `digests` are of their bytes. The picture after
    the last of them leans on none before it.
    """

    known: range
    digests: tuple[bytes, ...]


NO_COPIES = Copies(range(0), ())


def digest(data: bytes) -> bytes:
    """Give what tells bytes from others."""
    return blake2b(data, digest_size=_DIGEST_BYTES).digest()


def apart_from_joins(before: int, copied: Sequence[tuple[bool, bytes]]) -> Copies:
    """Choose the copied pictures that are far from a join; `before` many are encoded before them.

    Of each it is told whether it leans on none before it, and its digest.
    """
    anew = [at for at, (begins_anew, _) in enumerate(copied) if begins_anew]
    start, stop = _BEHIND, anew[-1]
    if stop <= start:
        return NO_COPIES
    return Copies(range(before + start, before + stop), tuple(one for _, one in copied[start:stop]))
