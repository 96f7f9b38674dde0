"""Which stored event a report tells of, and which stored text another repeats: two texts held against each other."""
