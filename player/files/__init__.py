"""Reads files without trusting them, and writes them whole or not at all."""
