"""What words stand for: sentences, stems, numerals, units, classes of acts and things, languages and scripts.

The lowest package of the floor: it knows the value types and nothing of stories or of what is told of whom.
"""
