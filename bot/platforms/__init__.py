"""Places where people talk to the bot: each turns its own events into Requests and Replies into its own messages."""
