"""All signs of a contradiction together: whatever two accounts differ in, how the one stands to the other, weighed."""
