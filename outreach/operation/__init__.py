"""Is it alive, is it ready, what are its numbers: for whoever runs the installation."""
