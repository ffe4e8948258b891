"""Status quo analysis: what can be reached from where things stand."""
