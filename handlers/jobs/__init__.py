"""What runs by itself: poll, ingest, deliver, seed, maintain. Jobs call and decide nothing; ``news`` decides."""
