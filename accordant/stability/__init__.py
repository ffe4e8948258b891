"""Which states hold, one module per solution concept."""
