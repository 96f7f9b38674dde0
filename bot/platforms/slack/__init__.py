"""Slack: slash commands, buttons and alerts through slack_bolt over Socket Mode. Nothing else knows the library."""
