"""Messages about an event that their household has left for another one."""
