"""Step through filmed therapy sessions and attach timestamped tags, kept as plain JSON."""

__version__ = "0.1.0"
