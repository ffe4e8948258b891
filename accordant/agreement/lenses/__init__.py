"""Fairness lenses, one module each: what they assume, what they pick, when they fail."""
