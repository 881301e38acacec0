"""The timeline below the film: one lane a code group, the playhead, and the tags."""
