"""Figures and documents: one content, rendered as HTML or Markdown."""

from accordant.brief.build import build
from accordant.brief.document import Brief

__all__ = ["Brief", "build"]
