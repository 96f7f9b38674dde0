"""Who and what a text names, in every spelling: people, organisations, places, equipment."""
