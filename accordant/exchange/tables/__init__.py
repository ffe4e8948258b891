"""The tables of a case that people edit in a spreadsheet program, written, and merged back with a preview.

A table is a sheet of a workbook or a CSV file, documented in ``docs/tables.md``; what is in no table
(states, moves, perceptions and so on) is left as it is.
"""

from accordant.exchange.tables.conflicts import Conflict
from accordant.exchange.tables.export import CaseTables, case_tables
from accordant.exchange.tables.importing import merge
from accordant.exchange.tables.result import Change, Merge

__all__ = ["CaseTables", "Change", "Conflict", "Merge", "case_tables", "merge"]
