"""What parties can do together, and parties that act as one."""
