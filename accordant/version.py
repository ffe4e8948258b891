"""The version of Accordant."""

__version__ = "0.1.0"
