"""What Cuemat does for a listener, whoever asks."""
