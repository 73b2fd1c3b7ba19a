"""What controlling bodies see and send."""
