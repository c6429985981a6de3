"""rankscope: country rankings, taken apart."""

__version__ = "0.1.0"
