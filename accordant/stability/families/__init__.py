"""Concepts beyond the five that look no further than one answer."""
