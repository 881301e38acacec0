"""Files of ours: session JSON, journal, lock and settings; never an open film, never a window."""
