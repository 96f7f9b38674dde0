"""What answers a question out of stored sentences, or nothing."""
