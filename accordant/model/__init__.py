"""A case compiled to arrays."""
