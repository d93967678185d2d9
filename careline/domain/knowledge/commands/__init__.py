"""Changes to what the house has ready to say."""
