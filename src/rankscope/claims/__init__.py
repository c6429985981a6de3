"""A text, the claims it makes about ranks and scores, and whether they hold.

Nothing here is learnt from data: names stand in tables, sentences are read by a
grammar over tokens, and every verdict names its evidence.
"""
