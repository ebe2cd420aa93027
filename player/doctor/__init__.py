"""Tries everything, and says what to do."""
