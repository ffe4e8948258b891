"""Foreign formats, one module each: files of other programs as cases, and cases as their files.

``accordant.load(path)`` opens a foreign file like any case; ``OpenCase.save_as(path)`` writes one. What
cannot be carried over either way is said, item by item, as warnings. A further format is a module that
holds a :class:`~accordant.exchange.formats.Format` and one line in
:data:`accordant.exchange.formats.MODULES`.
"""

from __future__ import annotations

from accordant.exchange.formats import Exported, Format, Imported, Named, accepted, formats, recognise

__all__ = ["Exported", "Format", "Imported", "Named", "accepted", "formats", "recognise"]
