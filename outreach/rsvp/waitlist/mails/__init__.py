"""The messages to who waits: that they do, that there is room, that the event is off."""
