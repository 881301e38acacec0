"""W3C Web Annotations with media fragments, as ELAN, IIIF viewers and others exchange them."""

from __future__ import annotations

from annotator.storage.interchange.interface import Format
from annotator.storage.interchange.json_reading import has_keys
from annotator.storage.interchange.source import Source
from annotator.storage.interchange.web_parts import ID
from annotator.storage.interchange.web_reading import read_annotations
from annotator.storage.interchange.web_writing import write_annotations

_CONTEXTS = (
    b"ns/anno.jsonld",
    b"ns/oa",
    b"openannotation.org",
    b"iiif.io/api/presentation",
    b"TR/media-frags",
)


def _claims(source: Source) -> bool:
    has_shape = has_keys(source, "target") or has_keys(source, "on", "resource")
    return (has_shape or has_keys(source, "AnnotationCollection")) and (
        "anno.jsonld" in source.head or any(one in source.data for one in _CONTEXTS)
    )


FORMATS: tuple[Format, ...] = (
    Format(
        id=ID,
        title="W3C Web Annotation",
        suffixes=(".jsonld", ".anno.json", ".json"),
        claims=_claims,
        read=read_annotations,
        write=write_annotations,
        loses=(
            "what participants consented to",
            "the times of single words",
            "for other programs, all but codes, notes, attributes, participants and what was said",
        ),
        holds_several=True,
    ),
)
