"""Posters, flyers and the picture that is shared: one event on paper and in social media, with its QR."""
