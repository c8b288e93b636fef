"""Questions that guests ask the organiser: who takes them, how they are answered, what is kept of them."""
