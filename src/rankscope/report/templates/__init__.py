"""Templates of the report, one a section."""
