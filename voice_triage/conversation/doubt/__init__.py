"""What is asked outside of its own question: signs that may have been said, and corrections."""
