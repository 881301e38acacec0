"""ELAN's documents and templates, the commonest way to mark up films in the study of language."""

from __future__ import annotations

from annotator.storage.interchange.elan_document import ROOT
from annotator.storage.interchange.elan_reading import read_elan
from annotator.storage.interchange.interface import Format
from annotator.storage.interchange.source import Source
from annotator.storage.interchange.xml_reading import root_name


def _claims(source: Source) -> bool:
    return root_name(source) == ROOT


FORMATS: tuple[Format, ...] = (Format("elan", "ELAN", (".eaf", ".etf"), _claims, read_elan),)
