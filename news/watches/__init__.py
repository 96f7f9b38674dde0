"""Who hears what and when: watches, schedules, feedback, notices, and what other rules would have posted."""
