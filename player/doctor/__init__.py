"""Tries everything that Cuemat needs on a machine, and says how to fix what fails."""
