"""What Cuemat draws."""
