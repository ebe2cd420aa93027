"""The pictures and pages that Cuemat draws."""
