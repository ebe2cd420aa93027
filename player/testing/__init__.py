"""Doubles for tests; the program never imports them."""
