"""Packs to teach from: clips with captions and questions, as a folder, for H5P and for SCORM."""
