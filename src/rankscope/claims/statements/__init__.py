"""What a text reports about restrictions, cooperation and uses of AI, and who says so.

Statements are reported, not believed.  The tables beside this module hold all that is
known of words: a line more is a verb, a topic or an actor more.
"""

from rankscope.claims.statements.find import find_statements
from rankscope.claims.statements.in_words import in_words

__all__ = ["find_statements", "in_words"]
