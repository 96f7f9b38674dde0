"""What a reader or a watch asks about: topics, expressions, descriptions of an event."""
