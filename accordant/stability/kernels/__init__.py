"""Compiled kernels: they know arrays and nothing else. Importing one compiles it, or finds it compiled."""
