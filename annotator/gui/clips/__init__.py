"""The window in which clips are made."""
