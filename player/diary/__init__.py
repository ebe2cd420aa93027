"""What was done: where an unfinished session stopped, and which exercises were heard to the end.

Its decisions are pure, its memory is plain files. It knows no engine: the player shows it moments.
"""
