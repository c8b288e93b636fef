"""Posters that bring young people to the contact point, one for each study city."""
