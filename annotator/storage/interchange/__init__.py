"""Foreign files: one module a format, none of which knows another."""
