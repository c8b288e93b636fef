"""Recognises the people of a batch by keyed hash, and seals what is stored of them."""
