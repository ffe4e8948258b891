"""Concepts that look a number of moves ahead."""
