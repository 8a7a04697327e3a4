"""What happens after a sign-in."""
