"""Reading reports: text, suggested claims, dates."""
