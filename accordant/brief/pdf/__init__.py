"""A document as PDF: tagged for screen readers (PDF/UA-1), with bookmarks, links and figures as vectors.

Typst sets the pages. It is handed one file of markup, which is ours, and the document as data; it reads no
other file, no package and no network. The same document gives the same bytes, unless it has letters that
only fonts of the machine have.
"""

from __future__ import annotations

from accordant.brief.pdf.setting import render

__all__ = ["render"]
