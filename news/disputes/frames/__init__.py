"""One part of an event told twice in other words: those aboard, the crowd, the cut, the day it began, the vote."""
