"""The palette: one field that finds every command, code, tag, setting and page of help."""
