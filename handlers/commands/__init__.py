"""One module for each command: takes a checked Request, asks the store, words a Reply. Must never know a platform."""
