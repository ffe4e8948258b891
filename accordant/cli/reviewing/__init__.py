"""The review of reports with a person: what is shown, what is typed, and what becomes of it."""
