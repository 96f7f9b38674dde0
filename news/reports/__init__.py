"""What one sentence tells: who did what, how sure it is of it, which figures it gives, and who said so first.

Knows one text at a time; what others tell is held beside it in the packages above.
"""
