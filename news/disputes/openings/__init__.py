"""What two openings of one event are held against each other for: its state, doer, place, players and cause."""
