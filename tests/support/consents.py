"""Consents as participants of tests give them."""

from __future__ import annotations

from dataclasses import replace

from annotator.model import Consent, ConsentScope, ConsentStatus, Mask, Masking

GIVEN = Consent(ConsentStatus.GIVEN, ConsentScope.LEARNING, "2026-01-05")
FACES_MASKED = replace(GIVEN, masks=(Masking(ConsentScope.LEARNING, (Mask.FACES,)),))
