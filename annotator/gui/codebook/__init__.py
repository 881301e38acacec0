"""The editor of the codebook and the move to another one."""
