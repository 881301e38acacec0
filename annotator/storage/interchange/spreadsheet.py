"""To be written."""

import openpyxl

__all__ = ["openpyxl"]
