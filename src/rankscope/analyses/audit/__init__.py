"""The audit: whether an index is well made, from its data to what its ranks are worth."""

from rankscope.analyses.audit.model import Area, Audit, Light, Recommendation
from rankscope.analyses.audit.outside_file import read_outside
from rankscope.analyses.audit.run import audit

__all__ = ["Area", "Audit", "Light", "Recommendation", "audit", "read_outside"]
