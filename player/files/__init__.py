"""Files on their way in and out of Cuemat: read without trust, written whole or not at all."""
