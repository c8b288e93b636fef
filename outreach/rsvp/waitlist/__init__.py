"""The waiting list of an event: who waits, who is offered what became free, and until when."""
