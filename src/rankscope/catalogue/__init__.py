"""The packaged indices, and how any index is opened by name or path."""

from rankscope.catalogue.open import Fact, Index, open_index, packaged

__all__ = ["Fact", "Index", "open_index", "packaged"]
