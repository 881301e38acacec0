"""ELAN's documents and templates, the commonest way to mark up films in the study of language."""

from __future__ import annotations

from annotator.storage.interchange.elan_document import ROOT
from annotator.storage.interchange.elan_reading import TEMPLATE, read_elan
from annotator.storage.interchange.elan_writing import write_elan, write_template
from annotator.storage.interchange.interface import Format
from annotator.storage.interchange.source import Source
from annotator.storage.interchange.xml_reading import root_name

_LOSES = (
    "times below a millisecond",
    "tags before the film's beginning",
    "when tags were made and changed, and where they came from",
    "the times of single words",
    "what participants consented to",
)
_TEMPLATE_LOSES = ("tags, ratings and transcripts", "recordings and participants")


def _claims(source: Source) -> bool:
    return root_name(source) == ROOT


FORMATS: tuple[Format, ...] = (
    Format("elan", "ELAN", (".eaf",), _claims, read_elan, write_elan, _LOSES),
    Format(
        "elan-template",
        "ELAN template",
        (TEMPLATE,),
        _claims,
        read_elan,
        write_template,
        _TEMPLATE_LOSES,
    ),
)
