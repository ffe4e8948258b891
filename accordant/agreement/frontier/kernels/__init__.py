"""Compiled loops over packages and points. They know arrays of whole numbers and nothing else."""
