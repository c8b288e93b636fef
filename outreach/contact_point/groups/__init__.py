"""Groups in social media, by city: a short link to each, and how often it is followed, of nobody."""
