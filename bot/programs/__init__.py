"""What only the command line can do: one module for each of run, seed, poll, ingest, inspect and doctor."""
