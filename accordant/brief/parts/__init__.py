"""The sections of a brief, one module each; every one takes a context and gives a section."""
