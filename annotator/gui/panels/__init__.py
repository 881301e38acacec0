"""What stands around the film: codes, tags, notices, status and the welcome page."""
