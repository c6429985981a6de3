"""Budgets and what becomes of them: `python -m benchmarks` measures each subject."""
