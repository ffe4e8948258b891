"""Packages against no deal."""
