"""A household answers on its own pages, one question each, and reads the answer back before it counts."""
