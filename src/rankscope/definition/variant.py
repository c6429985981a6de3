"""The name under which `apply_variant` was first known."""

from rankscope.definition.variants import apply_variant as with_variant

__all__ = ["with_variant"]
