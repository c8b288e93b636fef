"""The ticket on paper: a whole sheet for the door, and cards for the wallet to cut out."""
