"""The tables of a case that people edit in a spreadsheet program, written and read back with a preview.

A table is a sheet of a workbook or a CSV file, documented in ``docs/tables.md``; what is in no table
(states, moves, perceptions and so on) is left as it is.
"""

from accordant.exchange.tables.export import CaseTables, case_tables
from accordant.exchange.tables.importing import import_tables
from accordant.exchange.tables.result import Change, TablesImport

__all__ = ["CaseTables", "Change", "TablesImport", "case_tables", "import_tables"]
