"""Which tickets let somebody in, as one part of a statement, for whoever asks who came."""
