"""Tries everything that Cuemat needs on a machine, and says what to do."""
