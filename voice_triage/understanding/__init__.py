"""What a reply means: its words in, findings out."""
