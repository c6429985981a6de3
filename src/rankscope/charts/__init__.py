"""Charts: one file per question, each with functions that return an Altair chart.

``palette`` and ``groups`` hold the colours and the parts of a score that every
drawing shares; ``render`` turns a chart into SVG or PNG.
"""
