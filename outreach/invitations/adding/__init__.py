"""One person is put on an event's list by hand and gets an invitation."""
