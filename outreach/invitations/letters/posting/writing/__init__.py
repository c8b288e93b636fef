"""One letter for SvarUt: decided, set as a PDF of its own, and addressed to one adult."""
