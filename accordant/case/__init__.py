"""The domain model, reading and writing case folders, checks, expressions."""
