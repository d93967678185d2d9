"""The bell: what somebody is told of, what they chose to be told of, and the app that can be installed."""
