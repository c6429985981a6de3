"""Templates of the audit report."""
