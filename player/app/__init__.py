"""What Cuemat does for a listener, the same for every front end."""
