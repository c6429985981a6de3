"""The packaged indices, and how any index is opened by name or path."""

from rankscope.catalogue.open import Index, open_index, packaged
from rankscope.data.facts import Fact

__all__ = ["Fact", "Index", "open_index", "packaged"]
