"""Numbers from sessions, and what two coding passes say differently."""
