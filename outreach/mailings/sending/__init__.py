"""A mailing on its way: begun when it is due, paused, resumed, called off, done."""
