"""The supervisor's wall: how the desk stands right now, and mending it where it does not."""
