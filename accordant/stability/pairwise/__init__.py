"""Stability where preferences are relations and not ranks: pairs of unknown order, strength, degrees."""
