"""Suggestions as a table that is marked elsewhere, and what is marked back into a case.

A row is one suggestion. Its place in the text is its name, so that rows may be sorted, filtered and
left out; everything that the rules read stands beside it and is only for reading.
"""
