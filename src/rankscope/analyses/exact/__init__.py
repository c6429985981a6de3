"""Exact programs: best and worst ranks over admissible weights, with proof (conventions §17)."""
