"""Questions to a result: each module answers one."""
