"""What every conclusion rests on."""
