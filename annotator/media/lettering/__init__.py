"""Words drawn on pictures: every script's letters, broken into lines, readable on any ground."""
