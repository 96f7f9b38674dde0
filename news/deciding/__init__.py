"""What an article adds to its story: repeats, corrections, news, contradictions; ``news.novelty`` asks in order."""
