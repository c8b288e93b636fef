"""The worker that makes letters and pictures."""
