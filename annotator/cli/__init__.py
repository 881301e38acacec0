"""The same work without a window; knows nothing of Qt."""
