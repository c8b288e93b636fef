"""What guests leave at a stand: kept for one partner, taken back by the guest."""
