"""Recipes for the files in `sounds/`. Only people and tests run them; the program reads the files."""
