"""What an article itself says of other accounts: that they are untrue, that a number is another, that nothing was."""
