"""What runs in a voice's process: the loop that serves requests, and a file for each engine."""
