"""Which languages a letter has: what an event's letters offer, what one household gets, and which texts there are."""
