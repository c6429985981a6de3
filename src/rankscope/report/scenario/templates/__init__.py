"""Templates of the page of scenarios."""
