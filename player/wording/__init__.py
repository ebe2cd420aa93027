"""Everything that is said in words: numbers, times, the coach's own phrases, and text made fit to speak."""
