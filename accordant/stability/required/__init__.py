"""What would have to be preferred: required preferences, and how far a verdict is from flipping."""
