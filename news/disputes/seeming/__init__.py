"""Contradictions that only seem so: values that can both be right, of two things, or of nothing that was."""
