"""What the environment of whoever runs the tests may hold and no test may see: tokens, proxies, paths of their own."""

from __future__ import annotations

OUTSIDE = (
    *("DISCORD_TOKEN", "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "WIREWATCH_CONFIG", "WIREWATCH_DATABASE"),
    *("WIREWATCH_DISCORD_API", "WIREWATCH_SLACK_API"),
    *("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"),
)
