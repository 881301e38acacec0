"""The window in which masks are looked at, changed and drawn before clips are made."""
