"""One household's message: written from what is true at that moment, for the worker and for the preview alike."""
