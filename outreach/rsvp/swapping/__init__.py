"""One invitation, several cities: a household chooses an event of a series and swaps without losing its seats."""
