"""Several reports at once: copies, retellings, the same claim, contradictions, and who told whom.

Nothing here merges anything in a case: what is found is shown to a person, side by side.
"""
