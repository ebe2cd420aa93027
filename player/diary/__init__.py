"""What was done, and where a session was broken off."""
