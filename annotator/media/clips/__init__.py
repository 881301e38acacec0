"""Clips cut out of recordings: to the frame and to the sample, with nothing else in the file."""
