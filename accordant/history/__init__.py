"""Cases through time and side by side: versions, what changed and why, forecasts, what is stale."""
