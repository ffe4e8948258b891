"""Figures and documents: one content, rendered in every form."""

from accordant.brief.build import build
from accordant.brief.document import Brief

__all__ = ["Brief", "build"]
