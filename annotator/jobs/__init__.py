"""Long work with progress and cancel; no Qt, no printing."""
