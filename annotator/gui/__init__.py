"""The window; the one folder that knows Qt."""
