"""Sourced models of negotiations: which agreements could hold, and which sources each answer rests on."""
